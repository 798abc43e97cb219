"""The command `kiosk doctor`, which checks that the machine has all the kiosk needs, and says what to do if not."""

from kiosk.doctor.report import run

__all__ = ["run"]
