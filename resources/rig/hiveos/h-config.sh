#!/usr/bin/env bash
# Included by HiveOS before each start, with the flight sheet in variables: writes the miner's settings.
#
# Pool URL: the address of the node. Extra config arguments: further settings as one JSON object, such as
# {"matrixSize": 2048, "feeCeilingUnits": "1000000000000000000"}. What the miner does not know it refuses, with the line.

# shellcheck disable=SC2154 # HiveOS and h-manifest.conf have set them
mkdir -p "$(dirname "$CUSTOM_CONFIG_FILENAME")"
if ! jq -n --arg node "$CUSTOM_URL" --argjson port "$CUSTOM_METRICS_PORT" --argjson more "${CUSTOM_USER_CONFIG:-null}" \
  '{ nodeUrl: (if $node == "" then null else $node end), metricsPort: $port } + ($more // {})' >"$CUSTOM_CONFIG_FILENAME"; then
  echo "The extra config arguments are no JSON object: $CUSTOM_USER_CONFIG" >&2
  rm -f "$CUSTOM_CONFIG_FILENAME"
fi
