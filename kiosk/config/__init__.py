"""Reads the config folder into the core's dataclasses. Every error has its line and column."""

from kiosk.config.figures import shipped_figures
from kiosk.config.folder import locate, shipped
from kiosk.config.library import Library, check, load, rotation, survey
from kiosk.config.settings import (
    ButtonSettings,
    BuzzerKind,
    BuzzerSettings,
    Page,
    PinFactory,
    ScreenSettings,
    Settings,
    Speakers,
    TelevisionSettings,
    Usb,
)

__all__ = [
    "ButtonSettings",
    "BuzzerKind",
    "BuzzerSettings",
    "Library",
    "Page",
    "PinFactory",
    "ScreenSettings",
    "Settings",
    "Speakers",
    "TelevisionSettings",
    "Usb",
    "check",
    "load",
    "locate",
    "rotation",
    "shipped",
    "shipped_figures",
    "survey",
]
