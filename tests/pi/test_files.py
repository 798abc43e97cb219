"""What staff, the system and a bad card do to files while the kiosk runs on the installed machine."""

from __future__ import annotations

from pathlib import Path

from tests.pi.machine import Machine, same_screen, wait_until

TOKYO = Path("/usr/share/zoneinfo/Asia/Tokyo")
RESTART_S = 90.0


def restarted(pi: Machine, meanwhile: str) -> str:
    """Stop the kiosk, do something, start it again; return the mark of that."""
    pi.run("systemctl stop kiosk")
    mark = pi.mark()
    pi.run(f"{meanwhile}; systemctl start kiosk")
    pi.wait_for("button: GPIO17", mark, RESTART_S)
    return mark


def train(pi: Machine, mark: str) -> None:
    """Start a circuit and see it come to its first exercise, with the kiosk that was started at the mark."""
    pi.press()
    pi.wait_for("started: Short circuit", mark)
    pi.wait_for("work, Glute bridge", mark)
    assert pi.service("NRestarts") == "0"


class TestTimeZone:
    def test_a_new_one_is_followed(self, pi: Machine) -> None:
        mark = pi.mark()
        pi.run("cat > /etc/zone && ln -snf /etc/zone /etc/localtime", given=TOKYO.read_bytes())
        pi.wait_for("time zone: JST, UTC+0900", mark)


class TestConfig:
    def test_a_file_that_may_be_read_again_is_taken_over(self, pi: Machine) -> None:
        idle, mark = pi.picture(), pi.mark()
        pi.run("chmod 600 /etc/kiosk/circuits/short.yaml")
        pi.wait_for("reading is not permitted", mark)
        wait_until(lambda: not same_screen(idle, pi.picture()), 15)
        pi.run("chmod 644 /etc/kiosk/circuits/short.yaml")
        wait_until(lambda: same_screen(idle, pi.picture()), 15)

    def test_folders_that_come_and_go_do_not_end_it(self, pi: Machine) -> None:
        mark = pi.mark()
        pi.run(
            "mkdir /etc/kiosk/.git; for i in $(seq 3000); do mkdir /etc/kiosk/.git/$i; rmdir /etc/kiosk/.git/$i; done"
        )
        train(pi, mark)


class TestFigures:
    def test_a_full_disk_costs_a_line(self, pi: Machine) -> None:
        mark = restarted(pi, "rm -rf /var/cache/kiosk/*; mount -t tmpfs -o size=16k none /var/cache/kiosk")
        pi.wait_for("figures are drawn into /run/kiosk/", mark, RESTART_S)
        train(pi, mark)
        assert not any("Traceback" in line for line in pi.lines(mark))

    def test_folders_in_place_of_the_pictures_cost_a_line_each(self, pi: Machine) -> None:
        spoil = 'for file in /var/cache/kiosk/figure-*/*/*; do rm "$file"; mkdir "$file"; done'
        mark = restarted(pi, spoil)
        pi.wait_for("dropping /var/cache/kiosk/figure-", mark, RESTART_S)
        train(pi, mark)
