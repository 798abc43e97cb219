#!/bin/sh
# Checks that this machine has everything that builds and runs the virtual Pi; if not, says what to type.
PATH=$PATH:/usr/sbin:/sbin
missing=
while read -r tool packages; do
  command -v "$tool" > /dev/null || missing="$missing $packages"
done << 'TOOLS'
python3 python3 python3-venv
qemu-system-aarch64 qemu-system-arm
qemu-img qemu-utils
qemu-aarch64-static qemu-user-static
update-binfmts binfmt-support
mmdebstrap mmdebstrap
arch-test arch-test
depmod kmod
cpio cpio
mke2fs e2fsprogs
mkfs.vfat dosfstools
mkfs.exfat exfatprogs
mcopy mtools
xz xz-utils
zstd zstd
swig swig
aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross
dtc device-tree-compiler
ssh openssh-client
systemd-nspawn systemd-container
TOOLS
if [ -n "$missing" ]; then
  echo "Packages are missing; type: sudo apt install$missing" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "Only root can build a root file system; type: sudo make test-pi" >&2
  exit 1
fi
