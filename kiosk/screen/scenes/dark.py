"""Dark: a black screen, for a television that sleeps or should sleep."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.display_list import Frame
from kiosk.screen.kit import Kit
from kiosk.screen.widgets.boxes import box_px
from kiosk.view import DarkView

BLACK: Colour = (0, 0, 0)


def draw(view: DarkView, t_s: float, kit: Kit) -> Frame:
    # This is darker than the wall's background: a panel that is on should give no light.
    return Frame([box_px(kit, kit.layout.screen_px, BLACK)])
