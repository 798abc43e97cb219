"""Widgets, the parts of scenes. Each is a function that returns items, or a frame if it moves.

How to write a scene. A scene is one pure function in `kiosk/screen/scenes/`, and a line in the table `SCENES` of
`kiosk/screen/scenes/__init__.py`:

    def draw(view: FinishedView, t_s: float, kit: Kit) -> Frame:
        return frame(
            [text(kit, "Done!", Weight.BLACK, 0.165, kit.palette.work, (kit.layout.x0, 0.300))],
            call_to_action(kit, "Press to go again", note=f"Start screen in {view.seconds} s", t_s=t_s),
        )

- Lengths are in H, the screen's height, and come from `kit.layout` (x0, x1, fw, rc, rx, lw ...). Text sizes are cap
  heights in H; text is placed by its baseline. `layout.rect(...)` and `layout.px(...)` return pixels.
- `text` with `width` fits the text: it shrinks down to `least`, then takes the words of `instead`. Give every text that
  comes from a file a `width`. `text`, `box`, `outline` and `icon` return one Item; other widgets return lists.
- Items are listed from far to near. Keep what moves apart from what stands still, so that little is repainted.
- For something that no widget draws, make an `Item(rect, key, paint)`. `rect`, in pixels, holds everything that
  `paint(surface)` paints. `key` (hashable) is everything that the pixels depend on besides `rect`: sizes, colours,
  texts, whole-pixel heights, but never t_s itself. `kit.shapes.sprite(key, size, draw, colour)` makes smooth shapes.
- The same arguments always give the same pixels: no clock, and no randomness without a fixed seed.
- The figure is `figure(kit, name, t_s, box, accent, side=..., arrows=...)`, with the box in pixels.
- Decorate a widget with `cached` if its arguments change a few times a minute at most, and not with time.

Modules: text, boxes (box, outline), icons (icon, button, disc), title, stage (figure, steps), panel (panel, head), tank
(tank, digits), ring (ring, ticks, circle), tokens (rounds), sides, cue (cue, lines, banner, hold_card), easier (the
easier option's lane), footer, chips (muscle chips, equipment), flow (names in rows), call (call to action), badges.
"""
