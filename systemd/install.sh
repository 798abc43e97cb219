#!/usr/bin/env bash
# Builds the kiosk's package from this folder and installs it on a Raspberry Pi, or takes it away.
set -euo pipefail
umask 022

USAGE='sudo systemd/install.sh [--desktop | --uninstall [--purge]] [--any-machine]

  (nothing)       install, or upgrade: build the package kiosk, install it with apt, and call "kiosk setup"
  --desktop       for Raspberry Pi OS with a desktop: start with the desktop of the user who calls this, not as a service
  --uninstall     take the package and what "kiosk setup" has changed away; the config (/etc/kiosk), the state
                  (/var/lib/kiosk) and the changes made with "systemctl edit kiosk" stay
  --purge         with --uninstall: those too
  --any-machine   go on although this is not a Raspberry Pi: no pins, the space bar is the button'

RECORD=/var/lib/kiosk-setup/changes
COMMAND=/usr/bin/kiosk
OLDEST_PYTHON=3.11
# Isolated: root's Python must not run modules from the caller's folder, home or environment.
PYTHON=(/usr/bin/python3 -I)

# Debian has the first one only in an older version and the others not at all, so the package can but recommend them.
# Beside each of them, what shows that it is there already, whoever brought it.
PI_PACKAGES=(
  'python3-gpiozero gpiozero'
  'python3-lgpio    lgpio'
  'python3-rpi-lgpio RPi.GPIO'
)

say() { echo "$*"; }
fail() {
  echo "install.sh: $*" >&2
  exit 1
}

# --- what machine this is -------------------------------------------------------------------------------------------

board() {
  local model=''
  if [ -r /proc/device-tree/model ]; then model=$(tr -d '\0' < /proc/device-tree/model); fi
  case $model in 'Raspberry Pi'*) echo "$model" ;; esac
}

check_root() { [ "$(id -u)" = 0 ] || fail "this has to be root; type: sudo $0${arguments:+ $arguments}"; }

check_machine() {
  [ -x /usr/bin/apt-get ] || fail 'this is neither Raspberry Pi OS nor Debian: there is no apt-get'
  BOARD=$(board)
  if [ -n "$BOARD" ]; then
    say "Board: $BOARD"
  elif [ "$any_machine" = yes ]; then
    say 'This is not a Raspberry Pi: no pins, the space bar is the button.'
  else
    fail 'this is not a Raspberry Pi (/proc/device-tree/model names none).
On a desktop type "make run" instead. To install the service all the same: --any-machine'
  fi
  if [ "$(stat -f -c %T /)" = overlayfs ] && grep -qs 'overlayroot=tmpfs\|boot=overlay' /proc/cmdline; then
    fail 'the disk is protected (overlay file system): what is installed now is gone after the next start.
Switch it off first: sudo raspi-config, Performance Options, Overlay File System; then start again.'
  fi
  [ -w /usr ] || fail 'the disk is read-only; type: sudo mount -o remount,rw /'
  [ -x "${PYTHON[0]}" ] || return 0
  "${PYTHON[@]}" -c "import sys; sys.exit(sys.version_info[:2] < (${OLDEST_PYTHON/./,}))" ||
    fail "Python $OLDEST_PYTHON or newer is needed, this system has $("${PYTHON[@]}" -V); use Raspberry Pi OS bookworm or trixie"
}

# --- the packages ---------------------------------------------------------------------------------------------------

has_module() {
  # The old RPi.GPIO has the same name, and feels no button on today's kernels.
  if [ "$1" = RPi.GPIO ] && is_installed python3-rpi.gpio; then return 1; fi
  # Found is enough: some of them look for pins as soon as they are imported.
  "${PYTHON[@]}" -c 'import sys, importlib.util as u; sys.exit(u.find_spec(sys.argv[1]) is None)' "$1" 2>/dev/null
}

is_installed() { [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq --yes "$@" > "$work/log" 2>&1; }

apt_failed() {
  cat "$work/log" >&2
  fail "$*"
}

install_package() {
  local package line name module missing=() brought install
  say "Package: kiosk $(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$source_folder/kiosk/__init__.py"), and what it needs ..."
  package=$("$source_folder/systemd/debian/build.sh" "$work")
  if [ -n "$BOARD" ]; then
    for line in "${PI_PACKAGES[@]}"; do
      read -r name module <<< "$line"
      has_module "$module" || missing+=("$name")
    done
  fi
  # Reinstalled, because this folder may have changed without a new version.
  install=(install --no-install-recommends --reinstall --allow-downgrades "$package" "${missing[@]}")
  # Where everything is there already this needs no network.
  if ! apt "${install[@]}"; then
    apt update || say 'The list of packages could not be brought up to date; trying with the old one.'
    apt "${install[@]}" ||
      apt_failed 'the packages could not be installed. Connect the Pi to the internet and run this again.'
  fi
  grep -E '^(Config|Desktop|The service)' "$work/log" || true
  # They go with the kiosk, and so do those that an installer before the package brought.
  mapfile -t brought < <(sed -n 's/^package //p' "$RECORD")
  if [ ${#missing[@]} -gt 0 ] || [ ${#brought[@]} -gt 0 ]; then
    apt-mark -qq auto "${missing[@]}" "${brought[@]}" >/dev/null || true
    sed -i '/^package /d' "$RECORD"
  fi
}

# --- the whole ------------------------------------------------------------------------------------------------------

install_all() {
  local told
  if [ "$desktop" = yes ] && [ "${SUDO_USER:-root}" = root ]; then
    fail '--desktop: call this with sudo as the user whose desktop it is'
  fi
  install_package
  if [ "$desktop" = yes ]; then told=$("$COMMAND" setup --desktop); else told=$("$COMMAND" setup); fi
  say
  say 'Self-test:'
  "$COMMAND" doctor --self-test || say 'See above what to do; "sudo kiosk doctor" checks again.'
  say
  say "$told"
  say 'Installed.'
}

uninstall() {
  local left folder action=remove
  left='/etc/kiosk and /var/lib/kiosk'
  for folder in /var/lib/kiosk-editor /etc/kiosk.before-stick /etc/systemd/system/kiosk*.d; do
    if [ -e "$folder" ]; then left="$folder, $left"; fi
  done
  if [ "$purge" = yes ]; then action=purge; fi
  if ! dpkg-query --show kiosk >/dev/null 2>&1; then
    say 'The kiosk is not installed.'
    return
  fi
  apt "$action" kiosk || apt_failed 'the package could not be taken away; what apt says is above'
  if [ "$purge" = yes ]; then
    say 'Uninstalled, config and state too.'
  else
    say "Uninstalled. Still there: $left (--uninstall --purge takes them away)."
  fi
  say 'The packages that came with it go with: sudo apt autoremove'
}

arguments=$*
action=install desktop=no purge=no any_machine=no BOARD=
for argument in "$@"; do
  case $argument in
  --desktop) desktop=yes ;;
  --uninstall) action=uninstall ;;
  --purge) purge=yes ;;
  --any-machine) any_machine=yes ;;
  -h | --help)
    echo "$USAGE"
    exit
    ;;
  *) fail "there is no $argument
$USAGE" ;;
  esac
done
[ "$purge" = no ] || [ "$action" = uninstall ] || fail '--purge goes with --uninstall'
[ "$desktop" = no ] || [ "$action" = install ] || fail '--desktop does not go with --uninstall'

source_folder=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
# From here on, nothing depends on what is in the caller's folder.
cd /
if [ "$action" = uninstall ]; then
  check_root
  # Up to 0.2.0 there was no package, and the installer laid itself beside the program.
  if [ -e /opt/kiosk/brought ]; then exec /opt/kiosk/install.sh "$@"; fi
else
  for part in kiosk/cli.py config/kiosk.yaml assets systemd/kiosk.service systemd/debian; do
    [ -e "$source_folder/$part" ] || fail "$source_folder/$part is missing: copy the whole folder, not only this file"
  done
  check_root
  check_machine
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt fetches as a user of its own, who has to be able to read the package.
chmod 755 "$work"
if [ "$action" = uninstall ]; then uninstall; else install_all; fi
