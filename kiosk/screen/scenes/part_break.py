"""The rest between two parts of a class: which parts are done, and what comes next."""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Stations
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.entry_words import About, about_entry, length_text, times
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.scenes.round_break import DRINK
from kiosk.screen.scenes.running import Page, hold_words, rest_accent
from kiosk.screen.theme import State
from kiosk.screen.widgets.cue import card_area
from kiosk.screen.widgets.part_list import PADDING, Inside, Row, Sizes, part_list, room_inside
from kiosk.screen.widgets.text import shortened, text, width_of
from kiosk.screen.widgets.title import LEAST as TITLE_LEAST
from kiosk.screen.widgets.title import title
from kiosk.timeline import Part
from kiosk.view import IntervalView

NEXT = "Next:"
_LIST_BOTTOM = 0.700
_SIZES = Sizes(row=0.080, row_least=0.066, name=0.045, line=0.042, line_least=0.034, step=0.066, below=0.022)
_STATION_SIZES = _SIZES._replace(line=0.038, line_least=0.030, step=0.056)
_MANY_SIZES = _SIZES._replace(row_least=0.060, line=0.030, line_least=0.028, step=0.0405)
_PORTRAIT_SIZES = Sizes(row=0.096, row_least=0.066, name=0.048, line=0.042, line_least=0.034, step=0.060, below=0.022)
_COLUMNS = ((3, 1), (12, 2))
"""The most stations in one and in two columns. On a wide screen and in portrait, more are in three."""
_LINES_MOST, _LINES_LEAST = 4, 2
_WORDS_CAP, _WORDS_LEAST = 0.055, 0.040
_END = 0.030


def draw(view: IntervalView, t_s: float, context: Context) -> Frame:
    page = Page(view, t_s, context, rest_accent(view, context))
    layout = context.layout
    left = [*part_title(view, context, NEXT), *_list(context, view.parts, view.interval.part)]
    at = (layout.x0, layout.cue_baseline + 0.012)
    words = text(
        context, DRINK, Weight.BOLD, _WORDS_CAP, context.palette.text, at, width=layout.cue_width, least=_WORDS_LEAST
    )
    if hold_words(context, view.hold):
        left = _above(left, layout.rect(*card_area(context)))
    return page.frame(frame(left), page.resting(State.BREAK), [words])


def _above(items: list[Item], card: Rect) -> list[Item]:
    """Return the items without the rows that the hint on a hold would cover. A press before the rest may be held."""
    covered = min((item.rect.top for item in items if item.rect.colliderect(card)), default=card.bottom)
    return [item for item in items if item.rect.top < covered]


def part_title(view: IntervalView, context: Context, prefix: str) -> list[Item]:
    """Return the title with the name of the part that comes next."""
    name, room = view.parts[view.interval.part].name, context.layout.fw
    lead = width_of(context, f"{prefix} ", Weight.BLACK, TITLE_LEAST)
    shorter = shortened(context, name, Weight.BLACK, TITLE_LEAST, room - lead - 0.010)
    return title(context, name, shorter, prefix=prefix, accent=context.palette.rest)


@cached
def _list(context: Context, parts: tuple[Part, ...], current: int) -> list[Item]:
    layout, entry = context.layout, parts[current].entry
    bottom = layout.stage_bottom if layout.portrait else min(_LIST_BOTTOM, layout.body_bottom)
    area = (layout.x0, BODY_TOP, layout.lw, bottom - BODY_TOP)
    rows = tuple(
        Row(part.name, times(part.entry), length_text(part), done=index < current) for index, part in enumerate(parts)
    )
    sizes = _PORTRAIT_SIZES if layout.portrait else _SIZES
    if isinstance(entry, Stations):
        sizes = _STATION_SIZES if len(entry.laps[0].stations) <= _COLUMNS[-1][0] else _MANY_SIZES
    # Everybody has to find their station, which is more than what the other parts are called.
    beside = 0 if layout.portrait else 1
    room = room_inside(len(rows), area[3], sizes, beside=beside if isinstance(entry, Stations) else 2)
    if layout.portrait:
        # On a screen of 3:4, what is done is worth more than the other parts.
        room = max(room, min(_LINES_LEAST, room_inside(len(rows), area[3], sizes, beside=0)))
    inside = _inside(context, about_entry(entry), layout.lw - PADDING - _END, room, sizes)
    return part_list(context, rows, current, inside, area, sizes, context.palette.rest)


def _inside(context: Context, about: About, width: float, room: int, sizes: Sizes) -> Inside:
    """Return the lines on what is done. Stations are numbered, so that everybody finds theirs."""
    if about.numbered:
        many = 2 if context.layout.narrow else 3
        columns = next((columns for most, columns in _COLUMNS if len(about.things) <= most), many)
        if context.layout.portrait and len(about.things) > columns * room:
            columns = many
        most = columns * room
        named = [f"{number} {thing}" for number, thing in enumerate(about.things, 1)]
        if len(named) > most:
            named[most - 1 :] = [f"and {len(named) - most + 1} more"]
        return Inside(tuple(named), columns)
    heading = [about.heading + (":" if about.things else "")] if about.heading else []
    most = min(_LINES_MOST, room) - len(heading)
    return Inside((*heading, *_joined(context, about.things, width, most, sizes.line)))


def _joined(context: Context, things: tuple[str, ...], width: float, most: int, cap: float) -> list[str]:
    """Return the things in lines, separated by commas. If there are too many, the last line says how many more."""

    def lines_of(words: list[str]) -> list[str]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and width_of(context, longer, Weight.BOLD, cap) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    for shown in range(len(things), 0, -1):
        end = "" if shown == len(things) else f" + {len(things) - shown} more"
        lines = lines_of([*(f"{thing}," for thing in things[: shown - 1]), f"{things[shown - 1]}{end}"])
        if len(lines) <= most:
            return lines
    return []
