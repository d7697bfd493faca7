#!/bin/sh
# Squid in the foreground, configured from the policy in force; options of `ecluse outbound squid` may be given.
set -eu
folder=/etc/ecluse-squid
if ! ecluse outbound squid "$folder" "$@"; then
    echo "Squid attend une politique : « ecluse outbound apply POLITIQUE » dans une passerelle, puis relancez-le." >&2
    exit 1
fi
exec squid -N -f "$folder/squid.conf"
