"""What the package does when it is installed or upgraded, called by its postinst."""

from __future__ import annotations

from kiosk.setup.defaults import CONFIG, lay_out
from kiosk.setup.desktop import KIND, add_autostart
from kiosk.setup.record import Record


def main() -> None:
    """Lay the config, and let desktops that start the kiosk start this version."""
    print("\n".join([*lay_out(), f"Config: {CONFIG}"]))
    record = Record()
    for user in record.values(KIND):
        try:
            add_autostart(record, user)
        except (OSError, KeyError):
            print(f"Desktop: {user} has to type once: sudo kiosk setup --desktop")


if __name__ == "__main__":
    main()
