#!/bin/bash
# Runs as root in a fresh system that has no network and no Node (fresh-debian.mjs): installs /miner.deb, lives with it
# as an ordinary user on a display with a panel, upgrades it, and takes it away. Ends with 1 at the first thing amiss.
set -eu

NAME=computechain-miner
PROFILE='/home/person/.config/ComputeChain Miner'
SLOT_MS=5000
MOST_SLOTS=3
export DEBIAN_FRONTEND=noninteractive

say() { echo "  ✓ $*"; }
fail() {
  echo "  ✗ $*"
  as_person wmctrl -l -x || true
  tail -n 30 /tmp/app.log 2>/dev/null || true
  exit 1
}

# Waits for a command to succeed: until SECONDS WHAT COMMAND…
until_true() {
  local last=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $last ] || fail "not in time: $what"
    sleep 0.1
  done
}

as_person() {
  setpriv --reuid=person --regid=person --init-groups env -i HOME=/home/person USER=person LOGNAME=person LANG=C.UTF-8 \
    PATH=/usr/local/bin:/usr/bin:/bin XDG_RUNTIME_DIR=/run/person DISPLAY=:7 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/person/bus "$@"
}

# All files that are the system's, and neither a person's nor a log's nor a cache's. An empty /opt is dpkg's to take.
system_files() {
  find / -xdev \( -path /home -o -path /proc -o -path /tmp -o -path /run -o -path /var/cache -o -path /var/log \
    -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /usr/share/mime \) -prune -o -print | grep -vx /opt | sort
}

pid_of_app() { pgrep -o -x -u person "${NAME:0:15}"; }
runs() { pid_of_app; }
is_gone() { ! pgrep -u person -f "/opt/$NAME/"; }
window() { as_person wmctrl -l | grep ' ComputeChain Miner$'; }
has_window() { window; }
has_no_window() { ! window; }
proved() { sqlite3 -readonly "$PROFILE/miner.sqlite" "SELECT count(*) FROM tasks WHERE state = 'proved'"; }
has_proved() { [ "$(proved)" -ge "$1" ]; }
has_tray_icon() {
  as_person dbus-send --session --print-reply --dest=org.kde.StatusNotifierWatcher /StatusNotifierWatcher \
    org.freedesktop.DBus.Properties.Get string:org.kde.StatusNotifierWatcher string:RegisteredStatusNotifierItems |
    grep -q 'string ".'
}
install_deb() { apt-get -q -y -o Dpkg::Use-Pty=0 --no-install-recommends install "$1" >/tmp/apt.log 2>&1 || fail "apt-get: $(cat /tmp/apt.log)"; }
start() { as_person setsid "$NAME" "$@" </dev/null >>/tmp/app.log 2>&1 & }
milliseconds() { date +%s%3N; }

ip link set lo up
useradd --create-home person
mkdir -p /run/person /tmp/.X11-unix
chown person:person /run/person
chmod 1777 /tmp /tmp/.X11-unix
system_files >/tmp/before

# --- installed
install_deb /miner.deb
[ "$(stat -c '%a %U' /opt/$NAME/chrome-sandbox)" = '4755 root' ] || fail "the sandbox's helper is $(stat -c '%a %U' /opt/$NAME/chrome-sandbox)"
dpkg --verify $NAME | grep -v chrome-sandbox && fail 'files are not as the package has them'
[ "$(as_person xdg-mime query default x-scheme-handler/cpcminer)" = $NAME.desktop ] || fail 'cpcminer: links have no handler'
as_person sh -c 'echo "{}" >"$HOME/a.cpcreceipt"'
as_person gio info -a standard::content-type /home/person/a.cpcreceipt | grep -q vnd.computechain.receipt || fail 'receipts have no type'
as_person gio mime application/vnd.computechain.receipt+json | grep -q $NAME.desktop || fail 'receipts are not opened by the app'
ldd /opt/$NAME/$NAME | grep -q 'not found' && fail "libraries are missing: $(ldd /opt/$NAME/$NAME | grep 'not found')"
say 'installed, with links, receipts and the sandbox’s helper'

# --- a desktop
as_person Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
until_true 20 'a display' as_person xdpyinfo
as_person dbus-daemon --session --nofork --nopidfile --address=unix:path=/run/person/bus >/dev/null 2>&1 &
until_true 20 'a bus' as_person dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ListNames
echo | as_person gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
as_person openbox >/dev/null 2>&1 &
as_person mkdir -p /home/person/.config/lxqt
as_person tee /home/person/.config/lxqt/panel.conf >/dev/null <<PANEL
panels=panel1
[panel1]
plugins=taskbar, statusnotifier
position=Bottom
[statusnotifier]
type=statusnotifier
[taskbar]
type=taskbar
PANEL
as_person lxqt-panel >/dev/null 2>&1 &
until_true 30 'a panel that shows icons' as_person dbus-send --session --print-reply --dest=org.kde.StatusNotifierWatcher / org.freedesktop.DBus.Peer.Ping

# --- mines
began=$(milliseconds)
start --auto
until_true 60 'a window' has_window
shown=$(milliseconds)
until_true 120 'a proved task' has_proved 1
took=$(($(milliseconds) - began))
[ $took -le $((MOST_SLOTS * SLOT_MS)) ] || slow=" (over $MOST_SLOTS slots)"
say "window after $((shown - began)) ms, first proved result after $took ms${slow:-}"
renderers=$(pgrep -u person -f -- '--type=renderer')
[ -n "$renderers" ] || fail 'there is no renderer'
for pid in $renderers; do
  grep -q '^Seccomp:[[:space:]]*2$' "/proc/$pid/status" || fail "renderer $pid is not in the sandbox: $(grep Seccomp: "/proc/$pid/status")"
done
say "$(echo "$renderers" | wc -w) renderers in the sandbox (Seccomp: 2), as an ordinary user"

# --- to the tray, and back by a link
until_true 30 'a tray icon' has_tray_icon
as_person wmctrl -c 'ComputeChain Miner'
until_true 20 'no window' has_no_window
until_true 60 'a result without a window' has_proved $(($(proved) + 1))
task=$(sqlite3 -readonly "$PROFILE/miner.sqlite" "SELECT task_id FROM tasks WHERE state = 'proved' LIMIT 1")
as_person xdg-open "cpcminer://task/$task" >/dev/null 2>&1 &
until_true 30 'the window that a link opens' has_window
say 'closed to the tray, mined on, and was opened by a link'

# --- quits
quit() {
  as_person wmctrl -a 'ComputeChain Miner'
  as_person xdotool key --clearmodifiers ctrl+q
  until_true 20 'the end of the app' is_gone
}
quit
say 'quit by Ctrl+Q, and left no process'

# --- is upgraded while it runs
key() { sqlite3 -readonly "$PROFILE/miner.sqlite" "SELECT DISTINCT account FROM tasks"; }
address=$(key)
start
until_true 60 'a window' has_window
mkdir /tmp/newer
dpkg-deb --raw-extract /miner.deb /tmp/newer
sed -i 's/^Version: .*/&+1/' /tmp/newer/DEBIAN/control
dpkg-deb --root-owner-group -Zgzip -z1 --build /tmp/newer /newer.deb >/dev/null
rm -rf /tmp/newer
install_deb /newer.deb
runs >/dev/null || fail 'the app ended when it was upgraded'
quit
start
until_true 60 'a window after the upgrade' has_window
until_true 60 'a result after the upgrade' has_proved $(($(proved) + 1))
[ "$(key)" = "$address" ] || fail 'the key is another after the upgrade'
[ "$(stat -c '%a %U' /opt/$NAME/chrome-sandbox)" = '4755 root' ] || fail "the sandbox's helper was lost in the upgrade"
quit
say 'upgraded while it ran, and mined on with the same key'

# --- goes
apt-get -q -y remove $NAME >/tmp/apt.log 2>&1 || fail "apt-get: $(cat /tmp/apt.log)"
[ ! -e /opt/$NAME ] && [ ! -e /usr/bin/$NAME ] || fail 'removed, the program is still there'
apt-get -q -y purge $NAME >/tmp/apt.log 2>&1 || fail "apt-get: $(cat /tmp/apt.log)"
rm -f /newer.deb
system_files >/tmp/after
diff /tmp/before /tmp/after >/tmp/left || fail "purged, these files differ: $(cat /tmp/left)"
grep -q cpcreceipt /usr/share/mime/globs2 && fail 'purged, receipts have a type still'
[ -s "$PROFILE/miner.sqlite" ] || fail "the person's own data are gone"
say 'removed and purged: nothing left, and what the person kept is there'
