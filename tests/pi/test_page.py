"""The page on the running wall: opened with the button, used from outside by its address and number, and closed."""

from __future__ import annotations

import json
import re

import pytest

from kiosk.editor import status
from kiosk.wiring.phone import OPEN
from tests.pi.machine import Machine, same_screen, wait_until
from tests.pi.page import Browser

HELD_S = 2.6
SOON_S = 240.0
"""Longest wait for what becomes of the page, in seconds. A busy host needs a minute to start Python in the machine."""
UNITS = ("kiosk-editor.service", "kiosk-editor.socket")
CIRCUIT = "short"
LISTENS = re.compile(":0050 0+:0000 0A")
"""A line of the kernel's table about a socket that listens at port 80. Connections that have ended stay for a while."""
OFFLINE = """\
link=$(ls /sys/class/net | grep -vx lo)
networkctl down $link; sleep 2
kiosk hold; kiosk back; kiosk hold
for look in {1..120}; do kiosk now | grep -q 'cannot be opened' && break; sleep 1; done
kiosk now
networkctl up $link; sleep 2; echo ready
"""


@pytest.fixture
def wall(pi: Machine) -> Machine:
    """Return the shared machine at its start screen, with so few circuits that the list is short."""
    mark = pi.mark()
    pi.run("cd /etc/kiosk/circuits && ls | grep -vx short.yaml | xargs rm")
    pi.wait_for("config reloaded", mark)
    return pi


def choose(wall: Machine) -> None:
    """Choose the last entry of the list of circuits, of which there is one, with the button."""
    mark = wall.mark()
    wall.press(held_s=HELD_S)
    wall.wait_for("choosing a circuit", mark)
    wall.press()
    wall.press(held_s=HELD_S)
    wall.wait_for("phone screen", mark)


def told(wall: Machine) -> dict[str, str]:
    """Return what the page's process tells the wall, nothing as long as it says nothing."""
    said: dict[str, str] = json.loads(wall.run(f"cat {status.STATUS} 2>/dev/null || echo '{{}}'"))
    return said


def opened(wall: Machine) -> Browser:
    """Open the page with the button. Return a browser outside of the machine that has come in with the number."""
    mark = wall.mark()
    choose(wall)
    wait_until(lambda: told(wall).get("state") == "open", SOON_S)
    wall.wait_for("page: open, http://", mark)
    said = told(wall)
    browser = Browser(said["address"], wall.page_port)
    browser.come_in(said["pin"])
    return browser


def running(wall: Machine) -> tuple[str, ...]:
    """Return the units of the page that run, and its processes."""
    units = wall.run(f"systemctl list-units --no-legend --plain --state=active {' '.join(UNITS)}").split("\n")
    return *(line.split()[0] for line in units if line), *wall.run("pgrep -u kiosk-editor", check=False).split()


def shut(wall: Machine) -> None:
    """Wait until nothing of the page is left, and nobody answers any more."""
    wait_until(lambda: running(wall) == (), SOON_S)
    assert not Browser("http://10.0.2.15", wall.page_port).is_answered()
    assert not LISTENS.search(wall.run("cat /proc/net/tcp /proc/net/tcp6"))
    assert wall.run("ls /run/kiosk-editor /run/kiosk/page 2>&1", check=False).count("No such file") == 2


class TestPage:
    def test_from_the_button_to_a_changed_circuit_on_the_wall_and_shut_again(self, wall: Machine) -> None:
        shut(wall)
        idle, mark = wall.picture(), wall.mark()
        browser = opened(wall)
        wait_until(lambda: wall.run("kiosk now").rstrip().endswith(OPEN), SOON_S)
        wait_until(lambda: same_screen(idle, wall.picture()), SOON_S)
        drawn = browser.rename(CIRCUIT, "Changed by a phone")
        assert drawn.startswith(b"\x89PNG")
        wait_until(lambda: "Changed by a phone" in wall.run("kiosk now"), SOON_S)
        assert wall.run(f"stat -c %U /etc/kiosk/circuits/{CIRCUIT}.yaml").strip() == "kiosk-editor"
        choose(wall)
        assert told(wall)["pin"] in wall.run("kiosk now")
        wall.press()
        wall.wait_for("page: to be closed", mark)
        shut(wall)
        assert wall.service("NRestarts") == "0"
        assert told(wall) == {}

    def test_a_press_closes_it_before_anybody_has_come_in(self, wall: Machine) -> None:
        choose(wall)
        wait_until(lambda: told(wall).get("state") == "open", SOON_S)
        assert Browser("http://10.0.2.15", wall.page_port).is_answered()
        wall.press()
        shut(wall)

    def test_a_wall_that_is_killed_takes_the_page_with_it(self, wall: Machine) -> None:
        opened(wall)
        mark = wall.mark()
        wall.run("systemctl kill -s KILL kiosk.service")
        wall.wait_for("display: the picture is on the screen", mark, SOON_S)
        shut(wall)

    def test_without_a_network_the_wall_says_so(self, wall: Machine) -> None:
        # Nobody can look from outside meanwhile.
        wall.write("/run/offline.sh", OFFLINE)
        wall.run("systemd-run --quiet --collect bash -c 'bash /run/offline.sh > /run/offline.log 2>&1'")
        wall.hang_up()
        wait_until(lambda: "ready" in wall.run("cat /run/offline.log", check=False), SOON_S)
        said = wall.run("cat /run/offline.log")
        assert "the page cannot be opened. This machine is in no network." in said
        assert not wall.run("ls /run/kiosk").split().count("page")
