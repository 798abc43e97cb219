#!/bin/sh
# The kiosk on a Raspberry Pi OS desktop, started by labwc's autostart: run it, and again whenever it ends.
# Under a desktop the compositor owns the television, so the service (kiosk.service) cannot run there.
set -u
# A private folder, even in /tmp: another user could create one with a predictable name first.
RUNTIME_DIRECTORY=$(mktemp -d "${XDG_RUNTIME_DIR:-/tmp}/kiosk.XXXXXXXX") || exit 1
SDL_VIDEODRIVER=wayland,x11
export RUNTIME_DIRECTORY SDL_VIDEODRIVER
cd "$RUNTIME_DIRECTORY" || exit 1
while :; do
    /usr/bin/kiosk run 2>&1 | logger --tag kiosk
    # The kernel goes on driving the pin of a program that was killed.
    /usr/bin/python3 -I -S /usr/lib/python3/dist-packages/kiosk/system/silence.py
    sleep 1
done
