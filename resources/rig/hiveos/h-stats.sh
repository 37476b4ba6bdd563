#!/usr/bin/env bash
# Included by HiveOS's agent, which takes $khs and $stats. The rate is integer operations a second, for want of hashes; of a
# temperature that no sensor tells, and of fans, nothing is said.

# shellcheck source=resources/rig/hiveos/h-manifest.conf
. "$(dirname "${BASH_SOURCE[0]}")/h-manifest.conf"

# shellcheck disable=SC2016 # jq's own variables
stats=$(curl --silent --fail --max-time 3 --noproxy '*' "http://127.0.0.1:$CUSTOM_METRICS_PORT/metrics" |
  jq -R -s -c --arg version "$CUSTOM_VERSION" --arg bus "$CUSTOM_BUS_NUMBER" '
    [split("\n")[] | capture("^computechain_miner_(?<name>[a-z_]+)(?:\\{(?<labels>.*)\\})? (?<value>[^ ]+)$")]
    | if . == [] then empty else . end
    | def values(name): [.[] | select(.name == name) | .value | tonumber];
      def tasks(state): [.[] | select(.name == "tasks_total" and .labels == "state=\"\(state)\"") | .value | tonumber] | add // 0;
      {
        hs: values("lane_operations_per_second"),
        hs_units: "hs",
        temp: values("temperature_celsius"),
        fan: [],
        uptime: (now - values("start_time_seconds")[0] | floor),
        ver: $version,
        ar: [tasks("confirmed"), tasks("rejected") + tasks("expired") + tasks("superseded")]
      }
      + if $bus == "" then {} else { bus_numbers: [$bus | tonumber] } end')
if [[ -n $stats ]]; then
  khs=$(jq '(.hs | add // 0) / 1000' <<<"$stats")
else
  stats=null
  # shellcheck disable=SC2034 # the agent takes it
  khs=0
fi
