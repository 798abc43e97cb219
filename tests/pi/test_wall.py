"""The installed kiosk in a gym's daily use: power on, press the button, train, be interrupted."""

from __future__ import annotations

import json
import time
from itertools import pairwise

from tests.pi.conftest import PICTURE_S, NewMachine
from tests.pi.machine import Machine, difference, light, same_screen, wait_until

CHANGE_S = 10.0
"""Longest wait for the picture to change, in seconds. An emulated Pi draws three frames a second."""
RESTART_S = 90.0
EARLY_S, LATE_S = 0.02, 0.4
"""How early and how late a sound may be, in seconds. The shell notes the press before it pulls the pin's line, so
sounds seem late; 0.1 s was measured."""


def start(pi: Machine) -> str:
    mark = pi.mark()
    pi.press()
    pi.wait_for("started: Short circuit", mark)
    return mark


class TestStartScreen:
    def test_a_cold_boot_comes_to_the_start_screen_by_itself(self, booted: Machine) -> None:
        booted.load("start")
        assert light(booted.picture()) > 0.02
        assert booted.service("ActiveState") == "active"
        assert booted.service("NRestarts") == "0"
        assert booted.service("StatusText").startswith("start screen, Short circuit")
        booted.wait_for("display: the picture is on the screen")
        lines = "\n".join(booted.lines())
        assert "board: Raspberry Pi 4 Model B" in lines
        assert "display: KMSDRM, 640 x 360" in lines
        assert "button: GPIO17" in lines
        assert "buzzer: active, GPIO27" in lines
        assert booted.run("systemctl is-active getty@tty1", check=False).strip() == "inactive"

    def test_the_doctor_finds_nothing_broken(self, pi: Machine) -> None:
        pi.wait_for("display: the picture is on the screen")
        said = pi.run("kiosk doctor --self-test")
        assert "FAILED" not in said
        assert "Raspberry Pi 4 Model B Rev 1.4" in said
        assert "the picture is on the screen" in said

    def test_the_keyboard_is_a_button_too_and_the_login_does_not_hear_it(self, pi: Machine) -> None:
        mark = pi.mark()
        pi.key("spc")
        pi.wait_for("started: Short circuit", mark)


class TestButton:
    def test_press_pause_resume_and_hold(self, pi: Machine) -> None:
        idle = pi.picture()
        mark = start(pi)
        wait_until(lambda: not same_screen(idle, pi.picture()), CHANGE_S)
        pi.wait_for("work, Glute bridge", mark)
        running = pi.picture()
        pi.press()
        pi.wait_for("paused at 0:", mark)
        wait_until(lambda: difference(running, pi.picture()) > 0.02, CHANGE_S)
        assert pi.service("StatusText").startswith("paused")
        pi.press()
        pi.wait_for("resuming from 0:", mark)
        pi.wait_for("resumed at 0:", mark)
        pi.press(held_s=2.5)
        pi.wait_for("start screen", mark)
        wait_until(lambda: same_screen(idle, pi.picture()), CHANGE_S)
        assert pi.level() == 0

    def test_a_short_circuit_runs_to_its_finish_and_the_buzzer_says_each_change(self, pi: Machine) -> None:
        plan = pi.run("kiosk plan --json")
        with pi.waveform() as edges:
            mark = pi.mark()
            pressed_s = pi.press()
            pi.wait_for("finished: Short circuit", mark)
            time.sleep(3)
        ons_s = [at_s - pressed_s for at_s, level in edges if level]
        late_s = [min(on_s - due_s for on_s in ons_s if on_s > due_s - EARLY_S) for due_s in _changes_s(plan)]
        assert max(late_s) < LATE_S, late_s
        assert edges[-1][1] == 0
        assert all(before[1] != after[1] for before, after in pairwise(edges))


class TestRemote:
    def test_the_service_s_group_may_use_it_and_nobody_else(self, pi: Machine) -> None:
        idle, mark = pi.picture(), pi.mark()
        assert "Short circuit" in pi.run("runuser -u kiosk -- kiosk now")
        pi.run("runuser -u kiosk -- kiosk start")
        pi.wait_for("started: Short circuit", mark)
        refused = pi.run("runuser -u nobody -- kiosk pause 2>&1", check=False)
        assert 'only root and the group "kiosk" may use the wall\'s remote' in refused
        assert pi.run("kiosk pause").startswith("PAUSED")
        pi.wait_for("paused at 0:", mark)
        wait_until(lambda: not same_screen(idle, pi.picture()), CHANGE_S)
        assert "press to start" in pi.run("kiosk stop")
        wait_until(lambda: same_screen(idle, pi.picture()), CHANGE_S)

    def test_the_wall_opens_no_port_for_it(self, pi: Machine) -> None:
        assert "/run/kiosk/remote.sock" in pi.run("cat /proc/net/unix")
        ports = "/proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6"
        assert pi.run(f"awk -v user=$(id -u kiosk) '$8 == user' {ports}") == ""


class TestInterrupted:
    def test_after_kill_9_the_buzzer_is_off_and_the_circuit_can_be_resumed(self, pi: Machine) -> None:
        mark = start(pi)
        pi.wait_for("work, Glute bridge", mark)
        pi.run("systemctl kill --signal=KILL --kill-whom=main kiosk")
        pi.wait_for("the buzzer on GPIO27 is off", mark)
        pi.wait_for("interrupted: Short circuit can be resumed", mark, RESTART_S)
        assert pi.level() == 0
        pi.wait_for("button: GPIO17", mark, RESTART_S)
        _resume(pi, mark)

    def test_a_hung_loop_is_ended_by_the_watchdog(self, pi: Machine) -> None:
        mark = start(pi)
        pi.wait_for("work, Glute bridge", mark)
        pi.run("systemctl kill --signal=STOP --kill-whom=main kiosk")
        pi.wait_for("the buzzer on GPIO27 is off", mark, RESTART_S)
        pi.wait_for("interrupted: Short circuit can be resumed", mark, RESTART_S)
        assert pi.level() == 0
        assert "watchdog" in pi.run("journalctl -q -b -u kiosk -o cat | grep -i watchdog", check=False).lower()

    def test_after_a_power_cut_the_wall_offers_to_resume(self, new_machine: NewMachine) -> None:
        pi = new_machine()
        _boot(pi)
        idle = pi.picture()
        mark = start(pi)
        pi.wait_for("work, Glute bridge", mark)
        # Wait until the checkpoint has been written to the card, which may take a second or two.
        time.sleep(3)
        pi.cut_power()
        pi.power_on()
        pi.wait_for("interrupted: Short circuit can be resumed", timeout_s=PICTURE_S)
        pi.wait_for("button: GPIO17")
        wait_until(lambda: light(pi.picture()) > 0.02, PICTURE_S)
        assert not same_screen(idle, pi.picture())
        _resume(pi, None)
        # Holding the button discards the circuit, which is not offered again.
        pi.press(held_s=2.5)
        pi.wait_for("start screen")
        pi.run("sync; systemctl restart kiosk; test ! -e /var/lib/kiosk/checkpoint.json")


class TestEnds:
    def test_it_stops_within_two_seconds_with_the_buzzer_off(self, pi: Machine) -> None:
        start(pi)
        pi.run("systemctl stop kiosk")
        said = pi.run("journalctl -q -b -u kiosk -o short-monotonic")
        begun_s, ended_s = (_said_at_s(said, text) for text in ("Stopping kiosk.service", "ended (SIGTERM)"))
        assert ended_s - begun_s < 2
        assert "stop-sigterm' timed out" not in said
        assert pi.service("Result") == "success"
        assert pi.level() == 0


class TestConfig:
    def test_broken_it_is_said_on_the_wall_and_mended_it_is_taken_over(self, pi: Machine) -> None:
        idle, mark = pi.picture(), pi.mark()
        pi.run("sed -i 's/^circuit: .*/circuit: shrot/' /etc/kiosk/kiosk.yaml")
        # The log may be later than the wall because another thread writes the log.
        pi.wait_for('did you mean "short"', mark)
        wait_until(lambda: not same_screen(idle, pi.picture()), 15)
        pi.run("sed -i 's/^circuit: .*/circuit: short/' /etc/kiosk/kiosk.yaml")
        wait_until(lambda: same_screen(idle, pi.picture()), 15)


class TestTelevision:
    def test_plugged_in_after_the_start_it_shows_the_wall(self, new_machine: NewMachine) -> None:
        pi = new_machine(options="video=Virtual-1:d")
        pi.power_on()
        pi.wait_for("button: GPIO17", timeout_s=PICTURE_S)
        assert pi.service("ActiveState") == "active"
        mark = start(pi)
        pi.run("echo on > /sys/class/drm/card0-Virtual-1/status")
        pi.wait_for("display: KMSDRM", mark, 30)
        wait_until(lambda: light(pi.picture()) > 0.02, CHANGE_S)

    def test_unplugged_the_circuit_goes_on_and_plugged_in_again_it_is_shown(self, pi: Machine) -> None:
        mark = start(pi)
        pi.run("echo off > /sys/class/drm/card0-Virtual-1/status")
        pi.wait_for("the television is unplugged", mark)
        pi.wait_for("work, Glute bridge", mark)
        second = pi.mark()
        pi.run("echo on > /sys/class/drm/card0-Virtual-1/status")
        pi.wait_for("display: KMSDRM", second, 30)
        wait_until(lambda: light(pi.picture()) > 0.02, CHANGE_S)
        assert pi.service("NRestarts") == "0"


class TestSleep:
    def test_the_picture_turns_black_and_the_press_that_wakes_it_starts_nothing(self, pi: Machine) -> None:
        mark = pi.mark()
        pi.run("sed -i 's/sleep_after: .*/sleep_after: 30/' /etc/kiosk/kiosk.yaml")
        pi.wait_for("the television is sent to sleep", mark)
        wait_until(lambda: light(pi.picture()) == 0, CHANGE_S)
        pi.press()
        pi.wait_for("the television is woken", mark)
        wait_until(lambda: light(pi.picture()) > 0.02, CHANGE_S)
        assert not any("started" in line for line in pi.lines(mark))


class TestPins:
    def test_a_pin_that_is_busy_is_said_and_taken_when_it_is_free(self, pi: Machine) -> None:
        hold = "import lgpio, time; lgpio.gpio_claim_input(lgpio.gpiochip_open(0), 17); time.sleep(600)"
        pi.run("systemctl stop kiosk")
        pi.run(f"cd /run; nohup python3 -c '{hold}' >/dev/null 2>&1 & echo $! > /run/holder; sleep 3")
        mark = pi.mark()
        pi.run("systemctl start kiosk")
        pi.wait_for("no button", mark)
        key = pi.mark()
        pi.key("spc")
        pi.wait_for("started: Short circuit", key)
        pi.run("kill $(cat /run/holder)")
        pi.wait_for("button: GPIO17", mark)

    def test_a_pi_5_is_one_too(self, new_machine: NewMachine) -> None:
        pi = new_machine(model="Raspberry Pi 5 Model B Rev 1.1")
        _boot(pi)
        start(pi)
        assert "board: Raspberry Pi 5 Model B Rev 1.1" in "\n".join(pi.lines())


class TestReadOnlyDisk:
    def test_everything_works_but_the_resume(self, new_machine: NewMachine) -> None:
        pi = new_machine(options="ro")
        _boot(pi)
        mark = start(pi)
        pi.wait_for("after a power cut the circuit will start from the beginning", mark)
        pi.wait_for("work, Glute bridge", mark)
        assert pi.service("NRestarts") == "0"

    def test_with_the_overlay_of_raspi_config(self, new_machine: NewMachine) -> None:
        pi = new_machine(options="overlay")
        _boot(pi)
        start(pi)
        assert pi.service("NRestarts") == "0"


class TestInstaller:
    def test_running_it_again_keeps_the_config_and_lays_a_new_default_beside_it(self, pi: Machine) -> None:
        pi.run("sed -i 's/hold: 2$/hold: 3/' /etc/kiosk/kiosk.yaml; rm /etc/kiosk/circuits/tabata.yaml")
        pi.run("cp -r /etc/kiosk /root/before; echo '# new' >> /root/kiosk/config/kiosk.yaml")
        pi.run("/root/kiosk/systemd/install.sh", timeout_s=300)
        said = pi.run("diff -r /root/before /etc/kiosk", check=False)
        assert said.split() == ["Only", "in", "/etc/kiosk:", "kiosk.yaml.new"]
        assert pi.run("tail -n 1 /etc/kiosk/kiosk.yaml.new").strip() == "# new"
        assert pi.service("ActiveState") == "active"

    def test_the_line_of_the_kernel_is_edited_once(self, pi: Machine) -> None:
        line = pi.run("cat /boot/firmware/cmdline.txt")
        assert line.endswith(" rootwait video=HDMI-A-1:1920x1080@60D\n")
        assert line.count("\n") == 1
        before = pi.run("cat /boot/firmware/cmdline.txt.before-kiosk")
        assert line == before.replace("\n", " video=HDMI-A-1:1920x1080@60D\n")

    def test_uninstalling_leaves_nothing(self, pi: Machine) -> None:
        pi.run("/root/kiosk/systemd/install.sh --uninstall")
        assert pi.run("ls -d /etc/kiosk /var/lib/kiosk").split() == ["/etc/kiosk", "/var/lib/kiosk"]
        pi.run("/root/kiosk/systemd/install.sh --uninstall --purge")
        left = pi.run("find / -xdev -iname '*kiosk*' -not -path '/root/*' -not -path '/proc/*' -not -path '/sys/*'")
        assert left == ""
        assert "kiosk" not in pi.run("cat /etc/passwd /etc/group /boot/firmware/cmdline.txt; systemctl list-units -a")
        assert pi.run("cat /boot/firmware/cmdline.txt").endswith(" rootwait\n")


def _boot(pi: Machine) -> None:
    pi.power_on()
    pi.wait_for("button: GPIO17", timeout_s=PICTURE_S)
    wait_until(lambda: light(pi.picture()) > 0.02, PICTURE_S)


def _resume(pi: Machine, mark: str | None) -> None:
    pi.press()
    pi.wait_for("resuming from 0:", mark)
    pi.wait_for("resumed at 0:", mark)


def _said_at_s(journal: str, text: str) -> float:
    """Return the time of the journal's last line with this text, in seconds since power-on."""
    line = next(line for line in reversed(journal.splitlines()) if text in line)
    return float(line[1:].split("]")[0])


def _changes_s(plan: str) -> list[float]:
    return [due["at_s"] for due in json.loads(plan)["cues"] if due["cue"] != "tick"]
