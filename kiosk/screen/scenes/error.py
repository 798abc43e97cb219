"""Error: what staff has to fix, where it is, and how to fix it. People read it from close to the screen."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.paragraphs import CAP_STEP, LINE, Setting, line_items, set_paragraphs
from kiosk.screen.widgets.text import text, width_of
from kiosk.view import ErrorView

CARDS_TOP, CARDS_BOTTOM = 0.215, 0.875
TEXT_MOST, TEXT_LEAST = 0.042, 0.024
"""Maximum and minimum cap height. Staff comes near, so long messages may shrink more than other text."""
_HEADLINE_CAP, _HEADLINE_LEAST = 0.075, 0.050
_CODE_CAP = 0.038
_PADDING_X, _PADDING_Y = 0.035, 0.036
_TEXT_X, _TEXT_X_NARROW = 0.240, 0.220
"""Distance from the left margin to the texts, on wide and on narrow screens."""
_GAP = 0.025
_PARAGRAPH_GAP = 0.35
_FOOTER_CAP = 0.030


def draw(view: ErrorView, t_s: float, kit: Kit) -> Frame:
    return Frame([*_head(kit, view), *_cards(kit, view), *_footer(kit, view.footer)])


def _head(kit: Kit, view: ErrorView) -> list[Item]:
    layout, palette = kit.layout, kit.palette
    middle, code_height = TITLE_BASELINE - _HEADLINE_CAP / 2, 2.2 * _CODE_CAP
    tracked = width_of(kit, view.code, Weight.BLACK, _CODE_CAP, tracking=0.05)
    code_width = tracked + 0.060
    x, code_x = layout.x0 + 0.139, layout.x1 - code_width
    return [
        icon(kit, "warn", (layout.x0 + 0.052, middle), 0.052, palette.error),
        text(
            kit,
            view.headline,
            Weight.BLACK,
            _HEADLINE_CAP,
            palette.text,
            (x, TITLE_BASELINE),
            width=code_x - 0.040 - x,
            least=_HEADLINE_LEAST,
        ),
        outline(kit, (code_x, middle - code_height / 2, code_width, code_height), palette.error, 0.005, 0.016),
        text(
            kit,
            view.code,
            Weight.BLACK,
            _CODE_CAP,
            palette.error,
            (code_x + code_width / 2, middle + _CODE_CAP / 2),
            tracking=0.05,
            align="centre",
        ),
    ]


def _cards(kit: Kit, view: ErrorView) -> list[Item]:
    layout, palette = kit.layout, kit.palette
    parts = [("What", view.what), ("Where", view.where), ("Fix", view.fix)]
    parts = [(label, words) for label, words in parts if words]
    text_x = layout.x0 + (_TEXT_X_NARROW if layout.narrow else _TEXT_X)
    width = layout.x1 - _PADDING_X - text_x
    settings = _settings(kit, tuple(words for _, words in parts), width)
    items: list[Item] = []
    y = CARDS_TOP
    for (label, _), setting in zip(parts, settings, strict=True):
        height = setting.height + 2 * _PADDING_Y
        items.append(box(kit, (layout.x0, y, layout.fw, height), palette.surface, 0.025))
        colour = palette.error if label == "Fix" else palette.text2
        items += _card(kit, label, setting, colour, (layout.x0 + _PADDING_X, text_x, y + _PADDING_Y), width)
        y += height + _GAP
    return items


def _card(
    kit: Kit, label: str, setting: Setting, colour: Colour, place: tuple[float, float, float], width: float
) -> list[Item]:
    label_x, text_x, top = place
    cap = setting.cap
    baseline = top + cap
    items = [text(kit, label, Weight.BLACK, cap, colour, (label_x, baseline), width=text_x - label_x - 0.010)]
    for lines in setting.paragraphs:
        items += line_items(kit, lines, cap, kit.palette.text, (text_x, baseline), width)
        baseline += (len(lines) * LINE + setting.gap) * cap
    return items


def _settings(kit: Kit, parts: tuple[str, ...], width: float) -> list[Setting]:
    """Return the parts in one size, the largest in which their cards fit. What is still too long is cut."""
    height = CARDS_BOTTOM - CARDS_TOP - len(parts) * 2 * _PADDING_Y - (len(parts) - 1) * _GAP
    cap = TEXT_MOST
    while True:
        settings = [_setting(kit, words, width, cap, 1.0) for words in parts]
        taken = sum(setting.height for setting in settings)
        if taken <= height:
            return settings
        if cap <= TEXT_LEAST:
            break
        cap = max(TEXT_LEAST, cap - CAP_STEP)
    while taken > height:
        longest = max(range(len(parts)), key=lambda part: settings[part].height)
        left = max(cap, height - taken + settings[longest].height)
        settings[longest] = _setting(kit, parts[longest], width, cap, left)
        taken = sum(setting.height for setting in settings)
    return settings


def _setting(kit: Kit, words: str, width: float, cap: float, height: float) -> Setting:
    return set_paragraphs(kit, words.split("\n"), width, height, most=cap, least=cap, gap=_PARAGRAPH_GAP)


def _footer(kit: Kit, words: str) -> list[Item]:
    if not words:
        return []
    layout = kit.layout
    at = (layout.x0, 0.943)
    return [text(kit, words, Weight.BOLD, _FOOTER_CAP, kit.palette.text2, at, width=layout.fw)]
