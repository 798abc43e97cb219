"""The camera, which maps the figure's world to pixels.

The camera is orthographic, so spheres look like circles, and lengths do not depend on the distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pygame import Vector3

from kiosk.figure.canvas import Circle, Point
from kiosk.figure.model import Camera


@dataclass(frozen=True)
class Viewpoint:
    """A camera together with a scale and an origin in (supersampled) pixels."""

    towards: Vector3
    """Direction from the figure to the viewer, length 1."""
    right: Vector3
    up: Vector3
    floor_flattening: float
    """Height over width of a circle on the floor."""
    scale: float = 1.0
    origin: Point = (0.0, 0.0)

    @classmethod
    def of(cls, camera: Camera) -> Viewpoint:
        """Return the view of a camera at scale 1, with the world's origin at (0, 0)."""
        yaw, pitch = math.radians(camera.yaw), math.radians(camera.pitch)
        towards = Vector3(math.sin(yaw) * math.cos(pitch), math.sin(pitch), math.cos(yaw) * math.cos(pitch))
        right = Vector3(math.cos(yaw), 0, -math.sin(yaw))
        return cls(towards, right, towards.cross(right), math.sin(pitch))

    def scaled(self, scale: float, origin: Point) -> Viewpoint:
        return Viewpoint(self.towards, self.right, self.up, self.floor_flattening, scale, origin)

    def point(self, world: Vector3) -> Point:
        return (
            self.origin[0] + world.dot(self.right) * self.scale,
            self.origin[1] - world.dot(self.up) * self.scale,
        )

    def circle(self, world: Vector3, radius: float) -> Circle:
        """Return the circle, in pixels, that shows a sphere."""
        x, y = self.point(world)
        return (x, y, radius * self.scale)
