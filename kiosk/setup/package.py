"""What the package does when it is installed or upgraded, called by its postinst."""

from __future__ import annotations

from kiosk import setup
from kiosk.setup.defaults import CONFIG, hand_over, lay_out
from kiosk.setup.desktop import KIND, add_autostart
from kiosk.setup.record import Record


def main() -> None:
    """Lay the config, give it to the page, and let desktops that start the kiosk start this version."""
    print("\n".join([*lay_out(), f"Config: {CONFIG}"]))
    hand_over()
    record = Record()
    users = record.values(KIND)
    if users:
        setup.leave_sticks_to_the_desktop()
    for user in users:
        try:
            add_autostart(record, user)
        except (OSError, KeyError):
            print(f"Desktop: {user} has to type once: sudo kiosk setup --desktop")


if __name__ == "__main__":
    main()
