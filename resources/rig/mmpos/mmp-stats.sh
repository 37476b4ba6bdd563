#!/usr/bin/env bash
# Run by mmpOS's agent, which takes one JSON object from it. The rate is integer operations a second, for want of hashes.
# shellcheck disable=SC2034 # the agent gives both; the figures have their own count, and no log is read
DEVICE_NUM=$1
# shellcheck disable=SC2034
LOG_FILE=$2

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=resources/rig/mmpos/mmp-external.conf
. ./mmp-external.conf

# Where mmpOS describes the cards of the rig: {"device":{"GPU":{"nvidia_details":{"busid":["0000:0a:00.0"]}}}}.
cards=${GPU_INFO:-/run/gpu-info.json}
[[ -r $cards ]] || cards=/dev/null

# shellcheck disable=SC2016 # jq's own variables
curl --silent --fail --max-time 3 --noproxy '*' "http://127.0.0.1:$EXTERNAL_METRICS_PORT/metrics" |
  jq -R -s --arg name "$EXTERNAL_NAME" --arg version "$EXTERNAL_VERSION" --arg bus "$EXTERNAL_BUS_ID" \
    --slurpfile cards "$cards" '
    [split("\n")[] | capture("^computechain_miner_(?<name>[a-z_]+)(?:\\{(?<labels>.*)\\})? (?<value>[^ ]+)$")]
    | if . == [] then empty else . end
    | def values(name): [.[] | select(.name == name) | .value | tonumber];
      def tasks(state): [.[] | select(.name == "tasks_total" and .labels == "state=\"\(state)\"") | .value | tonumber] | add // 0;
      def failed: [.[] | select(.name == "self_checks_total" and (.labels | test("verdict=\"failed\""))) | .value | tonumber] | add // 0;
      def hexadecimal: ascii_downcase | explode | reduce .[] as $digit (0; . * 16 + ($digit | if . > 96 then . - 87 else . - 48 end));
      def first_bus: [$cards[] | .device.GPU[]? | .busid[]? | .[5:7] | hexadecimal][0];
      (if any(.[]; .name == "lane_info" and (.labels | test("engine=\"cpu\""))) then "cpu"
       elif $bus != "" then ($bus | tonumber)
       else first_bus // 0 end) as $busid
      | values("lane_operations_per_second") as $hash
      | {
          busid: [$hash[] | $busid],
          hash: $hash,
          units: "hs",
          air: [tasks("confirmed"), failed, tasks("rejected") + tasks("expired") + tasks("superseded") | tostring],
          miner_name: $name,
          miner_version: $version
        }'
