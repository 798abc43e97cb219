"""Reads the settings in kiosk.yaml. Every key is optional; the defaults are in the classes below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

import yaml

from kiosk.config.hours import ALWAYS, Span, hours
from kiosk.config.keys import Keys
from kiosk.config.problem import ContentError, problem_at, quoted, suggestion, warn, wrong
from kiosk.config.values import (
    MOST_TEXTS,
    Read,
    choice,
    duration,
    integer,
    items,
    known_name,
    line_of,
    or_word,
    truth,
)
from kiosk.errors import Problem


class BuzzerKind(StrEnum):
    ACTIVE = "active"
    """A buzzer that makes its only tone by itself while it has power."""
    PASSIVE = "passive"
    """A buzzer that is driven like a loudspeaker, so it has many tones."""
    NONE = "none"


class PinFactory(StrEnum):
    LGPIO = "lgpio"
    RPIGPIO = "rpigpio"
    """RPi.GPIO's API, which rpi-lgpio provides on today's kernels."""


class Speakers(StrEnum):
    AUTO = "auto"
    OFF = "off"


class Usb(StrEnum):
    ON = "on"
    """Workouts are taken from a USB stick."""
    OFF = "off"


class Page(StrEnum):
    ON = "on"
    """The wall offers a page on which workouts are changed with a phone."""
    OFF = "off"


class ButtonSettings(NamedTuple):
    """Settings of the button and of two optional buttons, which are wired and debounced alike. Pins are BCM numbers.

    A pin's level must be stable for `debounce_s` to count, so this is also a delay. A press that lasts `hold_s` is a
    hold. With `active_low`, the button connects the pin to ground, and the Pi's own resistor pulls the pin up.
    """

    pin: int = 17
    skip_pin: int | None = None
    back_pin: int | None = None
    active_low: bool = True
    debounce_s: float = 0.02
    hold_s: float = 2.0


class BuzzerSettings(NamedTuple):
    """Settings of the buzzer. With `active_high`, the buzzer is on while its pin is at 3.3 V. Kind NONE uses no pin."""

    pin: int = 27
    kind: BuzzerKind = BuzzerKind.ACTIVE
    active_high: bool = True


class ScreenSettings(NamedTuple):
    """Settings of the picture.

    `size` is the television's resolution in pixels, None for its own. The picture is turned clockwise by `rotate`
    degrees. The screen dims after `dim_after_s` idle, 0 for never.
    """

    size: tuple[int, int] | None = None
    dim_after_s: float = 300.0
    rotate: int = 0


class TelevisionSettings(NamedTuple):
    """Settings of the television, which sleeps after `sleep_after_s` idle (0 for never) and outside opening `hours`."""

    sleep_after_s: float = 3600.0
    hours: tuple[Span, ...] = ALWAYS


class Settings(NamedTuple):
    """All settings. `circuit` is the circuit shown first on the start screen, None for the first by file name.

    `order` are the file names of the circuits that come first in the list of circuits. A paused circuit ends after
    `pause_limit_s` without a press; 0 means never.
    """

    circuit: str | None = None
    order: tuple[str, ...] = ()
    pause_limit_s: float = 900.0
    button: ButtonSettings = ButtonSettings()
    buzzer: BuzzerSettings = BuzzerSettings()
    pin_factory: PinFactory = PinFactory.LGPIO
    screen: ScreenSettings = ScreenSettings()
    television: TelevisionSettings = TelevisionSettings()
    speakers: Speakers = Speakers.AUTO
    usb: Usb = Usb.ON
    page: Page = Page.ON


DEFAULT = Settings()

SMALLEST = (320, 240)
"""Minimum screen size, in pixels."""
ROTATIONS = (0, 90, 180, 270)
"""Angles by which the picture can be turned, in degrees."""
DIM_AFTER_LEAST_S = 10.0
"""Minimum idle time until the screen dims. A press that wakes the screen does no more, so a second press needs time."""
SLEEP_AFTER_LEAST_S = 30.0
"""Minimum idle time until the television sleeps. A second press needs time, and some televisions take 15 s to wake."""
PAUSE_LEAST_S = 120.0
"""Minimum duration of a pause before the circuit ends. The last minute of a pause is announced."""
LOWEST_PIN, HIGHEST_PIN = 2, 27
PULLED_UP_PINS = (2, 3)
"""Pins that have resistors to 3.3 V on the board."""

_PINS = (
    # Group, key and default of each pin setting. No two settings may name the same pin.
    ("button", "pin", DEFAULT.button.pin),
    ("button", "skip_pin", DEFAULT.button.skip_pin),
    ("button", "back_pin", DEFAULT.button.back_pin),
    ("buzzer", "pin", DEFAULT.buzzer.pin),
)


def settings(node: yaml.Node, circuits: Collection[str]) -> Settings:
    """Return the settings from the root of kiosk.yaml. `circuits` are the circuits' file names. Raises ContentError."""
    keys = Keys(node)
    got = Settings(
        circuit=keys.optional("circuit", known_name(circuits, "circuit"), DEFAULT.circuit),
        order=keys.optional("order", _order(circuits), DEFAULT.order),
        pause_limit_s=keys.optional(
            "pause_limit", duration(PAUSE_LEAST_S, 12 * 3600, never=True), DEFAULT.pause_limit_s
        ),
        button=keys.optional("button", _button, DEFAULT.button),
        buzzer=keys.optional("buzzer", _buzzer, DEFAULT.buzzer),
        pin_factory=keys.optional("pin_factory", choice(PinFactory), DEFAULT.pin_factory),
        screen=keys.optional("screen", _screen, DEFAULT.screen),
        television=keys.optional("television", _television, DEFAULT.television),
        speakers=keys.optional("speakers", choice(Speakers), DEFAULT.speakers),
        usb=keys.optional("usb", choice(Usb), DEFAULT.usb),
        page=keys.optional("page", choice(Page), DEFAULT.page),
    )
    for problem in _shared_pins(keys):
        keys.add(problem)
    keys.close()
    return got


def _order(circuits: Collection[str]) -> Read[tuple[str, ...]]:
    """Return a reader of the circuits' order. An unknown name is only a warning: its circuit may be taken away."""

    def read(node: yaml.Node) -> tuple[str, ...]:
        names = items(line_of, 0, MOST_TEXTS)(node)
        assert isinstance(node, yaml.SequenceNode)
        problems: list[Problem] = []
        for place, (name, item) in enumerate(zip(names, node.value, strict=True)):
            if name in names[:place]:
                problems.append(problem_at(item, f"{quoted(name)} is there twice", "remove one"))
            elif name not in circuits:
                warn(item, f"there is no circuit {quoted(name)}", suggestion(name, circuits) if circuits else "")
        if problems:
            raise ContentError(*problems)
        return names

    return read


def _button(node: yaml.Node) -> ButtonSettings:
    keys, default = Keys(node), DEFAULT.button
    got = ButtonSettings(
        pin=keys.optional("pin", gpio, default.pin),
        skip_pin=keys.optional("skip_pin", or_word("none", gpio), default.skip_pin),
        back_pin=keys.optional("back_pin", or_word("none", gpio), default.back_pin),
        active_low=keys.optional("active_low", truth, default.active_low),
        debounce_s=keys.optional("debounce", duration(0, 0.2), default.debounce_s),
        hold_s=keys.optional("hold", duration(0.5, 10), default.hold_s),
    )
    for key, pin in (("pin", got.pin), ("skip_pin", got.skip_pin), ("back_pin", got.back_pin)):
        if pin in PULLED_UP_PINS and not got.active_low:
            right = "choose another pin, or wire to ground and set active_low: true"
            keys.complain(key, f"GPIO {pin} always pulls up", right)
    keys.close()
    return got


def _buzzer(node: yaml.Node) -> BuzzerSettings:
    keys, default = Keys(node), DEFAULT.buzzer
    got = BuzzerSettings(
        pin=keys.optional("pin", gpio, default.pin),
        kind=keys.optional("kind", choice(BuzzerKind), default.kind),
        active_high=keys.optional("active_high", truth, default.active_high),
    )
    keys.close()
    return got


def _screen(node: yaml.Node) -> ScreenSettings:
    keys, default = Keys(node), DEFAULT.screen
    got = ScreenSettings(
        size=keys.optional("size", or_word("auto", _size), default.size),
        rotate=keys.optional("rotate", _rotate, default.rotate),
        dim_after_s=keys.optional("dim_after", duration(DIM_AFTER_LEAST_S, 3600, never=True), default.dim_after_s),
    )
    keys.close()
    return got


def _television(node: yaml.Node) -> TelevisionSettings:
    keys, default = Keys(node), DEFAULT.television
    got = TelevisionSettings(
        sleep_after_s=keys.optional(
            "sleep_after", duration(SLEEP_AFTER_LEAST_S, 12 * 3600, never=True), default.sleep_after_s
        ),
        hours=keys.optional("open", hours, default.hours),
    )
    keys.close()
    return got


def gpio(node: yaml.Node) -> int:
    """Return the BCM number of a GPIO pin on the header."""
    should = f"write a GPIO (BCM) number from {LOWEST_PIN} to {HIGHEST_PIN}, not the position on the header"
    if isinstance(node, yaml.ScalarNode) and (named := re.fullmatch(r"(?i)(?:GPIO|BCM)[ _]?([0-9]{1,2})", node.value)):
        raise wrong(node, f"{quoted(node.value)}: a pin is a number", f"write {int(named[1])}")
    pin = integer(node, "a GPIO number", should)
    if pin in (0, 1):
        raise wrong(node, f"GPIO {pin} is reserved for the memory of add-on boards", should)
    if not LOWEST_PIN <= pin <= HIGHEST_PIN:
        raise wrong(node, f"there is no GPIO {pin} on the header", should)
    return pin


def _size(node: yaml.Node) -> tuple[int, int]:
    raw = node.value if isinstance(node, yaml.ScalarNode) else ""
    found = re.fullmatch(r"([0-9]{1,4}) ?[xX×] ?([0-9]{1,4})", raw)
    if not found:
        raise wrong(node, "a size is expected here", "write auto, or width x height in pixels such as 1920x1080")
    width, height = int(found[1]), int(found[2])
    if width < SMALLEST[0] or height < SMALLEST[1]:
        right = f"write at least {SMALLEST[0]}x{SMALLEST[1]}, or auto"
        raise wrong(node, f"{quoted(raw)} is too small to read", right)
    return width, height


def _rotate(node: yaml.Node) -> int:
    should = "write 0, 90, 180 or 270: degrees clockwise"
    degrees = integer(node, "an angle", should)
    if degrees not in ROTATIONS:
        right = f"write {degrees % 360}" if degrees % 360 in ROTATIONS else should
        raise wrong(node, f"the picture cannot be turned by {degrees} degrees", right)
    return degrees


def only_rotation(node: yaml.Node) -> Settings:
    """Return the defaults, with the rotation in the root of kiosk.yaml. Its other mistakes are ignored."""
    rotate = _child(Keys(node).node("screen"), "rotate")
    return DEFAULT if rotate is None else Settings(screen=ScreenSettings(rotate=_rotate(rotate)))


def _shared_pins(keys: Keys) -> Iterator[Problem]:
    """Yield a problem for each pin that is used twice. The nodes are read, so that no other problem hides this one."""
    buzzer_kind = _child(keys.node("buzzer"), "kind")
    users: dict[int, tuple[str, yaml.Node | None]] = {}
    for group, key, default in _PINS:
        node = _child(keys.node(group), key)
        pin = default if node is None else _gpio_or_none(node)
        if pin is None or (group == "buzzer" and buzzer_kind is not None and buzzer_kind.value == BuzzerKind.NONE):
            continue
        name = f"{group}.{key}"
        if pin not in users:
            users[pin] = name, node
            continue
        other, other_node = users[pin]
        if node is None:
            # The later setting is a default and has no line in the file, so the earlier setting must change.
            name, other, node = other, f"{name} (its default)", other_node
        elif other_node is None:
            other = f"{other} (its default)"
        if node is not None:
            yield problem_at(node, f"GPIO {pin} is also the pin of {other}", "give each a pin of its own", name)


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    return None


def _gpio_or_none(node: yaml.Node) -> int | None:
    try:
        return gpio(node)
    except ContentError:
        return None
