"""The proportions of a figure's picture, for placing it before anything is drawn."""

from __future__ import annotations

from pygame import Vector3

from kiosk.figure.model import Figure
from kiosk.figure.skeleton import solve
from kiosk.figure.viewpoint import Viewpoint

THICKNESS = 0.04
"""Distance of the outline from the joints, in body heights. This is about the radius of a limb."""


def width_over_height(figure: Figure) -> float:
    """Return the width of all pictures of a figure together over their height, to within a few percent.

    This takes some 2 ms, because only the key poses are computed.
    """
    view = Viewpoint.of(figure.camera)
    points = [view.point(joint) for pose in figure.poses.values() for joint in solve(pose).joints.values()]
    points += [view.point(corner) for cuboid in figure.room.cuboids for corner in cuboid.corners]
    if ball := figure.room.ball:
        x, y, radius = view.circle(*ball.sphere)
        points += [(x - radius, y - radius), (x + radius, y + radius)]
    if mat := figure.room.mat:
        points += [view.point(Vector3(x, 0, z)) for x in (mat.x0, mat.x1) for z in (mat.z0, mat.z1)]
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    return (width + 2 * THICKNESS) / (height + 2 * THICKNESS)
