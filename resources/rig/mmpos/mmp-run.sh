#!/usr/bin/env bash
# Run by mmpOS with the arguments of the miner profile, which go to the miner.
#
# Nobody is there to type a passphrase, and no keychain is unlocked: one is made at the first start. Whoever has this disk
# can open the key with it. A copy of the key, sealed with it, is beside it: take both off this machine.

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=resources/rig/mmpos/mmp-external.conf
. ./mmp-external.conf

mkdir -p "$EXTERNAL_DATA"
passphrase=$EXTERNAL_DATA/passphrase
[[ -s $passphrase ]] || (umask 077 && head -c 24 /dev/urandom | base64 >"$passphrase")
chmod 700 "$EXTERNAL_DATA"
chmod 600 "$passphrase"
[[ $(id -u) != 0 ]] || chown -R "$EXTERNAL_RUN_AS" "$EXTERNAL_DATA"

export RIG_USER=$EXTERNAL_RUN_AS DBUS_SESSION_BUS_ADDRESS=disabled:
exec ./run-miner.sh ./app/computechain-miner --headless --metrics-port "$EXTERNAL_METRICS_PORT" \
  --profile "$EXTERNAL_DATA/profile" --passphrase-file "$passphrase" \
  --create-key --back-up-key "$EXTERNAL_DATA/key-copy.json" "$@"
