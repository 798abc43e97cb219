#!/usr/bin/env bash
# Builds the package kiosk_VERSION_all.deb and prints its path. Needs nothing but dpkg, so it runs on a bare Raspberry Pi.
#
#   systemd/debian/build.sh FOLDER
#
# Every unit (*.service, *.path, *.socket, *.timer) and *.rules in systemd/ goes into the package. A unit that has an
# [Install] section is enabled.
set -euo pipefail
umask 022

[ $# = 1 ] || {
  echo 'build.sh: say where to write the package; type: systemd/debian/build.sh FOLDER' >&2
  exit 2
}
debian=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
source_folder=$(cd "$debian/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$source_folder/kiosk/__init__.py")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
# Everything in the package is as old as its newest version, so that the same sources give the same package.
SOURCE_DATE_EPOCH=$(date --date "$(sed -n 's/^ -- .*>  //p' "$debian/changelog" | head -n 1)" +%s)
export SOURCE_DATE_EPOCH

shopt -s nullglob
mapfile -t units < <(printf '%s\n' "$source_folder"/systemd/*.{service,path,socket,timer} | LC_ALL=C sort)
rules=("$source_folder"/systemd/*.rules)
mapfile -t enabled < <(grep -l '^\[Install\]' "${units[@]}" | xargs -n 1 basename)

# --- the program ----------------------------------------------------------------------------------------------------

modules=$root/usr/lib/python3/dist-packages
shared=$root/usr/share/kiosk
mkdir -p "$modules" "$shared/config" "$shared/assets"
cp -r "$source_folder/kiosk" "$modules/"
find "$modules" \( -name __pycache__ -o -name shipped \) -prune -exec rm -rf {} +
find "$modules" -name '*.md' -delete
rm -f "$modules/kiosk/house.svg"
cp -r "$source_folder"/config/{kiosk.yaml,circuits,exercises} "$shared/config/"
cp -r "$source_folder/assets/figures" "$shared/assets/"
ln -s ../../../../share/kiosk "$modules/kiosk/shipped"
install -D "$debian/command" "$root/usr/bin/kiosk"
install -D "$source_folder/systemd/desktop.sh" "$root/usr/lib/kiosk/desktop.sh"

# --- what the system reads ------------------------------------------------------------------------------------------

install -D -m 644 --target-directory "$root/usr/lib/systemd/system" "${units[@]}"
install -D -m 644 --target-directory "$root/usr/lib/udev/rules.d" "${rules[@]}"
install -D -m 644 "$debian/kiosk.sysusers" "$root/usr/lib/sysusers.d/kiosk.conf"
install -D -m 644 "$debian/copyright" "$root/usr/share/doc/kiosk/copyright"
gzip -9 -n < "$debian/changelog" > "$root/usr/share/doc/kiosk/changelog.gz"
mkdir -p "$root/usr/share/man/man1"
gzip -9 -n < "$debian/kiosk.1" > "$root/usr/share/man/man1/kiosk.1.gz"

# --- what dpkg reads ------------------------------------------------------------------------------------------------

chmod -R u=rwX,go=rX "$root"
mkdir "$root/DEBIAN"
size=$(du -k -s --apparent-size "$root/usr" | cut -f1)
for name in control postinst prerm postrm; do
  sed "s/@VERSION@/$version/; s/@SIZE@/$size/; s/@UNITS@/${units[*]##*/}/; s/@ENABLED@/${enabled[*]}/
    s/@RULES@/${rules[*]##*/}/" "$debian/$name" > "$root/DEBIAN/$name"
done
chmod 755 "$root"/DEBIAN/{postinst,prerm,postrm}
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
package=$folder/kiosk_${version}_all.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
