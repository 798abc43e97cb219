"""Drawing the figure: a time in, a picture out. It is pure: it keeps nothing, and needs no disk and no display.

`loading` reads a file into a `model.Figure`, whose loop gives a `pose.Pose` for any time. `skeleton.solve` places its
joints. `drawing.Drawing` paints body and props with a `viewpoint.Viewpoint` onto a `canvas.Canvas`. `draw_clip`
draws every picture of a loop into the content of one file, `contact_sheet` all figures on one sheet.
"""
