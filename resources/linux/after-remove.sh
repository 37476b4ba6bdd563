#!/bin/sh
set -e

# An upgrade puts in what it needs itself: debs are told "upgrade", rpms how many are left.
case "$1" in upgrade | 1) exit 0 ;; esac

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if ! ischroot 2>/dev/null && aa-enabled --quiet 2>/dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi
