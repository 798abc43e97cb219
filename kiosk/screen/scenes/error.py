"""The error screen: what staff have to fix, where it is, and how to fix it. People read it from close to the screen."""

from __future__ import annotations

from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.paragraphs import CAP_STEP, LINE, Setting, line_items, set_paragraphs
from kiosk.screen.widgets.text import text, width_of
from kiosk.screen.widgets.title import STEP, broken, title_lines
from kiosk.view import ErrorView

CARDS_TOP = 0.215
_CARDS_ABOVE, _CARDS_ABOVE_PORTRAIT = 0.125, 0.180
"""Distance from the bottom of the cards to the bottom of the screen, in H (the screen's height). In portrait there may
be two lines below the cards."""
TEXT_MOST, TEXT_LEAST = 0.042, 0.024
"""Maximum and minimum cap height, in H. Staff come close, so long messages may shrink more than
other text."""
_HEADLINE_CAP, _HEADLINE_LEAST = 0.075, 0.050
_CODE_CAP, _CODE_TRACKING = 0.038, 0.05
_PADDING_X, _PADDING_Y = 0.035, 0.036
_TEXT_X, _TEXT_X_NARROW = 0.240, 0.220
"""Distance from the left margin to the texts, in H, on wide and on narrow screens."""
_GAP = 0.025
_PARAGRAPH_GAP = 0.35
_ROW = 0.125
"""Height of the row with the icon and the code in portrait, in H. The headline is below that row."""
_HAIR = 1e-6
_FOOTER_CAP, _FOOTER_ABOVE = 0.030, 0.007


def draw(view: ErrorView, t_s: float, context: Context) -> Frame:
    cards = cards_of(context, view, cards_bottom(context))
    return Frame([*head(context, view), *cards, *_footer(context, view.footer)])


def head(context: Context, view: ErrorView) -> list[Item]:
    layout, palette, weight = context.layout, context.palette, Weight.BLACK
    middle, height = TITLE_BASELINE - _HEADLINE_CAP / 2, 2.2 * _CODE_CAP
    width = width_of(context, view.code, weight, _CODE_CAP, _CODE_TRACKING) + 0.060
    at, code_x = (layout.x0 + 0.139, TITLE_BASELINE), layout.x1 - width
    code_at = (code_x + width / 2, middle + _CODE_CAP / 2)
    room, least = code_x - 0.040 - at[0], _HEADLINE_LEAST
    headline = [text(context, view.headline, weight, _HEADLINE_CAP, palette.text, at, width=room, least=least)]
    if layout.portrait:
        headline = title_lines(context, view.headline, layout.fw, first=TITLE_BASELINE + _ROW)
    return [
        *headline,
        icon(context, "warn", (layout.x0 + 0.052, middle), 0.052, palette.error),
        outline(context, (code_x, middle - height / 2, width, height), palette.error, 0.005, 0.016),
        text(context, view.code, weight, _CODE_CAP, palette.error, code_at, tracking=_CODE_TRACKING, align="centre"),
    ]


def cards_of(context: Context, view: ErrorView, bottom: float) -> list[Item]:
    """Return the cards with what is wrong, where, and how to fix it, which end above `bottom`, in H."""
    layout, palette = context.layout, context.palette
    parts = {"What": view.what, "Where": view.where, "Fix": view.fix}
    parts = {label: words for label, words in parts.items() if words}
    label_x, text_x = layout.x0 + _PADDING_X, layout.x0 + (_TEXT_X_NARROW if layout.narrow else _TEXT_X)
    width = layout.x1 - _PADDING_X - text_x
    items: list[Item] = []
    y = CARDS_TOP
    if layout.portrait:
        y += _ROW + STEP * (len(broken(context, view.headline, layout.fw)) - 1)
    for label, setting in zip(parts, _settings(context, list(parts.values()), width, y, bottom), strict=True):
        cap, height = setting.cap, setting.height + 2 * _PADDING_Y
        baseline, colour = y + _PADDING_Y + cap, palette.error if label == "Fix" else palette.text2
        room = text_x - label_x - 0.010
        items.append(box(context, (layout.x0, y, layout.fw, height), palette.surface, 0.025))
        items.append(text(context, label, Weight.BLACK, cap, colour, (label_x, baseline), width=room))
        for lines, down in zip(setting.paragraphs, setting.offsets, strict=False):
            items += line_items(context, lines, cap, palette.text, (text_x, baseline + down), width)
        y += height + _GAP
    return items


def cards_bottom(context: Context) -> float:
    """Return the lowest bottom that the cards may have, in H."""
    return context.layout.h - (_CARDS_ABOVE_PORTRAIT if context.layout.portrait else _CARDS_ABOVE)


def _settings(context: Context, parts: list[str], width: float, top: float, bottom: float) -> list[Setting]:
    """Return the parts in one size, the largest in which their cards fit between `top` and `bottom`, in H.

    Parts that are too long are cut.
    """
    height = bottom - top - len(parts) * 2 * _PADDING_Y - (len(parts) - 1) * _GAP
    cap = TEXT_MOST
    while True:
        settings = [_setting(context, words, width, cap, 1.0) for words in parts]
        too_much = sum(setting.height for setting in settings) - height
        if too_much <= _HAIR or cap <= TEXT_LEAST:
            break
        cap = max(TEXT_LEAST, cap - CAP_STEP)
    while too_much > _HAIR:
        longest = max(range(len(parts)), key=lambda part: settings[part].height)
        settings[longest] = _setting(context, parts[longest], width, cap, max(cap, settings[longest].height - too_much))
        too_much = sum(setting.height for setting in settings) - height
    return settings


def _setting(context: Context, words: str, width: float, cap: float, height: float) -> Setting:
    return set_paragraphs(context, words.split("\n"), width, height, most=cap, least=cap, gap=_PARAGRAPH_GAP)


def _footer(context: Context, words: str) -> list[Item]:
    if not words:
        return []
    at = (context.layout.x0, context.layout.bottom - _FOOTER_ABOVE)
    if context.layout.portrait:
        width = context.layout.fw
        setting = set_paragraphs(context, [words], width, (1 + LINE) * _FOOTER_CAP, most=_FOOTER_CAP, least=TEXT_LEAST)
        at = at[0], at[1] + setting.cap - setting.height
        colour = context.palette.text2
        return [
            one for lines in setting.paragraphs for one in line_items(context, lines, setting.cap, colour, at, width)
        ]
    return [text(context, words, Weight.BOLD, _FOOTER_CAP, context.palette.text2, at, width=context.layout.fw)]
