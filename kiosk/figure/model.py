"""The figure as its file describes it, with key poses and a loop that moves the figure from pose to pose."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from kiosk.figure.blend import blend, travel
from kiosk.figure.pose import Pose
from kiosk.figure.props import Held, Room
from kiosk.figure.vectors import Triple

Side = Literal["left", "right"]

STEPS_A_SECOND = 25
"""Maximum number of pictures per second of a move, near enough to the screen's 30 to look fluid."""

HALVINGS = 20
"""Number of bisections to find a time within a move, exact to a millionth of the move's duration."""

TRAVEL_A_STEP = 0.0015
"""Minimum distance, in body heights, that the fastest joint moves from picture to picture. This is about one pixel, so
slow breathing needs few pictures."""


def smootherstep(x: float) -> float:
    """Return the height at x of a curve from (0, 0) to (1, 1) with no speed and no acceleration at either end."""
    return x * x * x * (x * (x * 6 - 15) + 10)


EASINGS: Mapping[str, Callable[[float], float]] = {
    "inout": smootherstep,
    "in": lambda x: x * x,
    "out": lambda x: 1 - (1 - x) * (1 - x),
}


class Move(NamedTuple):
    """One entry of a loop. The figure moves to a pose for `move_s`, then stays in the pose for `hold_s`."""

    pose: str
    move_s: float
    hold_s: float
    easing: str


class Step(NamedTuple):
    """One picture of the loop, which is picture `number` of `of` on the way from pose `a` to pose `b`."""

    a: str
    b: str
    number: int
    of: int

    @property
    def share(self) -> float:
        """Share of the way from a to b, 0 to 1. Steps are closer together near both ends, where moves are slow."""
        return smootherstep(self.number / self.of)

    @property
    def name(self) -> str:
        """A name that is different for every step and can be a file name."""
        return f"{self.a}-{self.b}-{self.number}of{self.of}" if self.number else self.a


@dataclass(frozen=True)
class Camera:
    """The direction of the viewer, in degrees: yaw to the figure's side, pitch above the floor."""

    yaw: float
    pitch: float


@dataclass(frozen=True)
class JointArrow:
    """An arrow along the path of a joint from one pose to another, pushed outwards from a pivot."""

    joints: tuple[str, ...]
    pivots: tuple[str, ...]
    start: str
    end: str
    distance: float
    span: tuple[float, float]
    shift: tuple[float, float]
    """Distances to the right and up by which the arrow is moved in the picture, in body heights."""


@dataclass(frozen=True)
class PathArrow:
    """An arrow through two or three points in the world."""

    points: tuple[Triple, ...]


@dataclass(frozen=True)
class Figure:
    """An animated figure. Lengths are in body heights, times in seconds."""

    id: str
    stills: tuple[str, ...]
    """The one or two poses that stand for the movement in a picture that does not move."""
    side: Side | None
    """The side that works unless the picture is mirrored; None if both sides do the same."""
    camera: Camera
    room: Room
    """The props that stay where they are."""
    held: tuple[Held, ...]
    """The props that move with the hands."""
    muscles: tuple[str, ...]
    arrows: tuple[JointArrow | PathArrow, ...]
    shoulder_gap: bool
    """Whether the near shoulder always has its dark gap."""
    poses: Mapping[str, Pose]
    loop: tuple[Move, ...]
    path: Path
    """The file from which the figure was read."""
    digest: str
    """A text that changes with the file's content."""

    @cached_property
    def duration_s(self) -> float:
        """The duration of the loop."""
        return sum(move.move_s + move.hold_s for move in self.loop)

    @cached_property
    def still_s(self) -> float:
        """A time in the loop at which the figure is in the first of its `stills`."""
        at_s = 0.0
        for move in self.loop:
            at_s += move.move_s
            if move.pose == self.stills[0]:
                return at_s + move.hold_s / 2
            at_s += move.hold_s
        raise AssertionError("the still pose is part of the loop: checked on loading")

    def mirrored_for(self, side: str | None) -> bool:
        """Return whether the picture is mirrored when `side` works. If `side` is None, the picture is not mirrored."""
        return side is not None and self.side not in (None, side)

    def at(self, t_s: float) -> Pose:
        """Return the pose at a time. The loop repeats without end, also for negative times."""
        move, before, into_s = self._find(t_s)
        if into_s >= move.move_s:
            return self.poses[move.pose]
        return blend(self.poses[before], self.poses[move.pose], EASINGS[move.easing](into_s / move.move_s))

    def into_hold_s(self, t_s: float) -> float:
        """Return the time for which a pose has been held; negative while the figure is moving to the pose."""
        move, _, into_s = self._find(t_s)
        return into_s - move.move_s

    def step(self, t_s: float) -> Step:
        """Return the step to show at a time."""
        return self.shown(t_s)[0]

    def shown(self, t_s: float) -> tuple[Step, float]:
        """Return the step to show at a time, and the number of seconds for which the step then stays."""
        begins_s, steps = self._schedule
        into_s = t_s % self.duration_s
        at = bisect.bisect(begins_s, into_s)
        return steps[at - 1], (begins_s[at] if at < len(begins_s) else self.duration_s) - into_s

    @cached_property
    def _schedule(self) -> tuple[list[float], list[Step]]:
        """The times in the loop at which steps begin, in order from 0, and the steps themselves."""
        begins_s: list[float] = []
        steps: list[Step] = []
        begun_s, before = 0.0, self.loop[-1].pose
        for move in self.loop:
            # A move and its reverse share their pictures.
            a, b = sorted((before, move.pose))
            count = self._step_counts.get((a, b), 0)
            row = range(count + 1) if before == a else range(count, -1, -1)
            borders = [0.0, *_borders(count)]
            for border, number in zip(borders, row, strict=True):
                step = _step(a, b, number, count)
                if steps[-1:] != [step]:
                    begins_s.append(begun_s + move.move_s * _reached(EASINGS[move.easing], border))
                    steps.append(step)
            begun_s += move.move_s + move.hold_s
            before = move.pose
        return begins_s, steps

    @property
    def still_step(self) -> Step:
        return Step(self.stills[0], self.stills[0], 0, 1)

    @cached_property
    def rows(self) -> tuple[tuple[Step, ...], ...]:
        """The steps of each move in order, from key pose to key pose. A move and its reverse are one row."""
        rows = [
            tuple(_step(a, b, index, count) for index in range(count + 1))
            for (a, b), count in self._step_counts.items()
        ]
        return tuple(rows) or ((self.still_step,),)

    def pose_of(self, step: Step) -> Pose:
        return blend(self.poses[step.a], self.poses[step.b], step.share)

    def _find(self, t_s: float) -> tuple[Move, str, float]:
        """Return the move at a time, the pose before it, and the time since the move began."""
        into_s = t_s % self.duration_s
        before = self.loop[-1].pose
        for move in self.loop:
            if into_s < move.move_s + move.hold_s:
                return move, before, into_s
            into_s -= move.move_s + move.hold_s
            before = move.pose
        return self.loop[-1], before, self.loop[-1].move_s + self.loop[-1].hold_s

    @cached_property
    def _step_counts(self) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        before = self.loop[-1].pose
        for move in self.loop:
            a, b = sorted((before, move.pose))
            before = move.pose
            if a != b:
                moved = travel(self.poses[a], self.poses[b])
                wanted = min(move.move_s * STEPS_A_SECOND, moved / TRAVEL_A_STEP)
                counts[a, b] = max(counts.get((a, b), 1), math.ceil(wanted))
        return counts


@cache
def _borders(count: int) -> list[float]:
    """Return the shares of a move at which its pictures begin, except the first picture."""
    return [smootherstep((i + 0.5) / count) for i in range(count)]


def _reached(easing: Callable[[float], float], share: float) -> float:
    """Return the part (0 to 1) of a move's time after which an easing reaches a share. Easings only rise."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if easing(middle) >= share else (middle, high)
    return low


def _step(a: str, b: str, index: int, count: int) -> Step:
    """Return a step between poses a and b. A key pose is the same step in all moves that begin or end in it."""
    if index == 0:
        return Step(a, a, 0, 1)
    if index == count:
        return Step(b, b, 0, 1)
    return Step(a, b, index, count)
