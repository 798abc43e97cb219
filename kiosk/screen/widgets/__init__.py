"""Widgets, the parts of scenes. Each widget is a function that returns items, or a frame if it moves.

How to write a scene. A scene is one pure function in `kiosk/screen/scenes/`, and a line in the table `SCENES` of
`kiosk/screen/scenes/__init__.py`:

    def draw(view: FinishedView, t_s: float, context: Context) -> Frame:
        return frame(
            [text(context, "Done!", Weight.BLACK, 0.165, context.palette.work, (context.layout.x0, 0.300))],
            call_to_action(context, "Press to go again", note=f"Start screen in {view.seconds} s", t_s=t_s),
        )

- `Frame`, `frame` and `Item` are in `kiosk.screen.display_list`, `Context` in `kiosk.screen.context`, `Weight` in
  `kiosk.screen.fonts`, and each widget in its module below. `context.palette` has the colours (`kiosk.screen.theme`).
- Lengths are in H (the screen's height, in portrait its width) and come from `context.layout` (x0, x1, fw, rc, rx, lw
  ...). Text sizes are cap heights in H, and text is placed by its baseline. `layout.rect(...)` and `layout.px(...)`
  return pixels.
- In portrait the left column is above the right one. The left one is between `BODY_TOP` and `layout.stage_bottom`, the
  right one between `layout.panel_top` and `layout.body_bottom`. What keeps its distance from the bottom of the screen
  is counted from `layout.h` or `layout.bottom`. Test a scene in portrait too.
- `text` with `width` fits the text: it shrinks down to `least`, then takes the words of `instead`. Give every text that
  comes from a file a `width`. Widgets of one thing (`text`, `box`, `icon`, `ring`) return one Item; put it in a list.
- A screen of a running circuit is a `Page` of `kiosk.screen.scenes.running`: left column, panel, cue below, footer.
  `kiosk.screen.scenes.progress` says where the circuit is, in numbers and in words.
- Items are listed from far to near. Keep moving items apart from items that stand still, so that little is repainted.
- Items that move with `t_s` are in a `Frame(items, stays_s)`. `stays_s` is the time for which they look the same. For a
  bar, this is the time in which the bar shrinks by a pixel, but at least `SMOOTH_S` of `kiosk.screen.display_list`.
  `bar` makes one with a grey ground, `part_of_box` any other.
- For something that no widget draws, make a `shape` of one colour, or an `Item(rect, key, paint)`. `rect`, in pixels,
  encloses everything that `paint(surface)` paints. `key` (hashable) is everything that the pixels depend on besides
  `rect`: sizes, colours, texts, whole-pixel heights, but never t_s itself.
- The same arguments must always give the same pixels, so use no clock, and no randomness without a fixed seed.
- The figure is `figure(context, FigureMoment(name, t_s, box.size, accent, ...), box.topleft)`, with the box in pixels.
- Decorate a widget with `cached` if its arguments change a few times a minute at most, and not with time.

Modules: text (a line, a phrase, a clock; fit), title, paragraphs (wrapped text, numbered steps), names (muscle chips,
equipment), boxes (box, outline, bar, part_of_box), icons (icon, button, disc, page_dots, circle, arc, shape), stage
(the figure, or the steps), athletes (figures side by side), panel (head, digits, tank, sides), press (press_bar,
press_frame), amount, work_clock (minutes and seconds, tally), easy (tank, digits), ring (ring, ticks), cue (cue, lines,
banner, hold_card), easier (the easier option's lane), footer, parts (the footer of a class), lap_footer (of an AMRAP
and for time), rows (the list of exercises), part_list (the parts of a class), circuits (the chooser's list), task_rows
and task_sizes (the tasks of an interval), tiles (the stations), station_panel (the panel beside them), rotate (signs
that everybody moves on), form_card, name_stage, call (call to action), confetti, badges.
"""
