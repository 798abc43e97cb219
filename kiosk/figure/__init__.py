"""The figure: from its file to pictures. Pure: a time in, a picture out; no disk, no memory, no display.

`loading` reads a file into a `model.Figure`, whose loop gives a `pose.Pose` for any time. `skeleton.solve` places its
joints. `drawing.Drawing` paints body and props with a `viewpoint.Viewpoint` onto a `canvas.Canvas`.
"""
