"""The screen of a notice: what was taken from a stick, or why it was not."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.notice import Notice, Row
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.scenes import error
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.call import call_to_action, call_top
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.paragraphs import LINE, Setting, line_items, set_paragraphs
from kiosk.screen.widgets.text import fit, text, width_of
from kiosk.screen.widgets.title import STEP, broken, title_lines
from kiosk.view import ErrorView, NoticeView

_HEADLINE_CAP, _HEADLINE_LEAST, _HEADLINE_X = 0.075, 0.050, 0.110
_ICON = 0.052
_HEAD_ROW = 0.125
"""Height of the row with the icon in portrait, in H (the screen's height). The headline is below that row."""
_TOP, _ROW, _ROW_GAP, _ROW_CAP, _ROW_LEAST = 0.215, 0.112, 0.020, 0.050, 0.028
_NAME_X, _ROW_END, _ABOUT_GAP = 0.108, 0.034, 0.030
_LINE_CAP, _LINE_LEAST, _NOTE_CAP, _NOTE_LEAST = 0.055, 0.040, 0.042, 0.026
_NOTE_ABOVE, _LINE_ABOVE, _ROWS_ABOVE = 0.060, 0.030, 0.045
"""Distances, in H: from the note to the call to action, from the line to the note, from the rows to both."""
_ALONE_DOWN = 0.050
"""Distance from the top of the rows to the line and the note of a notice without rows."""


def draw(view: NoticeView, t_s: float, context: Context) -> Frame:
    call = call_to_action(context, "Press to go on", note=f"Goes on in {view.seconds} s", t_s=t_s)
    return frame(_error(context, view.notice) if view.notice.code else _news(context, view.notice), call)


@cached
def _error(context: Context, notice: Notice) -> list[Item]:
    view = ErrorView(notice.code, notice.headline, notice.what, notice.where, notice.fix)
    words = _Words(context, notice)
    return [*error.head(context, view), *error.cards_of(context, view, words.top), *words.items(words.top)]


@cached
def _news(context: Context, notice: Notice) -> list[Item]:
    words, top = _Words(context, notice), _rows_top(context, notice)
    items = _head(context, notice.headline)
    if not notice.rows:
        return items + words.items(top + _ALONE_DOWN)
    room = (words.top - top + _ROW_GAP) / len(notice.rows)
    height = min(_ROW, room - _ROW_GAP)
    for number, row in enumerate(notice.rows):
        items += _row(context, row, top + number * (height + _ROW_GAP), height)
    return items + words.items(words.top)


def _head(context: Context, headline: str) -> list[Item]:
    layout, palette = context.layout, context.palette
    sign = icon(context, "stick", (layout.x0 + _ICON, TITLE_BASELINE - _HEADLINE_CAP / 2), _ICON, palette.work)
    if layout.portrait:
        return [sign, *title_lines(context, headline, layout.fw, first=TITLE_BASELINE + _HEAD_ROW)]
    at, room = (layout.x0 + _HEADLINE_X, TITLE_BASELINE), layout.fw - _HEADLINE_X
    words = text(context, headline, Weight.BLACK, _HEADLINE_CAP, palette.text, at, width=room, least=_HEADLINE_LEAST)
    return [sign, words]


def _rows_top(context: Context, notice: Notice) -> float:
    if not context.layout.portrait:
        return _TOP
    return _TOP + _HEAD_ROW + STEP * (len(broken(context, notice.headline, context.layout.fw)) - 1)


def _row(context: Context, row: Row, top: float, height: float) -> list[Item]:
    layout, palette = context.layout, context.palette
    x, end = layout.x0 + _NAME_X, layout.x1 - _ROW_END
    cap = min(_ROW_CAP, 0.45 * height)
    least, middle = min(_ROW_LEAST, cap), top + height / 2
    about, about_cap = fit(context, (row.about,), Weight.BOLD, cap, least, (end - x) / 3)
    taken = width_of(context, about, Weight.BOLD, about_cap) + _ABOUT_GAP if about else 0.0
    name, name_cap = fit(context, (row.name,), Weight.BLACK, cap, least, end - x - taken)
    at, about_at = (x, middle + name_cap / 2), (end, middle + about_cap / 2)
    items = [
        box(context, (layout.x0, top, layout.fw, height), palette.surface, 0.025),
        icon(context, "check", (layout.x0 + 0.055, middle), min(0.030, 0.3 * height), palette.work),
        text(context, name, Weight.BLACK, name_cap, palette.text, at),
    ]
    if about:
        items.append(text(context, about, Weight.BOLD, about_cap, palette.text2, about_at, align="right"))
    return items


class _Words:
    """The line and the note of a notice, which are above the call to action, and without rows below the headline."""

    def __init__(self, context: Context, notice: Notice) -> None:
        more = f"And {notice.more} more." if notice.more else ""
        self._context = context
        lines = 2 if context.layout.portrait else 1
        # The cards of an error need the room.
        self._line = self._set("" if notice.code else notice.line, lines, _LINE_CAP, _LINE_LEAST)
        self._note = self._set(
            f"{more} {notice.note}".strip(), lines if notice.code else 2 * lines - 1, _NOTE_CAP, _NOTE_LEAST
        )
        bottom = call_top(context) - _NOTE_ABOVE
        self.top = bottom - self._note.height - self._line.height - self._gap - _ROWS_ABOVE
        """The lowest bottom of what is above the words, in H."""

    @property
    def _gap(self) -> float:
        return _LINE_ABOVE if self._line.height and self._note.height else 0.0

    def _set(self, words: str, lines: int, most: float, least: float) -> Setting:
        context, height = self._context, (1 + (lines - 1) * LINE) * most
        return set_paragraphs(context, [words] if words else [], context.layout.fw, height, most=most, least=least)

    def items(self, below: float) -> list[Item]:
        """Return the words below a height, in H."""
        palette, y = self._context.palette, below + _ROWS_ABOVE
        items = self._lines(self._line, y, palette.text)
        return items + self._lines(self._note, y + self._line.height + self._gap, palette.text2)

    def _lines(self, setting: Setting, top: float, colour: Colour) -> list[Item]:
        layout = self._context.layout
        items: list[Item] = []
        for lines, down in zip(setting.paragraphs, setting.offsets, strict=False):
            at = (layout.x0, top + setting.cap + down)
            items += line_items(self._context, lines, setting.cap, colour, at, layout.fw)
        return items
