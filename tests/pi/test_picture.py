"""The kiosk's check of whether its picture arrives on the television, compared with the screen that QEMU sees."""

from __future__ import annotations

import time

from tests.pi.machine import Machine, light, wait_until
from tests.pi.test_wall import CHANGE_S, RESTART_S, start

SHOWN = "display: the picture is on the screen"
MISSING = "display: the picture does not arrive on the screen"
BADGE = "No picture on the screen"
LIBRARIES = "/usr/lib/aarch64-linux-gnu"
DROP_IN = "/etc/systemd/system/kiosk.service.d/renderer.conf"
DESKTOP_GL = "[Service]\nEnvironment=SDL_FRAMEBUFFER_ACCELERATION=opengl\n"
"""A drop-in that selects SDL's default renderer. Without its libraries, SDL draws nothing and reports no error."""
CONNECTOR = "/sys/class/drm/card0-Virtual-1/status"
LOOKED_S = 6
"""Wait after which the kiosk would have looked for the picture, even on a slow machine, in seconds."""


class TestBlackScreen:
    def test_a_renderer_that_draws_nothing_is_said_and_the_picture_comes_when_it_is_mended(self, pi: Machine) -> None:
        pi.wait_for(SHOWN)
        pi.run(f"mkdir /root/away; mv {LIBRARIES}/libGL.so.1* {LIBRARIES}/libOpenGL.so.0* /root/away")
        pi.write(DROP_IN, DESKTOP_GL)
        mark = pi.mark()
        pi.run("systemctl daemon-reload; systemctl restart kiosk")
        assert "sudo apt install" in pi.wait_for(MISSING, mark, RESTART_S)
        # While a circuit runs, the kiosk does not reopen the window.
        start(pi)
        wait_until(lambda: light(pi.picture()) == 0, CHANGE_S)
        assert pi.service("StatusText").endswith(BADGE)
        pi.run(f"mv /root/away/* {LIBRARIES}")
        wait_until(lambda: MISSING.removeprefix("display: ") in pi.run("kiosk doctor --self-test", check=False), 60)
        mark = pi.mark()
        pi.press(held_s=2.5)
        pi.wait_for("reopening the window", mark)
        pi.wait_for(SHOWN, mark)
        wait_until(lambda: light(pi.picture()) > 0.02, CHANGE_S)
        # The badge disappears when the next check, a second later, finds the picture on the screen.
        wait_until(lambda: BADGE not in pi.service("StatusText"), CHANGE_S)


class TestDarkWall:
    def test_a_wall_that_is_dark_on_purpose_is_looked_at_when_it_wakes(self, pi: Machine) -> None:
        mark = pi.mark()
        pi.run("sed -i 's/sleep_after: .*/sleep_after: 30/' /etc/kiosk/kiosk.yaml")
        pi.wait_for("the television is sent to sleep", mark)
        pi.run(f"echo off > {CONNECTOR}")
        pi.wait_for("the television is unplugged", mark)
        mark = pi.mark()
        pi.run(f"echo on > {CONNECTOR}")
        pi.wait_for("display: KMSDRM", mark)
        time.sleep(LOOKED_S)
        assert light(pi.picture()) == 0
        assert not any("the picture" in line for line in pi.lines(mark))
        pi.press()
        pi.wait_for(SHOWN, mark)
        assert light(pi.picture()) > 0.02
