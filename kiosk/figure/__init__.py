"""Draws the picture of a figure at a given time. Drawing has no side effects, and needs no disk and no display.

`loading` reads a file into a `model.Figure`, whose loop gives a `pose.Pose` for any time. `skeleton.solve` places the
joints of a pose. `drawing.Drawing` paints the body and the props with a `viewpoint.Viewpoint` on a `canvas.Canvas`.
`draw_clip` draws every picture of a loop into the content of one file, `contact_sheet` all figures on one sheet.
`lint` finds what a figure does that no body can do, or that no viewer should see.
"""
