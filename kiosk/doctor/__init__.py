"""`kiosk doctor`: is everything there that the wall needs, and what to do about what is not."""

from kiosk.doctor.report import run

__all__ = ["run"]
