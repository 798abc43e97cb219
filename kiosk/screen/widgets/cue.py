"""Below the figure: one short cue, two lines of how, why or tip, the switch banner, or a hold."""

from __future__ import annotations

from kiosk.colour import Colour, mix
from kiosk.screen.display_list import Item, clipped, fading
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import Area, box, box_px, part_of_box
from kiosk.screen.widgets.icons import button, icon
from kiosk.screen.widgets.ring import arc, circle
from kiosk.screen.widgets.text import WORD_SPACE, cap_that_fits, text, width_of

FADE = "lines"
"""Fade group of the texts below the figure."""
WIPE_S = 0.15
_CUE_CAP, _CUE_LEAST = 0.055, 0.045
_TIP_CAP, _TIP_LEAST = 0.045, 0.040
_TEXT_CAP, _TEXT_LEAST = 0.040, 0.032
_INDENT = 0.030
_RING_HINT = 0.25
"""Part of the ring that is drawn while nobody holds the button."""


@cached
def cue(kit: Kit, lines: tuple[str, ...], accent: Colour) -> list[Item]:
    """Return a cue of one line, or a tip of two, beside a bar in the accent."""
    layout, palette = kit.layout, kit.palette
    if len(lines) == 1:
        baselines: tuple[float, ...] = (layout.cue_baseline,)
        cap, least, bar_top, bar_height = _CUE_CAP, _CUE_LEAST, layout.cue_baseline - 0.062, 0.070
    else:
        baselines = layout.tip_baselines
        cap, least, bar_top = _TIP_CAP, _TIP_LEAST, baselines[0] - 0.050
        bar_height = baselines[1] - bar_top + 0.008
    width = layout.cue_width - _INDENT
    cap = cap_that_fits(kit, lines, Weight.BOLD, cap, least, width)
    bar = box(kit, (layout.x0, bar_top, 0.010, bar_height), accent)
    return [
        bar,
        *(
            text(kit, line, Weight.BOLD, cap, palette.text, (layout.x0 + _INDENT, baseline), width=width)
            for line, baseline in zip(lines, baselines, strict=False)
        ),
    ]


@cached
def fading_cue(kit: Kit, lines: tuple[str, ...], accent: Colour) -> list[Item]:
    """Return the cue as a fade group."""
    return fading(cue(kit, lines, accent), FADE)


@cached
def lines(kit: Kit, words: tuple[str, ...], *, prefix: str = "", accent: Colour | None = None) -> list[Item]:
    """Return up to two lines of text. The first one follows `prefix` (such as "Why:"), which is in the accent."""
    layout, palette = kit.layout, kit.palette
    whole = tuple(f"{prefix} {line}" if prefix and place == 0 else line for place, line in enumerate(words))
    cap = cap_that_fits(kit, whole, Weight.BOLD, _TEXT_CAP, _TEXT_LEAST, layout.cue_width)
    items = []
    for place, (line, baseline) in enumerate(zip(words, layout.line_baselines, strict=False)):
        x = layout.x0
        if prefix and place == 0:
            items.append(text(kit, prefix, Weight.BOLD, cap, accent or palette.text, (x, baseline)))
            x += width_of(kit, prefix, Weight.BOLD, cap) + WORD_SPACE * cap
        room = layout.x0 + layout.cue_width - x
        items.append(text(kit, line, Weight.BOLD, cap, palette.text, (x, baseline), width=room))
    return items


def banner(kit: Kit, words: str, accent: Colour, t_s: float) -> Item:
    """Return the banner that tells people to turn round. From `t_s` 0 on it wipes in from its middle."""
    layout, palette = kit.layout, kit.palette
    area = _card(kit)
    x, y, width, height = area
    middle = y + height / 2
    arrow = 0.030
    items = [
        box(kit, area, accent, 0.020),
        icon(kit, "left", (x + 0.055, middle), arrow, palette.ink),
        icon(kit, "right", (x + width - 0.055, middle), arrow, palette.ink),
        text(
            kit,
            words,
            Weight.BLACK,
            0.060,
            palette.ink,
            (x + width / 2, middle + 0.030),
            width=width - 0.190,
            align="centre",
        ),
    ]
    whole = layout.rect(*area)
    hidden = round(whole.width / 2 * (1 - min(1.0, t_s / WIPE_S)))
    return clipped(items, whole.inflate(-2 * hidden, 0))


def hold(kit: Kit, words: str, part: float) -> list[Item]:
    """Return what happens if the button is held longer; `part` (0 to 1) of the hold is over."""
    return hold_card(kit, _card(kit), "Keep holding", words, part, ring=True)


@cached
def hold_card(kit: Kit, area: Area, strong: str, rest: str, part: float, *, ring: bool = False) -> list[Item]:
    """Return a card that says what the button does, filled from the left up to `part` of the hold.

    `strong` and `rest` are one phrase, with the first part heavier. `ring` puts a ring round the button, even while it
    is not held, because this is the one to hold.
    """
    layout, palette = kit.layout, kit.palette
    x, y, width, height = area
    whole, radius_px = layout.rect(*area), layout.px(0.025)
    # White text has a contrast of 7:1 on this grey; on a lighter fill it would not.
    fill = mix(palette.surface2, palette.text, 0.17)
    visible = whole.copy()
    visible.width = round(whole.width * min(1.0, max(0.0, part)))
    centre = (x + 0.022 + 0.048, y + height / 2)
    items = []
    if ring:
        items.append(circle(kit, centre, 0.048, 0.009, palette.line))
        items.append(arc(kit, centre, 0.0435, 0.009, part or _RING_HINT, palette.pause))
        items.append(button(kit, centre, 0.034, palette.pause))
    else:
        items.append(button(kit, centre, 0.044, palette.pause))
    items += _phrase(kit, (x + 0.142, y + height / 2), width - 0.165, strong, rest, palette.text)
    card = box_px(kit, whole, palette.surface2, radius_px)
    filled = [part_of_box(kit, whole, visible, fill, radius_px)] if part > 0 else []
    return [card, *filled, *items]


def _phrase(kit: Kit, at: tuple[float, float], width: float, strong: str, rest: str, colour: Colour) -> list[Item]:
    """Return a phrase of a heavy and a lighter part in one size, vertically centred on `at`."""
    cap = cap_that_fits(kit, (f"{strong} {rest}",), Weight.BLACK, 0.044, 0.030, width)
    x, baseline = at[0], at[1] + cap / 2
    after = x + width_of(kit, strong, Weight.BLACK, cap) + WORD_SPACE * cap
    return [
        text(kit, strong, Weight.BLACK, cap, colour, (x, baseline)),
        text(kit, rest, Weight.BOLD, cap, colour, (after, baseline), width=at[0] + width - after),
    ]


def _card(kit: Kit) -> Area:
    layout = kit.layout
    return layout.x0, layout.cue_baseline - 0.085, layout.cue_width, 0.107
