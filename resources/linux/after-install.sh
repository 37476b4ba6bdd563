#!/bin/sh
set -e

# Chromium's sandbox stands on user namespaces or on this helper: one of them is there whatever the kernel allows.
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'

# Ubuntu from 23.10 on gives user namespaces to programs with a profile. Parsers before AppArmor 4 don't read it, and
# don't need it.
profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if [ -d /etc/apparmor.d ] && apparmor_parser --skip-kernel-load --skip-cache "$profile" >/dev/null 2>&1; then
  cp "$profile" '/etc/apparmor.d/${executable}'
  # In an image that is being made there is no kernel of its own to load it into.
  if ! ischroot 2>/dev/null && aa-enabled --quiet 2>/dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}'
  fi
fi
