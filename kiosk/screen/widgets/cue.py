"""Below the figure: one short cue, two lines of how, why or tip, the switch banner, or a hold."""

from __future__ import annotations

from math import inf, tau

from kiosk.colour import Colour, mix
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, clipped, fading
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import Area, box, box_px, part_of_box
from kiosk.screen.widgets.icons import arc, button, circle, icon
from kiosk.screen.widgets.text import common_cap, phrase, text

_FADE = "lines"
"""Fade group of the texts below the figure."""
_WIPE_S = 0.15
_CUE_CAPS, _TIP_CAPS, _TEXT_CAPS, _PHRASE_CAPS = (0.055, 0.045), (0.045, 0.040), (0.040, 0.032), (0.044, 0.030)
"""Maximum and minimum cap heights."""
_INDENT = 0.030
_RING_HINT = 0.25
"""Part of the ring that is drawn while nobody holds the button."""


@cached
def cue(kit: Kit, words: tuple[str, ...], accent: Colour) -> list[Item]:
    """Return a cue of one line, or a tip of two, beside a bar in the accent."""
    layout = kit.layout
    if len(words) == 1:
        caps, top, height = _CUE_CAPS, layout.cue_baseline - 0.062, 0.070
        baselines: tuple[float, ...] = (layout.cue_baseline,)
    else:
        caps, (first, second) = _TIP_CAPS, layout.tip_baselines
        baselines, top, height = (first, second), first - 0.050, second - first + 0.058
    bar = box(kit, (layout.x0, top, 0.010, height), accent)
    return fading([bar, *_lines(kit, words, baselines, caps, indent=_INDENT)], _FADE)


@cached
def lines(kit: Kit, words: tuple[str, ...], *, prefix: str = "", accent: Colour | None = None) -> list[Item]:
    """Return up to two lines of text. The first one follows `prefix` (such as "Why:"), which is in the accent."""
    return fading(_lines(kit, words, kit.layout.line_baselines, _TEXT_CAPS, prefix=prefix, accent=accent), _FADE)


def _lines(
    kit: Kit,
    words: tuple[str, ...],
    baselines: tuple[float, ...],
    caps: tuple[float, float],
    *,
    indent: float = 0.0,
    prefix: str = "",
    accent: Colour | None = None,
) -> list[Item]:
    x, width, colour = kit.layout.x0 + indent, kit.layout.cue_width - indent, kit.palette.text
    prefixes = (prefix, "")
    whole = tuple(f"{before} {line}".lstrip() for before, line in zip(prefixes, words, strict=False))
    cap = common_cap(kit, whole, Weight.BOLD, *caps, width)
    items = []
    for before, line, baseline in zip(prefixes, words, baselines, strict=False):
        lead, rest = (before, Weight.BOLD, accent or colour), (line, Weight.BOLD, colour)
        items += phrase(kit, lead, rest, cap, (x, baseline), width)
    return items


def banner(kit: Kit, words: str, accent: Colour, t_s: float) -> Frame:
    """Return the banner that tells people to turn round. From `t_s` 0 on it wipes in from its middle."""
    x, y, width, height = area = _card(kit)
    middle, ink = y + height / 2, kit.palette.ink
    at, room = (x + width / 2, middle + 0.030), width - 0.190
    items = [
        box(kit, area, accent, 0.020),
        icon(kit, "left", (x + 0.055, middle), 0.030, ink),
        icon(kit, "right", (x + width - 0.055, middle), 0.030, ink),
        text(kit, words, Weight.BLACK, 0.060, ink, at, width=room, align="centre"),
    ]
    whole = kit.layout.rect(*area)
    hidden = round(whole.width / 2 * (1 - min(1.0, t_s / _WIPE_S)))
    return Frame([clipped(items, whole.inflate(-2 * hidden, 0))], SMOOTH_S if t_s < _WIPE_S else inf)


def hold_hint(kit: Kit, words: str, part: float) -> list[Item]:
    """Return what happens if the button is held longer; `part` (0 to 1) of the hold is over."""
    return hold_card(kit, _card(kit), "Keep holding", words, part, ring=True)


@cached
def hold_card(kit: Kit, area: Area, strong: str, rest: str, part: float = 0.0, *, ring: bool = False) -> list[Item]:
    """Return a card that says what the button does, filled from the left up to `part` of the hold.

    `strong` and `rest` are one phrase, with the first part heavier. `ring` puts a ring round the button, even while it
    is not held, because this is the one to hold.
    """
    layout, palette, (x, y, width, height) = kit.layout, kit.palette, area
    whole, radius_px = layout.rect(*area), layout.px(0.025)
    items = [box_px(kit, whole, palette.surface2, radius_px)]
    if part > 0:
        visible = whole.copy()
        visible.width = round(whole.width * min(1.0, part))
        # White text has a contrast of 7:1 on this grey; on a lighter fill it would not.
        items.append(part_of_box(kit, whole, visible, mix(palette.surface2, palette.text, 0.17), radius_px))
    centre = (x + 0.022 + 0.048, y + height / 2)
    if ring:
        items.append(circle(kit, centre, 0.048, 0.009, palette.line))
        items.append(arc(kit, centre, 0.0435, 0.009, (0.0, (part or _RING_HINT) * tau), palette.pause))
    items.append(button(kit, centre, 0.034 if ring else 0.044, palette.pause))
    room = width - 0.165
    cap = common_cap(kit, (f"{strong} {rest}",), Weight.BLACK, *_PHRASE_CAPS, room)
    lead, then = (strong, Weight.BLACK, palette.text), (rest, Weight.BOLD, palette.text)
    return [*items, *phrase(kit, lead, then, cap, (x + 0.142, y + height / 2 + cap / 2), room)]


def _card(kit: Kit) -> Area:
    layout = kit.layout
    return layout.x0, layout.cue_baseline - 0.085, layout.cue_width, 0.107
