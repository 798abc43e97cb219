"""The installer in throw-away Debian containers.

Unlike the virtual Pi, a container fetches its packages with apt, under an older Debian release too. It has no pins, no
screen and no console.
"""

from __future__ import annotations

import shutil

import pytest

from tests.pi import container, page

# The time limit covers only the test functions. Fetching packages may be slow and has its own limit.
pytestmark = pytest.mark.timeout(900, func_only=True)

SCRIPT = r"""\
all() { find /boot /etc /opt /usr /home /srv | sort; }
part refused
/root/kiosk/systemd/install.sh
part installed
mkdir /tmp/planted; cd /tmp/planted
for module in importlib venv compileall; do echo 'open("/srv/ran", "w")' > $module.py; done
(umask 077; /root/kiosk/systemd/install.sh --any-machine); echo "status $?"
part state
systemctl is-enabled kiosk; cat /boot/firmware/cmdline.txt; ls /etc/kiosk; id kiosk
cd /; runuser -u kiosk -- kiosk check
part remote
stat -c '%U %G %a' /run/kiosk/remote.sock
useradd -m member
as() { echo "$1: $(runuser -u "$1" -- kiosk "$2" 2>&1)"; }
as root now; as kiosk start; as member pause
usermod -aG kiosk member
as member pause; as root stop; as member stop
part stick
systemctl --no-pager cat kiosk-stick@sda1 | tail -1; ls /usr/lib/udev/rules.d | grep kiosk
systemd-analyze security --no-pager kiosk-stick@sda1 | tail -1
mkdir -p /run/stick/kiosk/circuits /run/kiosk-stick
sed 's/^name: .*/name: From the stick/' /etc/kiosk/circuits/core.yaml > /run/stick/kiosk/circuits/stick.yaml
# A container has no block devices, so a folder is put where the stick would be mounted.
unit=/etc/systemd/system/try@.service mounted=/run/kiosk-stick/sda1.stick
outside='/usr/bin/nsenter --mount=/proc/1/ns/mnt --'
sed "s|^ExecCondition=.*|ExecCondition=+$outside mount --bind /run/stick $mounted|" \
  /usr/lib/systemd/system/kiosk-stick@.service > $unit
mkdir $mounted; systemctl daemon-reload; systemctl start try@sda1; echo "status $?"
cat /run/kiosk-stick/notice.json; echo; ls /run/kiosk-stick; ls -d /etc/kiosk*
grep -h ^name: /etc/kiosk/circuits/stick.yaml; stat -c '%U %a' /etc/kiosk /etc/kiosk/circuits/stick.yaml
journalctl -u try@sda1 --no-pager -o cat | tail -5
kiosk undo; ls /etc/kiosk/circuits/stick.yaml
rm -r $unit /run/stick; systemctl daemon-reload
part page
stat -c '%n %U' /etc/kiosk /etc/kiosk/circuits /etc/kiosk/kiosk.yaml
systemctl is-enabled kiosk-editor.path
systemd-analyze security --no-pager kiosk-editor.service | tail -1
# The container has the host's network, so port 80 may be taken.
port=$((20000 + RANDOM % 10000)) status=/run/kiosk-editor/status.json
mkdir /etc/systemd/system/kiosk-editor.socket.d
printf '[Socket]\nListenStream=\nListenStream=0.0.0.0:%s\n' $port > /etc/systemd/system/kiosk-editor.socket.d/port.conf
systemctl daemon-reload
# An answer of the remote is what somebody at the wall reads; a notice about the stick may come first.
look() { echo "$1: port $(grep -c ":$(printf %04X $port) 00000000:0000 0A" /proc/net/tcp)," \
  "$(systemctl is-active kiosk-editor.service kiosk-editor.socket kiosk-editor.path | tr '\n' ' ')," \
  "$(pgrep -cu kiosk-editor) processes"; }
until_() { for _ in {1..240}; do eval "$1" && return; sleep 0.5; done; echo "never: $1"; systemctl status --no-pager \
  'kiosk-editor.*'; journalctl --no-pager -u kiosk-editor -n 30; cat $status; }
said() { python3 -c "import json; print(json.load(open('$status'))['$1'])"; }
list() { until_ 'kiosk hold | grep -q "Choose a workout"'; }
entry() { list; until_ 'kiosk back | grep -q "with a phone"'; kiosk hold; }
look before
entry
until_ 'grep -qs "\"open\"" $status'
until_ 'kiosk now | grep -q "type $(said pin)"'
look open
stat -c '%U %G %a' $status
python3 /root/page.py "$(said address)" "$(said pin)" back-and-core-for-runners 'From a phone' 2>&1
grep -h ^name: /etc/kiosk/circuits/back-*; stat -c '%U %a' /etc/kiosk/circuits/back-*
until_ 'kiosk now | grep "From a phone.*Page is open"'
entry
kiosk press > /dev/null
until_ '! systemctl is-active --quiet kiosk-editor.service kiosk-editor.socket'
look closed
curl_() { python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 5)" 2>&1 | tail -1; }
curl_
ls /run/kiosk /run/kiosk-editor
systemctl show kiosk-editor -P NRestarts -P Result
journalctl --no-pager -o cat -u kiosk-editor
rm -r /etc/systemd/system/kiosk-editor.socket.d; systemctl daemon-reload
part planted
PYTHONPATH=/tmp/planted kiosk check; ls /srv
cd /; rm -r /tmp/planted
part again
all > /root/before
/root/kiosk/systemd/install.sh --any-machine; echo "status $?"
all | diff /root/before -
part desktop
useradd -m coach
install -D -o coach /dev/stdin /home/coach/.config/labwc/autostart <<< 'panel &'
SUDO_USER=coach /root/kiosk/systemd/install.sh --any-machine --desktop; echo "status $?"
cat /home/coach/.config/labwc/autostart; stat -c %U /home/coach/.config/labwc/autostart
systemctl is-enabled kiosk; systemctl is-active kiosk
part linked autostart
echo precious > /srv/file
cd /home/coach/.config/labwc; mv autostart kept
ln -s /srv/file autostart
SUDO_USER=coach /root/kiosk/systemd/install.sh --any-machine --desktop; echo "status $?"
cat /srv/file; stat -c %U /srv/file
part linked .config
mkdir /srv/folder; mv /home/coach/.config /home/coach/kept
ln -s /srv/folder /home/coach/.config
SUDO_USER=coach /root/kiosk/systemd/install.sh --any-machine --desktop; echo "status $?"
stat -c %U /srv/folder; ls -A /srv/folder
rm /home/coach/.config; mv /home/coach/kept /home/coach/.config
cd /home/coach/.config/labwc; rm autostart; mv kept autostart
part linked config
mv /etc/kiosk /home/coach/gym; ln -s /home/coach/gym /etc/kiosk
rm -r /etc/kiosk/exercises; ln -s /srv/folder /etc/kiosk/exercises
chown -R coach /home/coach/gym; chmod 700 /home/coach/gym; chmod 711 /srv/folder
cd /root/kiosk/config; echo '# new' >> kiosk.yaml; cp exercises/side-plank.yaml exercises/new.yaml
/root/kiosk/systemd/install.sh --any-machine; echo "status $?"
stat -c '%U %a' /home/coach/gym /srv/folder; ls -A /srv/folder
stat -c '%U %a' /home/coach/gym/kiosk.yaml.new
part no sub-folder
rm /etc/kiosk; rm -r /home/coach/gym; mkdir /etc/kiosk; cp kiosk.yaml /etc/kiosk
/root/kiosk/systemd/install.sh --any-machine; echo "status $?"
ls /etc/kiosk
part kept
ln -s /srv/file /home/coach/.config/labwc/autostart.new
/root/kiosk/systemd/install.sh --uninstall; echo "status $?"
ls -d /etc/kiosk /etc/kiosk.before-stick /etc/systemd/system/kiosk.service.d
cat /srv/file
part gone
/root/kiosk/systemd/install.sh --uninstall --purge; echo "status $?"
cat /home/coach/.config/labwc/autostart
left
grep kiosk /etc/passwd /etc/group
cat /boot/firmware/cmdline.txt
"""


@pytest.fixture(scope="module")
def said(suite: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the output of SCRIPT in the container, by the name of the script's part."""
    root = container.new_root(suite, tmp_path_factory.mktemp("container"))
    container.copy_program(root / "root/kiosk")
    shutil.copy(page.__file__, root / "root")
    return container.run(root, SCRIPT)


def test_on_no_pi_it_refuses(said: dict[str, str]) -> None:
    assert "this is not a Raspberry Pi" in said["refused"]


def test_the_packages_come_from_apt_and_the_service_is_enabled(said: dict[str, str]) -> None:
    assert "Package: kiosk " in said["installed"]
    assert said["installed"].endswith("status 0\n")
    assert "The service has not started" not in said["installed"]
    assert said["state"].startswith("enabled\n")
    assert "rootwait video=HDMI-A-1:1920x1080@60D\n" in said["state"]
    assert "/etc/kiosk is fine" in said["state"]
    assert "gpio" in said["state"]


def test_root_the_kiosk_and_its_group_may_use_the_remote_and_nobody_else(said: dict[str, str]) -> None:
    socket, now, started, refused, paused, stopped, impossible = said["remote"].splitlines()
    assert socket == "kiosk kiosk 660"
    assert "press to start" in now
    assert started.startswith("kiosk: Round 1/3  GET READY")
    assert refused.startswith('member: only root and the group "kiosk" may use the wall\'s remote; use sudo')
    assert paused.startswith("member: PAUSED")
    assert "press to start" in stopped
    assert impossible.startswith("member: stop: a press would start the circuit now")


def test_a_stick_is_read_by_the_locked_in_unit_and_taken_over(said: dict[str, str]) -> None:
    told = said["stick"]
    assert told.startswith("UMask=0077\n99-kiosk-stick.rules\n99-kiosk.rules\n")
    assert "status 0\n" in told, told
    assert "1 circuit taken from the stick" in told, told
    assert "/etc/kiosk\n/etc/kiosk.before-stick\nname: From the stick\nkiosk-editor 755\nkiosk-editor 644\n" in told
    undone = told.partition("is as it was before the last stick")[2]
    assert "cannot access '/etc/kiosk/circuits/stick.yaml'" in undone


def test_the_page_opens_at_the_wall_and_nothing_of_it_is_left_when_it_closes(said: dict[str, str]) -> None:
    told = said["page"]
    assert told.startswith("/etc/kiosk kiosk-editor\n/etc/kiosk/circuits kiosk-editor\n/etc/kiosk/kiosk.yaml root\n"), (
        told
    )
    assert "never:" not in told, told
    assert "before: port 0, inactive inactive active , 0 processes\n" in told
    assert "open: port 1, active active active , 1 processes\nkiosk-editor kiosk 640\n" in told
    assert "closed: port 0, inactive inactive active , 0 processes\n" in told
    assert "Connection refused" in told


def test_what_is_saved_on_the_page_is_on_the_wall(said: dict[str, str]) -> None:
    told = said["page"]
    assert "b'\\x89PNG'\nname: From a phone\nkiosk-editor 644\n" in told, told
    assert "From a phone (18:40): press to start" in told


def test_no_python_module_of_the_caller_s_folder_runs_as_root(said: dict[str, str]) -> None:
    assert "/etc/kiosk is fine" in said["planted"]
    assert "ran" not in said["planted"].splitlines()


def test_again_it_changes_nothing(said: dict[str, str]) -> None:
    assert said["again"].endswith("Installed.\nstatus 0\n")


def test_with_a_desktop_it_starts_from_there_and_not_as_a_service(said: dict[str, str]) -> None:
    told, _, left = said["desktop"].partition("status 0\n")
    assert "It starts with the next login to the desktop" in told
    assert "switched off" in told
    assert "FAILED" not in told
    assert left.splitlines()[:3] == ["panel &", "/usr/lib/kiosk/desktop.sh & # gym-wall kiosk", "coach"]
    assert left.endswith("disabled\ninactive\n")


def test_uninstalled_the_config_and_the_admin_s_changes_stay_unless_they_are_purged(said: dict[str, str]) -> None:
    # /etc/kiosk.before-stick is there for `kiosk undo`.
    kept = "/etc/kiosk\n/etc/kiosk.before-stick\n/etc/systemd/system/kiosk.service.d\n"
    assert f"status 0\n{kept}" in said["kept"]
    assert said["gone"].endswith("status 0\npanel &\nconsole=tty1 root=PARTUUID=1-02 rootwait\n")


def test_a_link_in_the_desktop_user_s_home_changes_nothing_of_root_s(said: dict[str, str]) -> None:
    for part in ("linked autostart", "linked .config"):
        assert "coach cannot write /home/coach/.config/labwc/autostart" in said[part]
    assert said["linked autostart"].endswith("status 1\nprecious\nroot\n")
    assert said["linked .config"].endswith("status 1\nroot\n")
    assert said["kept"].endswith("\nprecious\n")


def test_in_a_config_folder_of_somebody_s_it_writes_as_they_could(said: dict[str, str]) -> None:
    told, _, left = said["linked config"].partition("status 0\n")
    assert "Config: /etc/kiosk/exercises could not be written" in told
    assert left.splitlines() == ["coach 700", "root 711", "coach 644"]


def test_a_config_without_sub_folders_stays_as_it_is(said: dict[str, str]) -> None:
    assert said["no sub-folder"].endswith("status 0\nkiosk.yaml\n")
