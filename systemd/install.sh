#!/usr/bin/env bash
# Installs the kiosk on a Raspberry Pi, upgrades it when run again, or takes it away.
set -euo pipefail
umask 022

USAGE='sudo systemd/install.sh [--desktop | --uninstall [--purge]] [--any-machine]

  (nothing)       install, or upgrade: the packages, the program in /opt/kiosk, the config in /etc/kiosk, the service
  --desktop       for Raspberry Pi OS with a desktop: start with the desktop of the user who calls this, not as a service
  --uninstall     take away what this brought; the config (/etc/kiosk), the state (/var/lib/kiosk) and the changes made
                  with "systemctl edit kiosk" stay
  --purge         with --uninstall: those too
  --any-machine   go on although this is not a Raspberry Pi: no pins, the space bar is the button'

HOME_FOLDER=/opt/kiosk
CONFIG=/etc/kiosk
UNIT=/etc/systemd/system/kiosk.service
RULES=/etc/udev/rules.d/99-kiosk.rules
STICK_UNIT=/etc/systemd/system/kiosk-stick@.service
# The page: what waits for it to be opened, the page itself, and its port.
PAGE_UNITS=(/etc/systemd/system/kiosk-editor.{path,service,socket})
STICK_RULES=/etc/udev/rules.d/99-kiosk-stick.rules
COMMAND=/usr/local/bin/kiosk
# What this brought, for --uninstall: lines of "kind value".
RECORD=$HOME_FOLDER/brought
VIDEO=video=HDMI-A-1:1920x1080@60D
AUTOSTART_LINE='/opt/kiosk/desktop.sh & # gym-wall kiosk'
OLDEST_PYTHON=3.11
# Isolated: root's Python must not run modules from the caller's folder, home or environment.
PYTHON=(/usr/bin/python3 -I)

# Package, and what shows that it is there already, whoever brought it.
PACKAGES=(
  'python3-pygame        module:pygame'
  'python3-yaml          module:yaml'
  'libegl1               library:libEGL.so.1'
  'libgles2              library:libGLESv2.so.2'
  'libgbm1               library:libgbm.so.1'
  # Without these two SDL draws on a context that it cannot show: a black wall, and no error.
  'libgl1                library:libGL.so.1'
  'libopengl0            library:libOpenGL.so.0'
  'libgl1-mesa-dri       package'
  'fonts-roboto-unhinted package'
  'v4l-utils             command:cec-ctl'
  'python3-bottle        module:bottle'
  'python3-waitress      module:waitress'
  'python3-ruamel.yaml   module:ruamel.yaml'
  'python3-segno         module:segno'
)
PI_PACKAGES=(
  'python3-gpiozero      module:gpiozero'
  'python3-lgpio         module:lgpio'
  'python3-rpi-lgpio     module:RPi.GPIO'
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

check_machine() {
  [ "$(id -u)" = 0 ] || fail "this has to be root; type: sudo $0${arguments:+ $arguments}"
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
  mkdir -p "${HOME_FOLDER%/*}" 2>/dev/null || true
  [ -w "${HOME_FOLDER%/*}" ] || fail 'the disk is read-only; type: sudo mount -o remount,rw /'
}

check_python() {
  [ -x "${PYTHON[0]}" ] || return 0
  "${PYTHON[@]}" -c "import sys; sys.exit(sys.version_info[:2] < (${OLDEST_PYTHON/./,}))" ||
    fail "Python $OLDEST_PYTHON or newer is needed, this system has $("${PYTHON[@]}" -V); use Raspberry Pi OS bookworm or trixie"
}

is_running() { [ -d /run/systemd/system ]; }

# --- folders of other users -----------------------------------------------------------------------------------------

# Runs a function of this script with the rights of a user. Whatever is planted in a folder, such as a symlink to one
# of root's files, nothing changes that this user could not change anyway. setsid: nor can they type into root's terminal.
as_user() {
  local user=$1
  shift
  setsid --wait runuser -u "$user" -- bash -c "set -euo pipefail; $(declare -f "$1")"$'\n''"$@"' install.sh "$@"
}

# Prints the user with whose rights to write in a folder: the first non-root owner on the path, symlinks followed, who
# could redirect what comes after; nobody where a group or everybody could; root where only root can.
writer() {
  { namei -l "$1" || true; } | awk '
    /^[dl]/ && $2 != "root" { user = $2; exit }
    /^d....w/ && $3 != "root" || /^d.......w/ { user = "nobody"; exit }
    END { print user ? user : "root" }'
}

# --- packages -------------------------------------------------------------------------------------------------------

is_there() {
  local package=$1 sign=$2
  case $sign in
  # The old RPi.GPIO has the same name, and feels no button on today's kernels.
  module:RPi.GPIO) ! is_installed python3-rpi.gpio && has_module RPi.GPIO ;;
  module:*) has_module "${sign#*:}" ;;
  library:*) ldconfig -p | grep -F "${sign#*:} " >/dev/null ;;
  command:*) command -v "${sign#*:}" >/dev/null ;;
  package) is_installed "$package" ;;
  esac
}

has_module() {
  # Found is enough: some of them look for pins as soon as they are imported.
  "${PYTHON[@]}" -c 'import sys, importlib.util as u; sys.exit(u.find_spec(sys.argv[1]) is None)' "$1" 2>/dev/null
}

is_installed() { [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {
  local wanted=("${PACKAGES[@]}") missing=() line package sign
  if [ -n "$BOARD" ]; then wanted+=("${PI_PACKAGES[@]}"); fi
  for line in "${wanted[@]}"; do
    read -r package sign <<< "$line"
    is_there "$package" "$sign" || missing+=("$package")
  done
  [ -x "${PYTHON[0]}" ] || missing+=(python3)
  if [ ${#missing[@]} = 0 ]; then
    say 'Packages: all there'
    return
  fi
  say "Packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update || say 'The list of packages could not be brought up to date; trying with the old one.'
  apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "these packages could not be installed: ${missing[*]}
Connect the Pi to the internet and run this again."
  for package in "${missing[@]}"; do note package "$package"; done
}

# --- what was brought -----------------------------------------------------------------------------------------------

NOTES=()
note() { NOTES+=("$1 $2"); }
noted() { sed -n "s/^$1 //p" "$RECORD" 2>/dev/null || true; }

write_record() {
  { cat "$1/brought" 2>/dev/null || true; printf '%s\n' "${NOTES[@]}"; } | sed '/^$/d' | sort -u > "$2"
}

# --- the program ----------------------------------------------------------------------------------------------------

install_program() {
  local new=$HOME_FOLDER.new
  rm -rf "$new"
  mkdir -p "$new/app/kiosk/shipped"
  cp -r "$source_folder/kiosk/." "$new/app/kiosk/"
  rm -rf "$new/app/kiosk/shipped"
  mkdir "$new/app/kiosk/shipped"
  cp -r "$source_folder/config" "$source_folder/assets" "$new/app/kiosk/shipped/"
  cp "$source_folder/systemd/desktop.sh" "$new/desktop.sh"
  cp "$source_folder/systemd/install.sh" "$new/install.sh"
  find "$new" -name __pycache__ -prune -exec rm -rf {} +
  # The system's pygame, gpiozero and lgpio know this screen and these pins; nothing is fetched, so pip is not needed.
  "${PYTHON[@]}" -m venv --system-site-packages --without-pip "$new/venv"
  local packages
  packages=$(find "$new/venv/lib" -type d -name site-packages)
  echo "$HOME_FOLDER/app" > "$packages/kiosk.pth"
  # "sudo kiosk doctor" runs it as root.
  printf '#!%s/venv/bin/python3 -I\nimport sys\nfrom kiosk.cli import main\nsys.exit(main())\n' "$HOME_FOLDER" \
    > "$new/venv/bin/kiosk"
  # The service may not write here: without this every start would compile anew.
  "${PYTHON[@]}" -m compileall -q -s "$new" -p "$HOME_FOLDER" "$new/app" || true
  write_record "$HOME_FOLDER" "$new/brought"
  chown -R root:root "$new"
  chmod -R u=rwX,go=rX "$new"
  chmod 755 "$new/venv/bin/kiosk" "$new/desktop.sh" "$new/install.sh"
  rm -rf "$HOME_FOLDER.old"
  if [ -e "$HOME_FOLDER" ]; then mv "$HOME_FOLDER" "$HOME_FOLDER.old"; fi
  mv "$new" "$HOME_FOLDER"
  ln -sfn "$HOME_FOLDER/venv/bin/kiosk" "$COMMAND"
  say "Program: $HOME_FOLDER, command: $COMMAND"
}

make_user() {
  local group
  for group in video render input gpio audio tty; do
    if ! getent group "$group" >/dev/null; then
      groupadd --system "$group"
      note group "$group"
    fi
  done
  if ! getent passwd kiosk >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/kiosk --no-create-home --shell /usr/sbin/nologin kiosk
    note user kiosk
  fi
  usermod --append --groups video,render,input,gpio,audio,tty kiosk
  if ! getent passwd kiosk-editor >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/kiosk-editor --no-create-home --shell /usr/sbin/nologin kiosk-editor
    note user kiosk-editor
  fi
}

# --- the config -----------------------------------------------------------------------------------------------------

# A file of the gym's is never touched. A default that has changed since the last version is laid beside it.
install_config() {
  local defaults=$HOME_FOLDER/app/kiosk/shipped/config before=$HOME_FOLDER.old/app/kiosk/shipped/config folder
  # Nothing was taken away on purpose from a config that is missing as a whole.
  [ -d "$CONFIG" ] || before=/dev/null
  for folder in "" /circuits /exercises; do
    as_user "$(writer "$CONFIG$folder")" copy_defaults "$defaults$folder" "$before$folder" "$CONFIG$folder" ||
      say "Config: $CONFIG$folder could not be written; the defaults are in $defaults$folder"
  done
  give_config
  say "Config: $CONFIG"
}

# Lets the page write in the config's folders, unless they are somebody's. Files are exchanged as a whole, so their owners
# do not matter.
give_config() {
  local folder
  for folder in "$CONFIG" "$CONFIG"/{circuits,exercises,figures,pictures}; do
    if [ -d "$folder" ] && [ ! -L "$folder" ]; then
      case $(writer "$folder") in root | kiosk-editor) chown --no-dereference kiosk-editor "$folder" ;; esac
    fi
  done
}

copy_defaults() {
  local defaults=$1 before=$2 config=$3 circuits=/dev/null path name file
  # A new circuit may need an exercise that was taken away.
  if [ "${config##*/}" = exercises ]; then circuits=${config%/*}/circuits; fi
  for path in "$defaults"/*.yaml; do
    name=${path##*/} file=$config/$name
    if [ ! -e "$file" ] && [ ! -L "$file" ]; then
      # One that the last version brought and that is gone was taken away on purpose.
      if [ -e "$before/$name" ] && ! grep -qrsw -- "${name%.yaml}" "$circuits"; then continue; fi
      mkdir -p "$config"
      cp -T --remove-destination "$path" "$file"
    elif cmp -s "$path" "$file"; then
      rm -f "$file.new"
    elif ! cmp -s "$path" "$before/$name"; then
      cp -T --remove-destination "$path" "$file.new"
      echo "Config: $file is yours and stays; the new default is beside it: $file.new"
    fi
  done
}

# --- the screen's mode ----------------------------------------------------------------------------------------------

cmdline_file() {
  local file
  for file in /boot/firmware/cmdline.txt /boot/cmdline.txt; do
    # Newer systems leave a note at the old place, which is no single line.
    if [ -f "$file" ] && [ "$(grep -c . "$file")" = 1 ] && grep -q 'root=' "$file"; then
      echo "$file"
      return
    fi
  done
}

# Makes the first socket "connected" whether or not a television answers at power-on, and keeps a 4K one at 1080p.
set_mode() {
  local file
  file=$(cmdline_file)
  if [ -z "$file" ]; then
    say 'Screen: no cmdline.txt found; the television chooses the mode'
    return
  fi
  if grep -qE '(^| )video=HDMI-A-1:' "$file"; then
    say "Screen: the mode is set in $file already"
    return
  fi
  [ -e "$file.before-kiosk" ] || cp "$file" "$file.before-kiosk"
  printf '%s %s\n' "$(head -n 1 "$file" | sed 's/[[:space:]]*$//')" "$VIDEO" > "$file.new"
  sync "$file.new"
  mv "$file.new" "$file"
  sync
  note cmdline "$file"
  needs_restart=yes
  say "Screen: $VIDEO in $file (before: $file.before-kiosk)"
}

restore_mode() {
  local file
  for file in $(noted cmdline); do
    [ -f "$file" ] || continue
    sed "s| $VIDEO||" "$file" > "$file.new"
    sync "$file.new"
    mv "$file.new" "$file"
    rm -f "$file.before-kiosk"
  done
}

# --- the service, or the desktop ------------------------------------------------------------------------------------

install_service() {
  install -m 644 "$source_folder/systemd/99-kiosk.rules" "$RULES"
  install -m 644 "$source_folder/systemd/kiosk.service" "$UNIT"
  install -m 644 "$source_folder/systemd/kiosk-stick@.service" "$STICK_UNIT"
  install -m 644 "$source_folder/systemd/99-kiosk-stick.rules" "$STICK_RULES"
  install -m 644 "${PAGE_UNITS[@]/#*\//$source_folder/systemd/}" /etc/systemd/system
  if is_running; then
    udevadm control --reload 2>/dev/null || true
    udevadm trigger --subsystem-match=gpio 2>/dev/null || true
    systemctl daemon-reload
  fi
  systemctl --quiet enable kiosk.service kiosk-editor.path
}

start_service() {
  is_running || return 0
  say 'Starting ...'
  # It is ready when its loop runs; a start that fails is tried again by itself, so this says it and goes on.
  systemctl restart kiosk-editor.path
  systemctl restart kiosk.service || say 'The service has not started; "journalctl -u kiosk" says why.'
}

has_desktop() {
  [ "$(systemctl get-default 2>/dev/null)" = graphical.target ] && { command -v labwc || command -v wayfire; } >/dev/null
}

desktop_file() { echo "$(getent passwd "$1" | cut -d: -f6)/.config/labwc/autostart"; }

install_desktop() {
  local user=$SUDO_USER file
  file=$(desktop_file "$user")
  as_user "$user" add_line "$file" "$AUTOSTART_LINE" ||
    fail "$user cannot write $file; give $user the file and its folder, then run this again"
  note desktop "$user"
  systemctl --quiet disable --now kiosk.service kiosk-editor.path kiosk-editor.service 2>/dev/null || true
  # The desktop mounts sticks itself, and whoever sits at it types "kiosk edit".
  rm -f "$UNIT" "$STICK_UNIT" "$STICK_RULES" "${PAGE_UNITS[@]}"
  install -m 644 "$source_folder/systemd/99-kiosk.rules" "$RULES"
  usermod --append --groups gpio,video,input "$user"
  say "Desktop: it starts with $user's desktop ($file)"
}

remove_desktop() {
  local user file
  for user in $(noted desktop); do
    file=$(desktop_file "$user")
    getent passwd "$user" >/dev/null || continue
    as_user "$user" remove_line "$file" "$AUTOSTART_LINE" ||
      say "$user cannot write $file; remove this line from it: $AUTOSTART_LINE"
  done
}

add_line() {
  local file=$1 line=$2
  if grep -qsF "$line" "$file"; then return; fi
  mkdir -p "${file%/*}"
  echo "$line" >> "$file"
}

remove_line() {
  local file=$1 line=$2 rest
  if ! grep -qsF "$line" "$file"; then return; fi
  rest=$(grep -vF "$line" "$file") || true
  if [ -n "$rest" ]; then printf '%s\n' "$rest" > "$file"; else rm "$file"; fi
}

# --- the whole ------------------------------------------------------------------------------------------------------

install_all() {
  if [ "$desktop" = yes ] && [ "${SUDO_USER:-root}" = root ]; then
    fail '--desktop: call this with sudo as the user whose desktop it is'
  fi
  check_python
  install_packages
  check_python
  make_user
  set_mode
  install_program
  install_config
  if [ "$desktop" = yes ]; then
    install_desktop
  else
    remove_desktop
    install_service
    start_service
  fi
  write_record "$HOME_FOLDER" "$HOME_FOLDER/brought.new"
  mv "$HOME_FOLDER/brought.new" "$RECORD"
  chmod 644 "$RECORD"
  rm -rf "$HOME_FOLDER.old"
  say
  say 'Self-test:'
  "$COMMAND" doctor --self-test || say 'See above what to do; "sudo kiosk doctor" checks again.'
  say
  if [ "$desktop" = no ] && has_desktop; then
    say 'This Raspberry Pi OS has a desktop, which keeps the television for itself. Either start without it:
    sudo systemctl set-default multi-user.target && sudo reboot
or let the kiosk start with the desktop:
    sudo systemd/install.sh --desktop'
  elif [ "$desktop" = yes ]; then
    say 'Installed. It starts with the next login to the desktop: sudo reboot'
  elif [ "$needs_restart" = yes ]; then
    say 'Installed. The mode of the screen holds from the next start on: sudo reboot'
  else
    say 'Installed.'
  fi
}

uninstall() {
  local packages group left folder
  if is_running; then systemctl --quiet disable --now kiosk.service kiosk-editor.{path,service} 2>/dev/null || true; fi
  rm -f /etc/systemd/system/multi-user.target.wants/kiosk{.service,-editor.path} "$UNIT" "$RULES" "$COMMAND"
  rm -f "$STICK_UNIT" "$STICK_RULES" "${PAGE_UNITS[@]}"
  if is_running; then
    udevadm control --reload 2>/dev/null || true
    systemctl daemon-reload
    systemctl reset-failed kiosk.service 'kiosk-editor.*' 2>/dev/null || true
    # The login comes back to the first console.
    systemctl start getty@tty1.service 2>/dev/null || true
  fi
  remove_desktop
  restore_mode
  mapfile -t packages < <(noted package)
  if [ -n "$(noted user)" ]; then
    # What it has made stays usable, for root.
    chown -R --from=kiosk-editor root:root "$CONFIG" "$CONFIG.before-stick" 2>/dev/null || true
    userdel kiosk-editor 2>/dev/null || true
    userdel kiosk 2>/dev/null || true
    # userdel leaves the group if somebody was added to it to use the remote.
    groupdel kiosk 2>/dev/null || true
  fi
  for group in $(noted group); do groupdel "$group" 2>/dev/null || true; done
  rm -rf "$HOME_FOLDER" "$HOME_FOLDER.new" "$HOME_FOLDER.old" /var/cache/kiosk{,-editor} /run/kiosk{,-stick,-editor}
  if [ "$purge" = yes ]; then
    rm -rf "$CONFIG" "$CONFIG.before-stick" "$CONFIG.from-stick" /var/lib/kiosk{,-editor} "$UNIT.d" "$STICK_UNIT.d" "${PAGE_UNITS[@]/%/.d}"
    say 'Uninstalled, config and state too.'
  else
    left="$CONFIG and /var/lib/kiosk"
    for folder in "$CONFIG.before-stick" /var/lib/kiosk-editor "$UNIT.d" "$STICK_UNIT.d" "${PAGE_UNITS[@]/%/.d}"; do
      if [ -e "$folder" ]; then left="$folder, $left"; fi
    done
    say "Uninstalled. Still there: $left (--uninstall --purge takes them away)."
  fi
  if [ ${#packages[@]} -gt 0 ]; then
    # Somebody else may need them by now, so apt decides.
    apt-mark -qq auto "${packages[@]}" >/dev/null || true
    say 'The packages that came with it go with: sudo apt autoremove'
  fi
}

arguments=$*
action=install desktop=no purge=no any_machine=no needs_restart=no BOARD=
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
  any_machine=yes
  [ "$(id -u)" = 0 ] || fail "this has to be root; type: sudo $0 $arguments"
  uninstall
else
  for part in kiosk/cli.py config/kiosk.yaml assets systemd/kiosk.service; do
    [ -e "$source_folder/$part" ] || fail "$source_folder/$part is missing: copy the whole folder, not only this file"
  done
  check_machine
  install_all
fi
