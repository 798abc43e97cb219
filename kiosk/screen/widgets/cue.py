"""The area below the figure: one short cue, two lines of how, why or tip, the switch banner, or the hint on a hold."""

from __future__ import annotations

from itertools import zip_longest
from math import inf, tau

from kiosk.colour import Colour, mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, clipped, fading
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import Area, box, box_px, part_of_box
from kiosk.screen.widgets.icons import arc, button, circle, icon
from kiosk.screen.widgets.paragraphs import few_lines
from kiosk.screen.widgets.text import common_cap, fit, phrase, text

_FADE = "lines"
"""Fade group of the texts below the figure."""
_WIPE_S = 0.15
_CUE_CAPS, _TIP_CAPS, _TEXT_CAPS = (0.055, 0.045), (0.045, 0.040), (0.040, 0.032)
HOLD_CARD_CAPS = (0.044, 0.030)
"""Maximum and minimum cap heights, in H (the screen's height)."""
_WRAPPED_LEAST = 0.026
"""Minimum cap height of lines that had to be broken in other places than they were written."""
_INDENT = 0.030
HOLD_CARD_ROOM = 0.165
"""Width that a card of a hold needs besides its words, in H."""
_RING_HINT = 0.25
"""Part of the ring (0 to 1) that is drawn while nobody holds the button."""


@cached
def cue(context: Context, words: tuple[str, ...], accent: Colour) -> list[Item]:
    """Return a cue of one line, or a tip of two lines, beside a bar in the accent. A long cue has two lines as well."""
    layout = context.layout
    width = layout.cue_width - _INDENT
    caps, top, height = _CUE_CAPS, layout.cue_baseline - 0.062, 0.070
    baselines: tuple[float, ...] = (layout.cue_baseline,)
    if len(words) > 1 or fit(context, words, Weight.BOLD, *_CUE_CAPS, width)[1] < _TIP_CAPS[1]:
        caps, (first, second) = _TIP_CAPS, layout.tip_baselines
        baselines, top, height = (first, second), first - 0.050, second - first + 0.058
        words = words if len(words) > 1 else (*words, "")
    bar = box(context, (layout.x0, top, 0.010, height), accent)
    return fading([bar, *_lines(context, words, baselines, caps, indent=_INDENT)], _FADE)


@cached
def lines(context: Context, words: tuple[str, ...], *, prefix: str = "", accent: Colour | None = None) -> list[Item]:
    """Return up to two lines of text. The first line follows `prefix` (such as "Why:"), which is in the accent."""
    return fading(
        _lines(context, words, context.layout.line_baselines, _TEXT_CAPS, prefix=prefix, accent=accent), _FADE
    )


def _lines(
    context: Context,
    words: tuple[str, ...],
    baselines: tuple[float, ...],
    caps: tuple[float, float],
    *,
    indent: float = 0.0,
    prefix: str = "",
    accent: Colour | None = None,
) -> list[Item]:
    """Return the words on the baselines: in the lines in which they were written if these fit, else in other lines."""
    x, width, colour = context.layout.x0 + indent, context.layout.cue_width - indent, context.palette.text
    whole = tuple(f"{before} {line}".lstrip() for before, line in zip_longest((prefix,), words, fillvalue=""))
    cap = common_cap(context, whole, Weight.BOLD, *caps, width)
    if len(words) > len(baselines) or (cap < caps[1] and len(baselines) > 1):
        joined = " ".join(words)
        cap, words = few_lines(
            context, joined, len(baselines), width, most=caps[1], least=_WRAPPED_LEAST, prefix=prefix
        )
    items = []
    for before, line, baseline in zip((prefix, ""), words, baselines, strict=False):
        lead, rest = (before, Weight.BOLD, accent or colour), (line, Weight.BOLD, colour)
        items += phrase(context, lead, rest, cap, (x, baseline), width) if line else []
    return items


def banner(context: Context, words: str, accent: Colour, t_s: float) -> Frame:
    """Return the banner that tells people to turn around. It begins to appear at `t_s` 0, from its middle outwards."""
    x, y, width, height = area = card_area(context)
    middle, ink = y + height / 2, context.palette.ink
    at, room = (x + width / 2, middle + 0.030), width - 0.190
    items = [
        box(context, area, accent, 0.020),
        icon(context, "left", (x + 0.055, middle), 0.030, ink),
        icon(context, "right", (x + width - 0.055, middle), 0.030, ink),
        text(context, words, Weight.BLACK, 0.060, ink, at, width=room, align="centre"),
    ]
    whole = context.layout.rect(*area)
    hidden = round(whole.width / 2 * (1 - min(1.0, t_s / _WIPE_S)))
    return Frame([clipped(items, whole.inflate(-2 * hidden, 0))], SMOOTH_S if t_s < _WIPE_S else inf)


def hold_hint(context: Context, words: str, part: float) -> list[Item]:
    """Return a card that says what happens if the button is held longer; `part` (0 to 1) of the hold is over."""
    return hold_card(context, card_area(context), "Keep holding", words, part, ring=True)


@cached
def hold_card(
    context: Context,
    area: Area,
    strong: str,
    rest: str,
    part: float = 0.0,
    *,
    ring: bool = False,
    accent: Colour | None = None,
    most: float = HOLD_CARD_CAPS[0],
    glow: float = 1.0,
) -> list[Item]:
    """Return a card that says what the button does, filled from the left up to `part` (0 to 1) of the hold.

    `strong` and `rest` form one phrase, and `strong` is in the heavier weight. `ring` puts a ring around the button,
    even while the button is not held, because the ring marks the card for holding. `accent` is the colour of `strong`
    and of the button, white if None; `most` is the largest cap height, and `glow` is that of `button`.
    """
    layout, palette, (x, y, width, height) = context.layout, context.palette, area
    whole, radius_px, colour = layout.rect(*area), layout.px(0.025), accent or palette.pause
    items = [box_px(context, whole, palette.surface2, radius_px)]
    if part > 0:
        visible = whole.copy()
        visible.width = round(whole.width * min(1.0, part))
        # White text has a contrast of 7:1 on this grey. A lighter fill would have too little contrast.
        items.append(part_of_box(context, whole, visible, mix(palette.surface2, palette.text, 0.17), radius_px))
    centre = (x + 0.022 + 0.048, y + height / 2)
    if ring:
        items.append(circle(context, centre, 0.048, 0.009, palette.line))
        items.append(arc(context, centre, 0.0435, 0.009, (0.0, (part or _RING_HINT) * tau), colour))
    items.append(button(context, centre, 0.034 if ring else 0.044, colour, glow))
    room = width - HOLD_CARD_ROOM
    cap = common_cap(context, (f"{strong} {rest}",), Weight.BLACK, most, HOLD_CARD_CAPS[1], room)
    lead, then = (strong, Weight.BLACK, accent or palette.text), (rest, Weight.BOLD, palette.text)
    return [*items, *phrase(context, lead, then, cap, (x + 0.142, y + height / 2 + cap / 2), room)]


def card_area(context: Context) -> Area:
    """Return the place of the banner and of the hint on a hold."""
    layout = context.layout
    return layout.x0, layout.cue_baseline - 0.085, layout.cue_width, 0.107
