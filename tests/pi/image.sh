#!/usr/bin/env bash
# Builds what a virtual Pi boots from: root.img (Debian trixie for arm64 with all that the installer would fetch), the
# kernel and its modules, an initrd. Takes 5 to 10 minutes on two cores; nothing in it depends on the kiosk itself.
#
#   tests/pi/image.sh FOLDER          ($PYTHON: a Python that has pip)
#
# The kernel comes from backports, since trixie's own has no simulated pins. lgpio and gpiozero are put where Raspberry
# Pi OS's packages put them: Debian has no lgpio and only an old gpiozero.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=$(mkdir -p "$1" && cd "$1" && pwd)
work=$folder/work
root=$work/root
downloads=$work/downloads
suite=trixie
python=${PYTHON:-python3}
lgpio=0.2.2.0

packages=(
  systemd systemd-sysv systemd-timesyncd dbus udev kmod login openssh-server e2fsprogs busybox-static procps
  python3 python3-venv python3-yaml python3-pygame python3-bottle python3-waitress python3-segno
  libegl1 libgles2 libgbm1 libgl1 libopengl0 libgl1-mesa-dri
  fonts-roboto-unhinted v4l-utils
  # Raspberry Pi OS has these anyway; minbase does not.
  libasound2t64 tzdata
)
modules=(
  virtio_pci virtio_mmio virtio_blk virtio_net virtio_gpu virtio_input virtio_rng gpio_sim evdev ext4 overlay
  # A sound card that a test plugs in; cec, since a service may use only devices whose driver's core is loaded.
  snd_aloop cec
  # A USB stick that a test plugs in, with each file system that the kiosk reads.
  xhci_pci usb_storage uas sd_mod vfat exfat nls_cp437 nls_ascii nls_iso8859_1 nls_utf8
)

say() { echo "$(date +%T) $*" >&2; }

foreign_programs() {
  mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
  update-binfmts --enable qemu-aarch64
}

bootstrap() {
  say "bootstrapping $suite for arm64"
  local include
  include=$(IFS=, && echo "${packages[*]}")
  # Expanded by the hook's shell, which is given the root as $1.
  # shellcheck disable=SC2016
  local backports='for list in "$1"/etc/apt/sources.list; do
      sed -n "s/ '$suite' main/ '$suite'-backports main/p" "$list" > "$1"/etc/apt/sources.list.d/backports.list; done'
  mmdebstrap --quiet --mode=root --variant=minbase --architectures=arm64 --include="$include" \
    --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt=force-unsafe-io --dpkgopt=path-exclude='/usr/share/doc/*' --dpkgopt=path-exclude='/usr/share/man/*' \
    --dpkgopt=path-exclude='/usr/share/locale/*' \
    --setup-hook="$backports" --skip=cleanup/apt "$suite" "$root"
}

kernel() {
  say "fetching the kernel"
  local modules_package version
  modules_package=$(chroot "$root" apt-cache depends linux-modules-arm64 | sed -n 's/.*Depends: \(linux-modules-[0-9].*\)/\1/p')
  version=${modules_package#linux-modules-}
  # The sandbox user cannot write here, and says so.
  (cd "$root/root" && chroot "$root" sh -c \
    "cd /root && apt-get -qq download $modules_package linux-binary-$version linux-base-$version libpython3.13-dev" 2>/dev/null)
  for package in "$root"/root/*.deb; do dpkg-deb --extract "$package" "$work/unpacked"; done
  rm "$root"/root/*.deb
  local all=$work/unpacked/usr lib=$root/usr/lib/modules/$version
  cp "$all/lib/modules/$version/vmlinuz" "$folder/vmlinuz"
  depmod --basedir "$all" "$version" 2>/dev/null || true
  mkdir -p "$lib"
  cp "$all/lib/modules/$version"/modules.{order,builtin,builtin.modinfo} "$lib/"
  for module in "${modules[@]}"; do
    modprobe --dirname "$all" --set-version "$version" --show-depends "$module"
  done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r path; do
    local to="$lib/${path#"$all/lib/modules/$version/"}"
    mkdir -p "$(dirname "$to")"
    cp "$path" "$to"
    case $to in *.xz) xz --decompress "$to" ;; *.zst) zstd --quiet --rm -d "$to" ;; esac
  done
  depmod --basedir "$root/usr" "$version"
  echo "$version" > "$folder/kernel-version"
}

python_packages() {
  say "building lgpio"
  mkdir -p "$downloads"
  local pip=("$python" -m pip download --quiet --disable-pip-version-check --no-deps --dest "$downloads")
  "${pip[@]}" --only-binary :all: gpiozero==2.0.1.post3 colorzero==2.0 rpi-lgpio==0.6
  "${pip[@]}" --no-binary :all: lgpio==$lgpio 2>/dev/null || "${pip[@]}" --no-binary lgpio lgpio==$lgpio
  local there=$root/usr/lib/python3/dist-packages sdist=$work/lgpio-$lgpio
  for wheel in "$downloads"/*.whl; do "$python" -m zipfile --extract "$wheel" "$there"; done
  tar --extract --directory "$work" --file "$downloads/lgpio-$lgpio.tar.gz"
  (cd "$sdist" && swig -python -o lgpio_wrap.c lgpio.i)
  aarch64-linux-gnu-gcc -shared -fPIC -O2 -w -I "$sdist/src" -I "$sdist" \
    -I "$work/unpacked/usr/include/python3.13" -I "$work/unpacked/usr/include" \
    "$sdist"/lgpio_wrap.c "$sdist"/src/lg*.c "$sdist/src/rgpiod.c" -o "$there/_lgpio.cpython-313-aarch64-linux-gnu.so" -lpthread
  cp "$sdist/lgpio.py" "$there/"
}

like_a_pi() {
  say "making it a Pi"
  # The groups and the rule are those of Raspberry Pi OS.
  chroot "$root" groupadd --system --force gpio
  echo 'SUBSYSTEM=="gpio", KERNEL=="gpiochip*", GROUP="gpio", MODE="0660"' > "$root/etc/udev/rules.d/99-gpio.rules"
  mkdir -p "$root/boot/firmware"
  echo 'console=serial0,115200 console=tty1 root=PARTUUID=00000000-02 rootfstype=ext4 fsck.repair=yes rootwait' \
    > "$root/boot/firmware/cmdline.txt"
  echo raspberrypi > "$root/etc/hostname"
  echo '127.0.0.1 localhost raspberrypi' > "$root/etc/hosts"
  : > "$root/etc/fstab"
  : > "$root/etc/machine-id"
  printf '[Match]\nName=e*\n[Network]\nAddress=10.0.2.15/24\nLinkLocalAddressing=no\n' > "$root/etc/systemd/network/wired.network"
  chroot "$root" systemctl --quiet enable systemd-networkd ssh
  chroot "$root" systemctl --quiet mask systemd-networkd-wait-online apt-daily.timer apt-daily-upgrade.timer \
    dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer serial-getty@ttyAMA0
  rm -f "$folder/key" "$folder/key.pub"
  ssh-keygen -q -t ed25519 -N '' -C virtual-pi -f "$folder/key"
  install -D -m 600 "$folder/key.pub" "$root/root/.ssh/authorized_keys"
  printf 'UseDNS no\nUsePAM no\nPermitRootLogin prohibit-password\n' > "$root/etc/ssh/sshd_config.d/test.conf"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  mkdir -p "$root/var/cache/apt/archives/partial"
}

initrd() {
  say "making the initrd"
  local dir=$work/initrd version
  version=$(cat "$folder/kernel-version")
  rm -rf "$dir"
  mkdir -p "$dir"/{bin,dev,proc,sys,root,lower,upper}
  cp "$root/usr/bin/busybox" "$dir/bin/"
  cp "$here/init" "$dir/init"
  chmod +x "$dir/init"
  for module in virtio_pci virtio_blk ext4 overlay; do
    modprobe --dirname "$root/usr" --set-version "$version" --show-depends "$module" 2>/dev/null || true
  done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r path; do
    cp "$path" "$dir/"
    basename "$path" >> "$dir/modules"
  done
  (cd "$dir" && find . | cpio --quiet --create --format newc --owner 0:0) | gzip -1 > "$folder/initrd"
}

disk() {
  say "writing the disk"
  rm -f "$folder/root.img"
  truncate --size 2G "$folder/root.img"
  mke2fs -q -t ext4 -L root -d "$root" "$folder/root.img"
}

foreign_programs
# The bootstrap mounts /proc and /dev in there; should one be left, it is not to be emptied.
rm -rf --one-file-system "$work"
mkdir -p "$work/unpacked"
bootstrap
kernel
python_packages
like_a_pi
initrd
disk
rm -rf --one-file-system "$work"
say "done: $(du -sh "$folder" | cut -f1) in $folder"
