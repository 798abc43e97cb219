"""`kiosk doctor`: checks that the machine has everything the kiosk needs, and says what to do if not."""

from kiosk.doctor.report import run

__all__ = ["run"]
