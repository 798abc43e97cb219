"""The parts that scenes are put together from; each is a function that returns items for the display list.

How a scene is written. A scene is one pure function in `kiosk/screen/scenes/`, plus a line in the table `SCENES` of
`kiosk/screen/scenes/__init__.py`:

    def draw(view: FinishedView, t_s: float, kit: Kit) -> list[Item]:
        palette = kit.palette
        return [
            text(kit, "Done!", Weight.BLACK, 0.165, palette.work, (kit.layout.x0, 0.300)),
            box(kit, (x, y, width, height), palette.surface, radius=0.025),
            *call_to_action(kit, "Press to go again", note=f"Start screen in {view.seconds} s", t_s=t_s),
        ]

- Everything is in H, the fraction of the screen's height, and comes from `kit.layout` (x0, x1, fw, rc, rx, lw ...);
  text sizes are cap heights in H, text is placed by its baseline. `layout.rect(...)` and `layout.px(...)` give pixels.
- `text()` with `width` fits: it shrinks down to `least`, then takes the words of `instead`. Give every text that comes
  from a file a `width`. `text()` returns one Item; so do `box`, `outline` and `icon`; widgets return lists.
- Items are listed from far to near. What moves is split from what stands still, so that little is painted again.
- For something that no widget draws, make an `Item(rect, key, paint)`: `rect` in pixels holds all that is painted,
  `key` (hashable) all that the pixels depend on besides `rect` (sizes, colours, texts, whole-pixel heights; never t_s
  itself), `paint(surface)` draws it. Smooth shapes come from `kit.shapes.sprite(key, size, draw, colour)`.
- The same arguments always give the same pixels: no clock, no randomness without a fixed seed.
- The athlete is `figure(kit, name, t_s, box, accent, side=..., arrows=...)`, in pixels of the box.

Modules: text, boxes (box, outline), icons (icon, button, disc), title, stage (figure, steps), panel (panel, head), tank
(tank, digits), ring (ring, ticks, circle), tokens (rounds), sides, cue (cue, lines, banner, hold_card), easier (the
easier option's lane), footer, chips (muscle chips, equipment), flow (names in rows, and
how many are left out), call (call to action), badges.
"""
