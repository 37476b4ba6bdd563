#!/usr/bin/env bash
# Runs the miner on a display of its own and hands signals on to it, where no service manager does so:
#
#   run-miner.sh PROGRAM [OPTION…]
#
# Chromium wants a display though nothing is shown, and has no sandbox under root: what root starts goes on as the user
# in RIG_USER. It takes Xvfb, xauth and, under root, setpriv (Debian and Ubuntu: xvfb, xauth, util-linux).

# Jobs have process groups of their own: a signal of the terminal comes to the miner once, from here.
set -um

fail() {
  echo "$1" >&2
  exit 78
}

[[ $# -gt 0 ]] || fail 'run-miner.sh takes the program to run.'
as=()
if [[ $(id -u) == 0 ]]; then
  user=${RIG_USER:-}
  id -u "$user" >/dev/null 2>&1 || fail 'Started by root: name an ordinary user of this machine in RIG_USER.'
  [[ $(id -u "$user") != 0 ]] || fail 'RIG_USER is root: name an ordinary user.'
  as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --init-groups --)
  HOME=$(getent passwd "$user" | cut -d: -f6)
  export HOME
fi

# From here on no signal is lost: what comes before there is a miner is told to it as soon as there is.
miner=
pending=
pass_on() {
  if [[ -n $miner ]]; then kill -s "$1" "$miner" 2>/dev/null; else pending=$1; fi
}
for signal in HUP INT TERM; do
  # shellcheck disable=SC2064 # which signal is known now
  trap "pass_on $signal" "$signal"
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Whoever has no cookie sees nothing of the display.
cookie=$(mcookie)
export XAUTHORITY=$folder/authority
touch "$XAUTHORITY"
xauth -q -f "$XAUTHORITY" add :0 . "$cookie" || fail 'xauth is missing.'
[[ ${#as[@]} == 0 ]] || chown -R "$user" "$folder"

"${as[@]}" Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -auth "$XAUTHORITY" 3>"$folder/display" 2>/dev/null &
xvfb=$!
until [[ -s $folder/display ]]; do
  kill -0 "$xvfb" 2>/dev/null || fail 'Xvfb is missing, or could not start.'
  sleep 0.1
done
DISPLAY=:$(<"$folder/display")
export DISPLAY
"${as[@]}" xauth -q -f "$XAUTHORITY" add "$DISPLAY" . "$cookie"

"${as[@]}" "$@" &
miner=$!
[[ -z $pending ]] || pass_on "$pending"
# A signal that comes just as bash begins to wait for a process is kept back until that ends; one that comes while it
# reads is not, and for no longer than it reads.
mkfifo "$folder/silence"
exec {silence}<>"$folder/silence"
while kill -0 "$miner" 2>/dev/null; do
  read -rt 0.5 -u "$silence"
done
wait "$miner"
code=$?
kill "$xvfb" 2>/dev/null
exit "$code"
