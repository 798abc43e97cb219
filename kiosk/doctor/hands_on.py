"""The checks that need a person at the wall, who listens to the buzzer and presses the button."""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.doctor.finding import Finding, failed, ok, warning
from kiosk.errors import PinError
from kiosk.plural import count_of
from kiosk.session import Command
from kiosk.timeline import Cue

if TYPE_CHECKING:
    from gpiozero.pins import Factory

SOUND_S = 1.5
"""Time to wait until the start signal has ended."""
PRESS_WITHIN_S = 15.0
SETTLES_S = 1.0
"""Time without an edge after which a press is over."""
AT_MOST_S = 10.0
"""Maximum time for the edges of a press. Edges that go on for longer are noise."""
EDGES_SHOWN = 20
BOUNCE_S = 0.05
"""Maximum interval between two edges of a bouncing contact. Nobody presses and releases that fast."""
BUSY = "Another program uses it, perhaps the kiosk itself: sudo systemctl stop kiosk, then run the doctor again"

ButtonEdge = tuple[Command, float]
"""An edge of the button: PRESS or RELEASE, and its time in seconds on the monotonic clock."""


def buzzer(factory: Factory, settings: config.BuzzerSettings, ask: Callable[[str], str]) -> Finding:
    """Play the start signal and ask whether it was heard."""
    from kiosk.hardware.buzzer import open_buzzer

    if settings.kind is config.BuzzerKind.NONE:
        return ok("buzzer", "none, by kiosk.yaml")
    name = f"{settings.kind.value}, GPIO{settings.pin}"
    try:
        player = open_buzzer(factory, settings.pin, settings.kind.value, active_high=settings.active_high)
    except PinError as error:
        return failed("buzzer", str(error), BUSY)
    try:
        player.sound(Cue.GO)
        time.sleep(SOUND_S)
    finally:
        player.close()
    try:
        heard = ask("Did the buzzer sound, and is it silent now? [y/n] ")
    except EOFError:
        return warning("buzzer", f"{name}: nobody said whether it was heard", "Run the doctor again in a terminal.")
    if heard.strip().lower().startswith("y"):
        return ok("buzzer", f"{name}: heard")
    to_do = (
        "Check its two wires and the transistor. If it sounds all the time, reverse active_high in kiosk.yaml. "
        "If it only clicks, it is a passive one: set kind: passive."
    )
    return failed("buzzer", f"{name}: not heard", to_do)


def button(
    factory: Factory,
    settings: config.ButtonSettings,
    say: Callable[[str], None],
    *,
    within_s: float = PRESS_WITHIN_S,
    settles_s: float = SETTLES_S,
    at_most_s: float = AT_MOST_S,
) -> Finding:
    """Wait for a press and show its edges, including the edges of a bouncing contact. Edges that go on are noise."""
    from kiosk.hardware.button import Buttons

    try:
        buttons = Buttons(factory, settings.pin, active_low=settings.active_low, debounce_s=0.0)
    except PinError as error:
        return failed("button", str(error), BUSY)
    try:
        say(f"Press the button (GPIO{settings.pin}) once, within {within_s:g} seconds.")
        edges, settled = _edges(buttons.fds(), buttons.read, within_s, settles_s, at_most_s)
    finally:
        buttons.close()
    for command, at_s in edges[:EDGES_SHOWN]:
        say(f"  {(at_s - edges[0][1]) * 1000:8.1f} ms  {'down' if command is Command.PRESS else 'up'}")
    if len(edges) > EDGES_SHOWN:
        say(f"  and {len(edges) - EDGES_SHOWN} more")
    if not settled:
        to_do = (
            "If nobody kept pressing: twist the button's two wires, lay them away from mains cables, look for a loose "
            "contact. If that does not help, raise debounce in kiosk.yaml."
        )
        return failed("button", f"GPIO{settings.pin}: noise: {len(edges)} edges in {at_most_s:g} s", to_do)
    return judge(edges, settings)


def judge(edges: Sequence[ButtonEdge], settings: config.ButtonSettings) -> Finding:
    """Return the finding about a button and its debouncing, judged by the edges of one press."""
    if not edges:
        to_do = "Check its two wires: to its pin, and to ground (to 3.3 V with active_low: false)."
        return failed("button", f"GPIO{settings.pin}: no press was detected", to_do)
    if edges[0][0] is Command.RELEASE:
        return _down_before(edges, settings)
    bounce_s = _bounce_s(edges)
    found = f"GPIO{settings.pin}: {count_of(len(edges), 'edge')}, bouncing {bounce_s * 1000:.1f} ms"
    if bounce_s > settings.debounce_s:
        to_do = f"Set debounce in kiosk.yaml to more than {bounce_s:.3f}, or take a better button."
        return warning("button", f"{found}, longer than debounce ({settings.debounce_s:g} s)", to_do)
    return ok("button", found)


def _down_before(edges: Sequence[ButtonEdge], settings: config.ButtonSettings) -> Finding:
    """Return the finding about a button that was down before the press, so that its first edge is a release.

    If the last edge is a press, the button is down while nobody touches it, so its contact is normally closed.
    """
    found = f"GPIO{settings.pin}: down before the press"
    to_do = "use the contact marked NO (normally open). With NC, letting go starts a circuit, and soon stops it."
    if edges[-1][0] is Command.PRESS:
        return failed("button", f"{found}, and again after it", f"The contact is normally closed: {to_do}")
    return warning("button", found, f"Run the doctor again and press only when asked. If nobody held it, {to_do}")


def _edges(
    fds: Sequence[int],
    read: Callable[[float], Sequence[ButtonEdge]],
    within_s: float,
    settles_s: float,
    at_most_s: float,
) -> tuple[list[ButtonEdge], bool]:
    """Return the edges of a press in order of time, and whether they ended within `at_most_s`."""
    edges: list[ButtonEdge] = []
    until_s = time.monotonic() + within_s
    ends_s = inf
    while (left_s := min(until_s, ends_s) - time.monotonic()) > 0:
        select.select(fds, [], [], left_s)
        if came := read(time.monotonic()):
            if not edges:
                ends_s = time.monotonic() + at_most_s
            edges += came
            until_s = time.monotonic() + settles_s
    return sorted(edges, key=lambda edge: edge[1]), until_s <= ends_s


def _bounce_s(edges: Sequence[ButtonEdge]) -> float:
    """Return the duration of the longest run of edges that are at most `BOUNCE_S` apart."""
    longest_s, began_s, before_s = 0.0, edges[0][1], edges[0][1]
    for _, at_s in edges:
        if at_s - before_s > BOUNCE_S:
            began_s = at_s
        before_s = at_s
        longest_s = max(longest_s, at_s - began_s)
    return longest_s
