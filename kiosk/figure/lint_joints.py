"""Rules for joints: how far they bend, which way knees point, how fast hands and feet move, what they reach.

The ranges are those of figures.md, tried on fourteen exercises: what a healthy adult can do, with a little to spare.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pygame import Vector3

from kiosk.figure.blend import JOINTS
from kiosk.figure.lint_moments import SIDES, Fault, Moment
from kiosk.figure.pose import LIMBS, Limb
from kiosk.figure.shapes import BALL_RADIUS, HEEL_RADIUS
from kiosk.figure.skeleton import Skeleton, solve
from kiosk.figure.vectors import Axes, perpendicular, unit

KNEE = ELBOW = 150.0
FLEXION, EXTENSION, ABDUCTION = 140.0, 30.0, 60.0
NECK, TRUNK = 60.0, 75.0
"""Greatest angles of the joints, in degrees. Within TRUNK the spine bends gently: 9 degrees from step to step."""
POLE = 20.0
"""Smallest angle between a limb and its pole. Nearer, the elbow or knee jumps from one side to the other."""
KNEE_TOES, KNEE_BENT = 30.0, 25.0
"""Greatest angle between knee and toes, and the bend of the knee from which it counts."""
LYING = 0.3
"""Smallest share of the knee's direction that lies along the floor. Of a leg on its back it says nothing."""
FLAT = 0.010
"""Height of heel and ball above the floor up to which a foot counts as flat."""
SPEED, JUMP = 7.0, 0.25
"""Greatest speed of a hand or foot in body heights a second, and greatest distance from picture to picture."""
MISSED = 0.005
"""Greatest distance of a hand or foot from its place in the world, unless the place moves."""
PICTURES = 90
"""Greatest number of different pictures in a loop."""
SAME_TIME_S = 0.002
"""Time between two moments below which a speed cannot be told."""


def joints(moment: Moment) -> Iterator[Fault]:
    body = moment.body
    for side, word in SIDES.items():
        shoulder, elbow, wrist = (body[f"{name}_{side}"] for name in JOINTS["arm"])
        hip, knee, ankle = (body[f"{name}_{side}"] for name in JOINTS["leg"])
        yield from _over("knee", f"the {word} knee bends", (knee - hip).angle_to(ankle - knee), KNEE, moment)
        yield from _over("elbow", f"the {word} elbow bends", (elbow - shoulder).angle_to(wrist - elbow), ELBOW, moment)
        thigh = unit(knee - hip)
        outwards = thigh.dot(body.pelvis.left) * (1 if side == "l" else -1)
        flexion = math.degrees(math.atan2(thigh.dot(body.pelvis.front), -thigh.dot(body.pelvis.up)))
        aside = math.degrees(math.asin(max(-1.0, min(1.0, outwards))))
        yield from _over("hip", f"the {word} hip bends", flexion, FLEXION, moment)
        yield from _over("hip", f"the {word} hip stretches backwards", -flexion, EXTENSION, moment)
        yield from _over("hip", f"the {word} thigh turns outwards", aside, ABDUCTION, moment)
    yield from _over("neck", "the head turns against the chest", _turn(body.head, body.chest), NECK, moment)
    yield from _over("trunk", "the chest turns against the pelvis", _turn(body.chest, body.pelvis), TRUNK, moment)


def _over(rule: str, what: str, angle: float, limit: float, moment: Moment) -> Iterator[Fault]:
    if angle > limit:
        yield Fault(rule, what, angle - limit, moment, f"{what} {angle:.1f} degrees; at most {limit:.0f}")


def _turn(one: Axes, other: Axes) -> float:
    """Return the angle of the rotation between two body parts, whatever its axis."""
    trace = one.left.dot(other.left) + one.up.dot(other.up) + one.front.dot(other.front)
    return math.degrees(math.acos(max(-1.0, min(1.0, (trace - 1) / 2))))


def knees_over_toes(moment: Moment) -> Iterator[Fault]:
    """Find knees that do not point where the toes do. A kneeling leg may: its foot points backwards."""
    body = moment.body
    for side, word in SIDES.items():
        hip, knee, ankle, heel, ball = (body[f"{name}_{side}"] for name in ("hip", "kn", "an", "heel", "ball"))
        if {f"knee_{side}", f"instep_{side}"} & moment.pose.contacts:
            continue
        if (
            heel.y > HEEL_RADIUS + FLAT
            or ball.y > BALL_RADIUS + FLAT
            or (knee - hip).angle_to(ankle - knee) <= KNEE_BENT
        ):
            continue
        forward, toes = perpendicular(knee - hip, unit(ankle - hip)), ball - heel
        forward.y = toes.y = 0
        if forward.length() < LYING:
            continue
        angle = forward.angle_to(toes)
        if angle > KNEE_TOES:
            what = f"the {word} knee points {angle:.0f} degrees away from the toes; at most {KNEE_TOES:.0f}"
            yield Fault("knee over toes", word, angle - KNEE_TOES, moment, what)


def poles(moment: Moment) -> Iterator[Fault]:
    body = moment.body
    for name in LIMBS:
        limb: Limb = getattr(moment.pose, name)
        side, kind = SIDES[name[-1]], name[:3]
        root, middle, end = (body[f"{joint}_{name[-1]}"] for joint in JOINTS[kind])
        along = end - root if limb.bend is None else middle - root
        angle = body.axes(limb.pole_space).place(limb.pole).angle_to(along)
        nearest = min(angle, 180 - angle)
        if nearest < POLE:
            what = f"the pole of the {side} {kind} lies {nearest:.0f} degrees from the {kind}; at least {POLE:.0f}"
            yield Fault("pole", name, POLE - nearest, moment, what)


def reach(moment: Moment) -> Iterator[Fault]:
    """Find hands and feet that do not reach their place in the world. A place that moves may be out of reach."""
    start, end = (moment.figure.poses[name] for name in (moment.a, moment.b))
    for name in LIMBS:
        limb, first, last = (getattr(pose, name) for pose in (moment.pose, start, end))
        if limb.space != "world" or limb.bend is not None or (first.space, first.place) != (last.space, last.place):
            continue
        tip = "wr" if name.startswith("arm") else "ball" if limb.by_ball else "an"
        missed = (moment.body[f"{tip}_{name[-1]}"] - Vector3(limb.place)).length()
        if missed > MISSED:
            part = {"wr": "wrist", "ball": "ball of the foot", "an": "ankle"}[tip]
            what = f"the {SIDES[name[-1]]} {part} misses its place by {missed:.3f}; at most {MISSED}"
            yield Fault("reach", name, missed - MISSED, moment, what)


def speed(found: Sequence[Moment]) -> Iterator[Fault]:
    figure = found[0].figure
    for before, after in itertools.pairwise([*found, found[0]]):
        seconds = (after.t_s - before.t_s) % figure.duration_s
        if seconds < SAME_TIME_S:
            continue
        for joint, word, moved in _moved(before.body, after.body):
            if moved / seconds > SPEED:
                what = f"the {word} moves {moved / seconds:.1f} body heights a second; at most {SPEED:.0f}"
                yield Fault("speed", joint, moved / seconds - SPEED, before, what)


def pictures(found: Sequence[Moment]) -> Iterator[Fault]:
    """Find loops of too many pictures, and hands and feet that jump from one picture to the next."""
    figure = found[0].figure
    count = len({step for row in figure.rows for step in row})
    if count > PICTURES:
        what = f"the loop has {count} pictures; at most {PICTURES}"
        yield Fault("pictures", "", count - PICTURES, found[0], what)
    for row in figure.rows:
        bodies = [solve(figure.pose_of(step)) for step in row]
        ends = {row[0].name, row[-1].name}
        moment = next((one for one in found if {one.a, one.b} == ends), found[0])
        for before, after in itertools.pairwise(bodies):
            for joint, word, moved in _moved(before, after):
                if moved > JUMP:
                    what = f"the {word} moves {moved:.2f} from picture to picture; at most {JUMP}"
                    yield Fault("speed", f"{joint} picture", moved - JUMP, moment, what)


def _moved(before: Skeleton, after: Skeleton) -> Iterator[tuple[str, str, float]]:
    for joint, word in (("ha", "hand"), ("ball", "foot")):
        for side, name in SIDES.items():
            moved = (after[f"{joint}_{side}"] - before[f"{joint}_{side}"]).length()
            yield f"{joint}_{side}", f"{name} {word}", moved
