"""The package in throw-away Debian containers: installed with apt, upgraded, taken away."""

from __future__ import annotations

import pytest

from tests.pi import container, packages

# The time limit covers only the test functions. Fetching packages may be slow and has its own limit.
pytestmark = pytest.mark.timeout(900, func_only=True)

SCRIPT = """\
export DEBIAN_FRONTEND=noninteractive
get() { apt-get -qq --yes "$@" 2>&1; echo "status $?"; }
gym() { (cd /etc/kiosk; find . -type f -exec sha256sum {} + | sort -k 2); }
apt-get -qq update
part installed
get install /root/kiosk_0*.deb | grep '^status\\|kiosk setup'
systemctl is-enabled kiosk kiosk-editor.path; systemctl is-active kiosk kiosk-editor.path
runuser -u kiosk -- kiosk check; dpkg --verify kiosk; cat /boot/firmware/cmdline.txt
part user
id -nG kiosk; stat -c %U /etc/kiosk /etc/kiosk/circuits /etc/kiosk/exercises
part set up
kiosk setup; echo "status $?"; cat /boot/firmware/cmdline.txt
part set up again
kiosk setup; echo "status $?"; cat /boot/firmware/cmdline.txt
part undone
kiosk setup --undo; echo "status $?"; cat /boot/firmware/cmdline.txt; ls /boot/firmware
part undo the stick
cp -a /etc/kiosk /etc/kiosk.before-stick; sed -i 's/^name: .*/name: Before/' /etc/kiosk.before-stick/circuits/core.yaml
kiosk undo; grep ^name: /etc/kiosk/circuits/core.yaml
kiosk undo; grep ^name: /etc/kiosk/circuits/core.yaml
part upgraded
kiosk setup >/dev/null
sed -i 's/hold: 2$/hold: 3/' /etc/kiosk/kiosk.yaml; rm /etc/kiosk/circuits/tabata.yaml
gym > /root/before
get install /root/new/kiosk_*.deb | grep '^Config\\|^status'
gym | diff /root/before -
part runs
systemctl is-enabled kiosk; systemctl is-active kiosk; dpkg-query -W kiosk
part desktop
useradd -m coach
SUDO_USER=coach kiosk setup --desktop; echo "status $?"
cat /home/coach/.config/labwc/autostart; systemctl is-enabled kiosk kiosk-stick@; systemctl is-active kiosk
part desktop upgraded
get install --reinstall /root/new/kiosk_*.deb >/dev/null
cat /home/coach/.config/labwc/autostart; systemctl is-enabled kiosk kiosk-stick@; systemctl is-active kiosk
part service again
kiosk setup
ls /home/coach/.config/labwc; systemctl is-enabled kiosk kiosk-stick@; systemctl is-active kiosk
part removed
SUDO_USER=coach kiosk setup --desktop >/dev/null
get remove kiosk | tail -n 1
ls /home/coach/.config/labwc; cat /boot/firmware/cmdline.txt
ls -d /etc/kiosk /etc/kiosk.before-stick /etc/systemd/system/*kiosk*
ls -d /var/cache/kiosk /usr/lib/python3/dist-packages/kiosk 2>&1
part reinstalled
get install /root/new/kiosk_*.deb >/dev/null
gym | diff /root/before - | grep -v kiosk.yaml.new; systemctl is-enabled kiosk; systemctl is-active kiosk
part without a restart
systemctl disable --now kiosk 2>/dev/null
get install --reinstall /root/new/kiosk_*.deb >/dev/null
systemctl is-enabled kiosk; systemctl is-active kiosk
part purged
usermod -aG kiosk coach; mkdir -p /etc/kiosk.from-stick /etc/systemd/system/kiosk-stick@.service.d
mkdir -p /var/lib/kiosk-editor /var/cache/kiosk-editor
printf '[Service]\\nExecCondition=\\nExecStart=\\nExecStart=false\\n' > \\
  /etc/systemd/system/kiosk-stick@.service.d/fails.conf
systemctl daemon-reload; systemctl start kiosk-stick@sda1 2>/dev/null
systemctl is-failed kiosk-stick@sda1
get purge kiosk | tail -n 1
left
grep kiosk /etc/passwd /etc/group; getent group gpio; systemctl list-units -a | grep kiosk | grep -v slice
cat /boot/firmware/cmdline.txt
part over the program in opt
mkdir -p /opt/kiosk/app/kiosk/shipped /etc/systemd/system/multi-user.target.wants /etc/udev/rules.d
cp -r /root/old/config /opt/kiosk/app/kiosk/shipped/; cp -r /root/old/config /etc/kiosk
rm /etc/kiosk/circuits/tabata.yaml
for unit in kiosk.service kiosk-stick@.service kiosk-editor.path kiosk-editor.service kiosk-editor.socket; do
  echo old > /etc/systemd/system/$unit
done
for unit in kiosk.service kiosk-editor.path; do
  ln -s /etc/systemd/system/$unit /etc/systemd/system/multi-user.target.wants/
done
touch /etc/udev/rules.d/99-kiosk.rules /etc/udev/rules.d/99-kiosk-stick.rules
ln -s /opt/kiosk/venv/bin/kiosk /usr/local/bin/kiosk
sed -i 's/$/ video=HDMI-A-1:1920x1080@60D/' /boot/firmware/cmdline.txt
install -D -o coach /dev/stdin /home/coach/.config/labwc/autostart <<< '/opt/kiosk/desktop.sh & # gym-wall kiosk'
printf '%s\\n' 'cmdline /boot/firmware/cmdline.txt' 'desktop coach' > /opt/kiosk/brought
for user in kiosk kiosk-editor; do useradd --system $user; echo "user $user" >> /opt/kiosk/brought; done
get install /root/new/kiosk_*.deb | tail -n 1
ls -d /opt/kiosk /usr/local/bin/kiosk 2>&1
find /etc/systemd/system /etc/udev/rules.d -maxdepth 1 -name '*kiosk*' -not -name '*.d' -exec ls -l {} +
cat /home/coach/.config/labwc/autostart; ls /etc/kiosk /etc/kiosk/circuits | grep 'new\\|tabata'
systemctl is-enabled kiosk kiosk-stick@ kiosk-editor.path; systemctl is-active kiosk kiosk-editor.path
part and gone
get purge kiosk | tail -n 1
ls /home/coach/.config/labwc; grep kiosk /etc/passwd /etc/group; cat /boot/firmware/cmdline.txt
left
"""
LINE = "console=tty1 root=PARTUUID=1-02 rootwait\n"
LINE_WITH_MODE = "console=tty1 root=PARTUUID=1-02 rootwait video=HDMI-A-1:1920x1080@60D\n"
AUTOSTART = "/usr/lib/kiosk/desktop.sh & # gym-wall kiosk\n"


@pytest.fixture(scope="module")
def said(suite: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the output of SCRIPT in the container, by the name of the script's part."""
    root = container.new_root(suite, tmp_path_factory.mktemp("package"))
    packages.build(root / "root", container.copy_program(root / "root/old"))
    packages.build_later(root / "root/new", tmp_path_factory.mktemp("later") / "kiosk")
    return container.run(root, SCRIPT)


def test_apt_brings_everything_from_the_archive_and_the_service_runs(said: dict[str, str]) -> None:
    assert said["installed"].startswith('Type "sudo kiosk setup" once')
    assert "\nstatus 0\nenabled\nenabled\nactive\nactive\n" in said["installed"]
    assert "\n/etc/kiosk is fine" in said["installed"]
    groups, *owners = said["user"].splitlines()
    assert groups.split() == ["kiosk", *["tty", "audio", "video", "input", "render", "gpio"]]
    assert owners == ["kiosk-editor"] * 3
    # Not the package, but `kiosk setup` changes what belongs to others.
    assert said["installed"].endswith(LINE)


def test_the_mode_is_set_once_and_taken_back(said: dict[str, str]) -> None:
    assert "sudo reboot\nstatus 0\n" in said["set up"]
    assert said["set up"].endswith(LINE_WITH_MODE)
    assert (
        said["set up again"]
        == f"Screen: the mode is set in /boot/firmware/cmdline.txt already\nstatus 0\n{LINE_WITH_MODE}"
    )
    assert said["undone"].endswith(f"status 0\n{LINE}cmdline.txt\n")


def test_the_version_before_the_last_stick_comes_back(said: dict[str, str]) -> None:
    first, before, second, after = said["undo the stick"].splitlines()
    assert first == second
    assert "is as it was before the last stick" in first
    assert before == "name: Before" != after


def test_an_upgrade_keeps_the_config_and_lays_a_changed_default_beside_it(said: dict[str, str]) -> None:
    *told, status, _, added = said["upgraded"].splitlines()
    beside = "the new default is beside it: /etc/kiosk/kiosk.yaml.new"
    assert told == [f"Config: /etc/kiosk/kiosk.yaml is yours and stays; {beside}", "Config: /etc/kiosk"]
    assert status == "status 0"
    assert added.split()[-1] == "./kiosk.yaml.new"
    assert said["runs"].split() == ["enabled", "active", "kiosk", packages.LATER]


def test_with_a_desktop_it_never_starts_as_a_service_too(said: dict[str, str]) -> None:
    # Nor does it read sticks, which the desktop mounts.
    assert said["desktop"].endswith(f"status 0\n{AUTOSTART}disabled\nmasked\ninactive\n")
    assert said["desktop upgraded"] == f"{AUTOSTART}disabled\nmasked\ninactive\n"
    assert said["service again"].endswith("no longer starts the kiosk\nenabled\nstatic\nactive\n")


def test_removed_the_config_stays_and_what_setup_changed_is_taken_back(said: dict[str, str]) -> None:
    told = said["removed"].splitlines()
    assert told[:2] == ["status 0", LINE.strip()]
    assert told[2:5] == ["/etc/kiosk", "/etc/kiosk.before-stick", "/etc/systemd/system/kiosk.service.d"]
    assert all("No such file" in line for line in told[5:])
    assert said["reinstalled"].endswith("enabled\nactive\n")
    assert "tabata" not in said["reinstalled"]


def test_who_has_switched_the_service_off_finds_it_off_after_an_upgrade(said: dict[str, str]) -> None:
    assert said["without a restart"] == "disabled\ninactive\n"


def test_purged_nothing_is_left(said: dict[str, str]) -> None:
    # Not even a stick that could not be read, in the list of units. Its empty slice goes at the next start.
    assert said["purged"] == f"failed\nstatus 0\n{LINE}"


def test_it_takes_the_place_of_the_program_in_opt(said: dict[str, str]) -> None:
    status, *rest = said["over the program in opt"].splitlines()
    assert status == "status 0"
    assert all("No such file" in line for line in rest[:2])
    assert rest[2].endswith(" /etc/systemd/system/kiosk-stick@.service -> /dev/null")
    assert rest[3:5] == [AUTOSTART.strip(), "kiosk.yaml.new"]
    # Without a wall nobody can open the page.
    assert rest[5:] == ["disabled", "masked", "enabled", "inactive", "active"]
    assert said["and gone"] == f"status 0\n{LINE}"
