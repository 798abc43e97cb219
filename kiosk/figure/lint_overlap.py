"""Rules for what overlaps: limbs that pass through each other, and parts that are painted in the wrong order.

Lengths are in body heights. The limits are those of figures.md, tried on fourteen exercises.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pygame import Vector3

from kiosk.figure.lint_moments import Fault, Moment, Piece, spoken
from kiosk.figure.pose import BODY, LIMBS
from kiosk.figure.props import Cuboid, grips

LIMB_IN_LIMB, HAND_IN_BODY, HELD_IN_BODY = 0.035, 0.045, 0.030
"""Greatest depths of one part in another."""
IN_FRONT = 0.040
"""Depth by which a part may be nearer than what is painted over it."""
HIDDEN = 3
"""Number of spheres that must be painted in the wrong order. A single one at an edge is not seen."""
TOUCH = 0.005
"""Overlap in the picture from which parts that change their order are seen to jump."""
SHOULDER_REACH, HIP_REACH, NECK_REACH, GRIP_REACH = 0.110, 0.130, 0.100, 0.100
"""Distances from the joint of two parts within which they always overlap."""


# --- through each other -----------------------------------------------------------------------------------------------


def through(moment: Moment) -> Iterator[Fault]:
    """Find limbs and held props that pass through a part of the body."""
    parts = moment.pieces
    for one, other in itertools.combinations(BODY, 2):
        if one not in LIMBS:
            continue
        for p, q, depth in _deep(_solid(one, other, parts), _solid(other, one, parts)):
            hands = p.bone.endswith("hand") + q.bone.endswith("hand")
            if hands == 2:
                continue
            limit = HAND_IN_BODY if hands else LIMB_IN_LIMB
            if depth > limit:
                rule = "hand on body" if hands else "through"
                yield _passes(rule, p, q, depth, limit, moment)
    for held in moment.figure.held:
        for part in BODY:
            own = part.startswith("arm") and part[-1] in held.hands
            body = [one for one in parts[part] if not own or one.bone.endswith("upper arm")]
            for p, q, depth in _deep(parts[held.part], body):
                if depth > HELD_IN_BODY:
                    yield _passes("held in body", p, q, depth, HELD_IN_BODY, moment)


def _solid(part: str, other: str, parts: dict[str, list[Piece]]) -> list[Piece]:
    """Return the pieces of a part that must not be in another part. Near a common joint they always are."""
    pieces = parts[part]
    if other == "torso":
        return [one for one in pieces if "upper arm" not in one.bone and "thigh" not in one.bone]
    return pieces if part != "head" else [one for one in pieces if one.bone == "head"]


def _deep(ones: Sequence[Piece], others: Sequence[Piece]) -> Iterator[tuple[Piece, Piece, float]]:
    """Yield pairs of pieces that overlap in the world, with the depth of the overlap."""
    if not ones or not others or _apart(ones, others):
        return
    for p in ones:
        for q in others:
            if abs(p.x - q.x) < p.radius + q.radius:
                depth = p.radius + q.radius - (p.centre - q.centre).length()
                if depth > 0:
                    yield p, q, depth


def _apart(ones: Sequence[Piece], others: Sequence[Piece]) -> bool:
    """Return whether two parts are apart in the picture, so that nothing can overlap."""
    (left, right, low, high), (left2, right2, low2, high2) = _extent(ones), _extent(others)
    return right < left2 or right2 < left or high < low2 or high2 < low


def _extent(pieces: Sequence[Piece]) -> tuple[float, float, float, float]:
    """Return the left, right, lower and upper edge of some pieces in the picture."""
    return (
        min(one.x - one.radius for one in pieces),
        max(one.x + one.radius for one in pieces),
        min(one.y - one.radius for one in pieces),
        max(one.y + one.radius for one in pieces),
    )


def _passes(rule: str, p: Piece, q: Piece, depth: float, limit: float, moment: Moment) -> Fault:
    what = f"the {p.bone} is {depth:.3f} deep in the {q.bone}; at most {limit:.3f}"
    return Fault(rule, f"{p.bone}, {q.bone}", depth - limit, moment, what)


# --- the order of painting --------------------------------------------------------------------------------------------


def order(moment: Moment) -> Iterator[Fault]:
    """Find parts that are painted under what lies behind them."""
    painted = moment.pose.order
    for i, under in enumerate(painted):
        for over in painted[i + 1 :]:
            wrong = _wrong(moment, under, over)
            count = sum(HIDDEN if one in moment.pieces and one not in BODY else 1 for one, _ in wrong)
            if count >= HIDDEN:
                depth = max(depth for _, depth in wrong)
                how = f"but {depth:.3f} in front of it; at most {IN_FRONT}"
                what = f"{spoken(under)} is painted under {spoken(over)}, {how}"
                yield Fault("order", f"{under}, {over}", depth - IN_FRONT, moment, what)


def _wrong(moment: Moment, under: str, over: str) -> list[tuple[str, float]]:
    """Return how far the spheres of the part under another are in front of it, for each sphere that is covered.

    A block or ball has no spheres: then those of the body tell.
    """
    parts, found = moment.pieces, []
    if under in parts and over in parts:
        lower, upper = _free(moment, under, over)
        if not lower or not upper or _apart(lower, upper):
            return []
        for p in lower:
            fronts = [
                q.depth + math.sqrt(squared)
                for q in upper
                if abs(p.x - q.x) < q.radius and (squared := _covered(p, q)) > 0
            ]
            if fronts and (depth := p.depth + p.radius - max(fronts)) > IN_FRONT and not _hidden(moment, under, p):
                found.append((under, depth))
    else:
        part, solid, sign = (under, over, 1) if under in parts else (over, under, -1)
        for p in parts.get(part, ()):
            surface = _surface(moment, solid, p)
            if surface is None or _hidden(moment, part, p):
                continue
            if (depth := sign * (p.depth + p.radius - surface)) > IN_FRONT:
                found.append((part, depth))
    return found


def _hidden(moment: Moment, part: str, piece: Piece) -> bool:
    """Return whether a piece is hidden anyway, by a part that is painted later and is in front of it."""
    later = moment.pose.order[moment.pose.order.index(part) + 1 :]
    return any(
        (squared := _covered(piece, q)) > 0 and q.depth + math.sqrt(squared) > piece.depth + piece.radius
        for one in later
        for q in moment.pieces.get(one, ())
    )


def _covered(p: Piece, q: Piece) -> float:
    """Return a positive number if q covers the middle of p: the square of q's height over it."""
    return q.radius**2 - (p.x - q.x) ** 2 - (p.y - q.y) ** 2


def _free(moment: Moment, one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of two parts away from the joint at which they meet."""
    joints = _joints(moment, one, other)
    kept = [
        [p for p in moment.pieces[part] if all((p.centre - at).length() > reach for at, reach in joints)]
        for part in (one, other)
    ]
    return kept[0], kept[1]


def _joints(moment: Moment, one: str, other: str) -> list[tuple[Vector3, float]]:
    """Return the joints at which two parts meet, each with the distance up to which the parts overlap."""
    body, pair = moment.body, {one, other}
    found = []
    if "torso" in pair:
        (limb,) = pair - {"torso"}
        if limb == "head":
            found.append((body["neck"], NECK_REACH))
        elif limb in LIMBS:
            joint, reach = ("sh", SHOULDER_REACH) if limb.startswith("arm") else ("hip", HIP_REACH)
            found.append((body[f"{joint}_{limb[-1]}"], reach))
    elif pair == {"leg_l", "leg_r"}:
        found += [(body["hip_l"], HIP_REACH), (body["hip_r"], HIP_REACH)]
    for held in moment.figure.held:
        if held.part in pair:
            (part,) = pair - {held.part}
            if part.startswith("arm") and part[-1] in held.hands:
                found += [(at, GRIP_REACH) for at in grips(held, body)]
    return found


def _surface(moment: Moment, part: str, piece: Piece) -> float | None:
    """Return how far towards the viewer a block or the ball reaches at the middle of a piece; None if it is aside."""
    room = moment.figure.room
    if part == "ball" and room.ball:
        centre, radius = room.ball.sphere
        view = moment.view
        aside = (piece.x - centre.dot(view.right)) ** 2 + (piece.y - centre.dot(view.up)) ** 2
        return centre.dot(view.towards) + math.sqrt(radius**2 - aside) if aside < radius**2 else None
    surfaces = [_front(cuboid, moment, piece) for cuboid in room.blocks.get(part, ())]
    return max((surface for surface in surfaces if surface is not None), default=None)


def _front(cuboid: Cuboid, moment: Moment, piece: Piece) -> float | None:
    """Return where the line from the viewer through the middle of a piece enters a cuboid, as a depth."""
    # Legs and posts hide nothing.
    if cuboid.thin:
        return None
    towards = moment.view.towards
    nearest, farthest = math.inf, -math.inf
    for axis, (low, high) in enumerate(((cuboid.x0, cuboid.x1), (cuboid.y0, cuboid.y1), (cuboid.z0, cuboid.z1))):
        at, slope = piece.centre[axis], towards[axis]
        if abs(slope) < 1e-9:
            if not low <= at <= high:
                return None
            continue
        first, last = sorted(((low - at) / slope, (high - at) / slope))
        nearest, farthest = min(nearest, last), max(farthest, first)
    return piece.depth + nearest if nearest > farthest else None


def swaps(found: Sequence[Moment]) -> Iterator[Fault]:
    """Find parts that change their order of painting while they overlap in the picture."""
    for before, after in itertools.pairwise([*found, found[0]]):
        if before.pose.order == after.pose.order:
            continue
        was = {part: i for i, part in enumerate(before.pose.order)}
        now = {part: i for i, part in enumerate(after.pose.order)}
        for one, other in itertools.combinations(now, 2):
            if (was[one] < was[other]) != (now[one] < now[other]) and _overlap(after, one, other):
                what = f"{spoken(one)} and {spoken(other)} change their order of painting while they overlap"
                yield Fault("swap", f"{one}, {other}", 0.0, after, what)


def _overlap(moment: Moment, one: str, other: str) -> bool:
    parts = moment.pieces
    if one in parts and other in parts:
        ones, others = _free(moment, one, other)
        return any(math.hypot(p.x - q.x, p.y - q.y) < p.radius + q.radius - TOUCH for p in ones for q in others)
    body, solid = (one, other) if one in parts else (other, one)
    return any(_surface(moment, solid, piece) is not None for piece in parts.get(body, ()))
