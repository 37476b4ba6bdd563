#!/usr/bin/env bash
# Run by HiveOS in the miner's folder.
#
# Nobody is there to type a passphrase, and no keychain is unlocked: one is made at the first start. Whoever has this disk
# can open the key with it. A copy of the key, sealed with it, is beside it: take both off this machine.

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
# shellcheck source=resources/rig/hiveos/h-manifest.conf
. ./h-manifest.conf

[[ -r $CUSTOM_CONFIG_FILENAME ]] || { echo "There is no $CUSTOM_CONFIG_FILENAME: see what h-config.sh said." >&2; exit 78; }
mkdir -p "$(dirname "$CUSTOM_LOG_BASENAME")" "$CUSTOM_DATA"
passphrase=$CUSTOM_DATA/passphrase
[[ -s $passphrase ]] || (umask 077 && head -c 24 /dev/urandom | base64 >"$passphrase")
chmod 700 "$CUSTOM_DATA"
chmod 600 "$passphrase"
[[ $(id -u) != 0 ]] || chown -R "$CUSTOM_RUN_AS" "$CUSTOM_DATA"

export RIG_USER=$CUSTOM_RUN_AS DBUS_SESSION_BUS_ADDRESS=disabled:
exec ./run-miner.sh ./app/computechain-miner --headless --settings "$CUSTOM_CONFIG_FILENAME" \
  --profile "$CUSTOM_DATA/profile" --passphrase-file "$passphrase" \
  --create-key --back-up-key "$CUSTOM_DATA/key-copy.json" > >(tee -a "$CUSTOM_LOG_BASENAME.log") 2>&1
