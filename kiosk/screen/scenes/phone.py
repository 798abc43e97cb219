"""The phone screen: how to reach the page on which workouts are changed with a phone."""

from __future__ import annotations

from typing import NamedTuple

from pygame import Rect, Surface

from kiosk.colour import mix
from kiosk.duration import clock_text
from kiosk.phone import TITLE, PageState
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.scenes import error
from kiosk.screen.widgets.boxes import bar, box, box_px
from kiosk.screen.widgets.call import call_to_action, call_top
from kiosk.screen.widgets.icons import disc, icon
from kiosk.screen.widgets.text import common_cap, text
from kiosk.screen.widgets.title import STEP, broken, title, title_lines
from kiosk.view import ErrorView, PhoneView

CODE = "E-PAGE"
WI_FI = "The phone must be in this room’s Wi-Fi"
_CARD, _NARROW_CARD, _PORTRAIT_CARD = 0.630, 0.540, 0.720
"""Width and height of the card with the code, in portrait at most, in H (the screen's height)."""
_GAP, _NARROW_GAP = 0.060, 0.040
_RADIUS = 0.025
QUIET = 4
"""Width of the border of the code, in modules. A phone finds no code without it."""
_DARKER = 0.50
"""Part of the background in the colour of a card that has been bright for long. A phone can still read the code."""
_ICON = 0.140
_DISC, _STEP_X = 0.032, 0.087
_STEP_CAPS, _ADDRESS_CAPS, _OVER_CAP = (0.042, 0.026), (0.060, 0.040), 0.042
_NUMBER_CAP, _SHORT_NUMBER_CAP = 0.140, 0.105
_SCAN, _TYPE = "Scan, or open on the phone", "Type this number"
_OPENING_CAP = 0.060
_BAR, _BAR_RADIUS = 0.024, 0.006
_TALL_FROM = 1.5
"""Height of a screen in portrait from which there is room for larger words, in H."""


class _Down(NamedTuple):
    """Distances of what is beside the card from its top, in portrait from the card's bottom; the bar's is to its top.

    The discs are centred on their lines, the other numbers are baselines.
    """

    first: float = 0.033
    address: float = 0.161
    second: float = 0.263
    number: float = 0.471
    over: float = 0.569
    bar: float = 0.606


_BESIDE = _Down()
_BELOW, _BELOW_TALL = _Down(0.050, 0.150, 0.214, 0.365, 0.430, 0.450), _Down(0.090, 0.196, 0.298, 0.506, 0.604, 0.641)


def draw(view: PhoneView, t_s: float, context: Context) -> Frame:
    if view.state is PageState.FAILED:
        call = call_to_action(context, "Press to go on", note=f"Goes on in {view.seconds} s", t_s=t_s)
        return frame(_failed(context, view.what, view.fix), call)
    words, note = "Press to close", WI_FI
    if view.state is PageState.IN_USE:
        words, note = "Press to close the page", f"Start screen in {view.seconds} s"
    return frame(
        _title(context),
        _card(context, view.code, view.dark),
        _steps(context, view.address, view.number) if view.address else _opening(context),
        _over(context, view),
        call_to_action(context, words, note=note, t_s=t_s),
    )


@cached
def _failed(context: Context, what: str, fix: str) -> list[Item]:
    said = ErrorView(CODE, "The page cannot be opened", what, "", fix)
    return [*error.head(context, said), *error.cards_of(context, said, call_top(context) - 0.040)]


@cached
def _title(context: Context) -> list[Item]:
    return title_lines(context, TITLE, context.layout.fw) if context.layout.portrait else title(context, TITLE)


# --- the code ---------------------------------------------------------------------------------------------------------


def _card_area(context: Context) -> tuple[float, float, float, float]:
    """Return the place of the card: at the left, in portrait in the middle below the title."""
    layout, top = context.layout, BODY_TOP
    if not layout.portrait:
        side = _NARROW_CARD if layout.narrow else _CARD
        return layout.x0, top, side, side
    top += STEP * (len(broken(context, TITLE, layout.fw)) - 1)
    side = min(_PORTRAIT_CARD, call_top(context) - 0.040 - _down(context).bar - _BAR - top)
    return layout.x0 + (layout.fw - side) / 2, top, side, side


def _down(context: Context) -> _Down:
    layout = context.layout
    if not layout.portrait:
        return _BESIDE
    return _BELOW_TALL if layout.h >= _TALL_FROM else _BELOW


@cached
def _card(context: Context, code: tuple[str, ...], dark: bool) -> list[Item]:
    """Return the card with the code, or with a phone if there is no code."""
    layout, palette, area = context.layout, context.palette, _card_area(context)
    if not code:
        x, y, width, height = area
        sign = icon(context, "phone", (x + width / 2, y + height / 2), _ICON, palette.line)
        return [box(context, area, palette.surface, _RADIUS), sign]
    light = mix(palette.text, palette.bg, _DARKER) if dark else palette.text
    card = layout.rect(*area)
    module = max(1, min(card.size) // (len(code) + 2 * QUIET))
    place = Rect(0, 0, module * len(code), module * len(code))
    place.center = card.center

    def paint(surface: Surface) -> None:
        for row, modules in enumerate(code):
            for column, one in enumerate(modules):
                if one == "1":
                    surface.fill(palette.ink, (place.x + column * module, place.y + row * module, module, module))

    modules = Item(place, ("code", code, module, palette.ink), paint)
    return [box_px(context, card, light, layout.px(_RADIUS)), modules]


# --- the words --------------------------------------------------------------------------------------------------------


class _Column(NamedTuple):
    """Where the words are: left edge, top, and width, in H (the screen's height)."""

    x: float
    top: float
    width: float
    down: _Down


def _column(context: Context) -> _Column:
    layout, (x, y, width, height) = context.layout, _card_area(context)
    if layout.portrait:
        return _Column(layout.x0, y + height, layout.fw, _down(context))
    left = x + width + (_NARROW_GAP if layout.narrow else _GAP)
    return _Column(left, y, layout.x1 - left, _BESIDE)


@cached
def _opening(context: Context) -> list[Item]:
    column, palette = _column(context), context.palette
    at = (column.x, column.top + column.down.address)
    return [text(context, "Opening …", Weight.BLACK, _OPENING_CAP, palette.text, at, width=column.width)]


@cached
def _steps(context: Context, address: str, number: str) -> list[Item]:
    column, palette = _column(context), context.palette
    (x, top, room, down), (most, least) = column, _ADDRESS_CAPS
    shown, cap = f"{number[:3]} {number[3:]}", _SHORT_NUMBER_CAP if down is _BELOW else _NUMBER_CAP
    return [
        *_step(context, "1", _SCAN, top + down.first),
        text(context, address, Weight.BLACK, most, palette.text, (x, top + down.address), width=room, least=least),
        *_step(context, "2", _TYPE, top + down.second),
        text(context, shown, Weight.BLACK, cap, palette.text, (x, top + down.number), width=room),
    ]


def _step(context: Context, number: str, words: str, middle: float) -> list[Item]:
    column, palette = _column(context), context.palette
    room, digit = column.width - _STEP_X, 0.8 * _STEP_CAPS[0]
    cap = common_cap(context, (_SCAN, _TYPE), Weight.BOLD, *_STEP_CAPS, room)
    x, at = column.x + _DISC, (column.x + _STEP_X, middle + cap / 2)
    return [
        disc(context, (x, middle), _DISC, palette.surface2),
        text(context, number, Weight.BLACK, digit, palette.text, (x, middle + digit / 2), align="centre"),
        text(context, words, Weight.BOLD, cap, palette.text2, at, width=room),
    ]


def _over(context: Context, view: PhoneView) -> list[Item]:
    """Return when the page closes, with a bar that empties."""
    if view.state is PageState.OPENING:
        return []
    (x, top, room, down), layout, palette = _column(context), context.layout, context.palette
    waits = view.state is PageState.OPEN
    words = f"Closes in {clock_text(view.seconds)}" if waits else "Somebody is on the page already."
    items = [text(context, words, Weight.BOLD, _OVER_CAP, palette.text2, (x, top + down.over), width=room)]
    if waits:
        whole = layout.rect(x, top + down.bar, room, _BAR)
        items += bar(context, whole, view.seconds / view.lasts, layout.px(_BAR_RADIUS))
    return items
