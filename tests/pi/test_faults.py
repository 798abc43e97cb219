"""Changes and failures around the running kiosk. The circuit goes on, and nobody has to restart the kiosk."""

from __future__ import annotations

import pytest

from tests.pi.conftest import PICTURE_S
from tests.pi.machine import Machine, light, same_screen, wait_until
from tests.pi.test_wall import CHANGE_S, RESTART_S, start

SOON_S = 120.0
"""Longest wait for a change that the kiosk finds by looking from time to time, in seconds."""
LATER_S = 300.0
"""Longest wait if the kiosk has to draw figures as well, in seconds."""
CACHE = "/var/cache/kiosk"
PICTURES = f"find {CACHE} -name '*.picture'"
SETTINGS = "/etc/kiosk/kiosk.yaml"
MUTE = "No sound"


def crash_lines(pi: Machine, mark: str) -> list[str]:
    """Return the journal's lines since the mark that say that the kiosk has crashed or was killed."""
    signs = ("Traceback", "Main process exited", "watchdog", "dumped core")
    said = pi.run(f"journalctl -q -o cat -u kiosk --after-cursor='{mark}'", check=False)
    return [line for line in said.splitlines() if any(sign in line for sign in signs)]


def train(pi: Machine) -> None:
    """Start the circuit, wait for its first exercise, and stop the circuit."""
    mark = start(pi)
    pi.wait_for("work, Glute bridge", mark)
    pi.press(held_s=2.5)
    pi.wait_for("start screen", mark)


class TestLoudspeakers:
    def test_a_sound_card_that_comes_later_is_used_without_a_restart(self, pi: Machine) -> None:
        assert pi.run("ls /dev/snd/pcm*", check=False).startswith("ls: cannot access")
        pi.run(f"sed -i 's/kind: active/kind: none/' {SETTINGS}")
        wait_until(lambda: MUTE in pi.service("StatusText"), SOON_S)
        mark = pi.mark()
        pi.run("modprobe snd-aloop")
        pi.wait_for("the loudspeakers are open", mark, SOON_S)
        status = "/proc/asound/card0/pcm0p/sub0/status"
        wait_until(lambda: "RUNNING" in pi.run(f"cat {status}", check=False), SOON_S)
        wait_until(lambda: MUTE not in pi.service("StatusText"), SOON_S)
        train(pi)
        assert crash_lines(pi, mark) == []


class TestDevices:
    def test_the_unit_may_use_cec_whose_driver_comes_later(self, pi: Machine) -> None:
        major = pi.run("modprobe cec; awk '$2 == \"cec\" { print $1 }' /proc/devices").strip()
        pi.run(f"mknod /dev/later c {major} 255")
        group = "/sys/fs/cgroup/system.slice/kiosk.service/cgroup.procs"
        said = pi.run(f"(echo $BASHPID > {group}; head -c 1 /dev/later)", check=False)
        assert "No such device or address" in said


class TestTimeZone:
    def test_the_opening_hours_follow_a_new_one(self, pi: Machine) -> None:
        # 12:00 UTC is 17:30 in Kolkata.
        pi.run("date -s 12:00; mkdir -p /run/systemd/timesync; touch /run/systemd/timesync/synchronized")
        pi.run("ln -sf ../usr/share/zoneinfo/Etc/UTC /etc/localtime; systemctl restart kiosk")
        mark = pi.mark()
        pi.run(f"sed -i 's/sleep_after: .*/sleep_after: 30/; s/open: always/open: 17:00-18:00/' {SETTINGS}")
        pi.wait_for("the television is sent to sleep", mark)
        wait_until(lambda: light(pi.picture()) == 0, CHANGE_S)
        pi.run("ln -sf ../usr/share/zoneinfo/Asia/Kolkata /etc/localtime")
        pi.wait_for("the television is woken", mark, SOON_S)
        assert crash_lines(pi, mark) == []


class TestFullDisk:
    def test_the_circuit_goes_on_and_figures_are_drawn_once_there_is_room(self, pi: Machine) -> None:
        pi.run("systemctl stop kiosk")
        pi.run(f"mount -t tmpfs -o size=32m,mode=700,uid=$(id -u kiosk),gid=$(id -g kiosk) tmpfs {CACHE}")
        pi.run(f"head -c 64M /dev/zero > {CACHE}/full", check=False)
        mark = pi.mark()
        pi.run("systemctl start kiosk")
        pi.wait_for("button: GPIO17", mark, PICTURE_S)
        train(pi)
        assert crash_lines(pi, mark) == []
        pi.run(f"rm {CACHE}/full")
        wait_until(lambda: pi.run(PICTURES), LATER_S, 2)
        assert crash_lines(pi, mark) == []


class TestDamagedCache:
    @pytest.mark.parametrize(
        "spoil",
        ['rm "$file"; mkdir "$file"; touch "$file/x"', 'truncate -s 40 "$file"; chattr +i "$file"'],
        ids=["a folder in its place", "a file that cannot be deleted"],
    )
    def test_pictures_that_cannot_be_replaced_end_nothing(self, pi: Machine, spoil: str) -> None:
        pi.run(f"systemctl stop kiosk; {PICTURES} | while read -r file; do {spoil}; done")
        assert pi.run(PICTURES)
        mark = pi.mark()
        pi.run("systemctl start kiosk")
        pi.wait_for("button: GPIO17", mark, PICTURE_S)
        train(pi)
        assert crash_lines(pi, mark) == []


class TestConfigFolder:
    def test_folders_that_come_and_go_in_it_end_nothing(self, pi: Machine) -> None:
        mark = pi.mark()
        # One process does all this because an emulated Pi starts programs slowly. The old fault appeared within 6 s.
        churn = "import os, time; end = time.time() + 20\nwhile time.time() < end: os.mkdir('tmp'); os.rmdir('tmp')"
        pi.run(f'mkdir /etc/kiosk/.git && cd /etc/kiosk/.git && python3 -c "{churn}"')
        train(pi)
        assert crash_lines(pi, mark) == []


class TestUnreadableConfig:
    def test_the_error_goes_away_when_the_file_may_be_read_again(self, pi: Machine) -> None:
        idle, mark = pi.picture(), pi.mark()
        pi.run(f"chmod 000 {SETTINGS}; systemctl restart kiosk")
        pi.wait_for("the config cannot be used", mark, RESTART_S)
        wait_until(lambda: light(shown := pi.picture()) > 0.02 and not same_screen(idle, shown), PICTURE_S)
        mark = pi.mark()
        pi.run(f"chmod a+r {SETTINGS}")
        wait_until(lambda: same_screen(idle, pi.picture()), SOON_S)
        assert crash_lines(pi, mark) == []
