"""Rules for what touches what: contacts that are declared, what slides, what sinks in, and whether a pose stands.

Lengths are in body heights. The limits are those of figures.md, tried on fourteen exercises.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pygame import Vector3

from kiosk.figure.canvas import Point, circle_points, convex_hull
from kiosk.figure.contacts import CONTACTS, contact_points
from kiosk.figure.lint_moments import SIDES, Fault, Moment, Piece, gap, gap_of, key_moments, outside, spoken
from kiosk.figure.props import Room
from kiosk.figure.shapes import TOE_RADIUS, Sphere
from kiosk.figure.skeleton import Skeleton
from kiosk.figure.vectors import mean

OFF = 0.010
"""Greatest distance of a declared contact from its surface."""
RESTS = 0.004
"""Distance from floor or box up to which a part rests there, declared or not."""
DRIFT = 0.008
"""Greatest distance by which a part that rests may slide."""
TRUNK_DRIFT = 0.030
"""The same for trunk and head, which roll: then their middle moves, not the place where they touch."""
LANDING_S = 0.060
"""Time after landing and before leaving in which a part that is not declared may still slide."""
SINKS = 0.014
"""Greatest depth in the floor or in a prop. What carries weight is a little flatter than its sphere."""
BALL_SHARE, SPINE_RADIUS, BALL_SINKS = 0.97, 0.052, 0.012
"""A ball gives under the trunk: its radius shrinks to this share. Then half the trunk's thickness, and the limit."""
BALANCE = 0.010
"""Greatest distance of the mass centre outside the support."""
HOLD_S = 0.25
"""Duration of a hold from which a pose must stand."""

HEAD_MASS, TRUNK_MASS = 0.081, 0.497
MASSES = {"arm": (0.028, 0.016, 0.006), "leg": (0.100, 0.0465, 0.0145)}
CENTRES = {"arm": (0.436, 0.430, 0.506), "leg": (0.433, 0.433, 0.5)}
"""Mass of each segment as a share of the whole, and its centre as a share of its length, from the upper end.

From Winter, Biomechanics and Motor Control of Human Movement, table of anthropometric data (after Dempster).
"""
SEGMENTS = {"arm": ("sh", "el", "wr", "ha"), "leg": ("hip", "kn", "an", "toe")}


# --- declared contacts ------------------------------------------------------------------------------------------------


def declared(found: Sequence[Moment]) -> Iterator[Fault]:
    """Find declared contacts off their surface, and poses that touch something and declare nothing."""
    figure = found[0].figure
    if not any(pose.contacts for pose in figure.poses.values()):
        yield Fault("contacts", "", 0.0, found[0], "the figure declares no contacts")
        return
    for moment in key_moments(found):
        if not moment.contacts and (name := _touching(moment)):
            what = f"the pose declares no contacts, but {spoken(name)} touches something"
            yield Fault("contacts", moment.a, 0.0, moment, what)
    for moment in found:
        for name in moment.contacts:
            for number, point in enumerate(contact_points(moment.body, name)):
                off = gap_of(figure.room, point)
                if abs(off) > OFF:
                    way = "above" if off > 0 else "inside"
                    what = f"{_spoken(name, number)} is {abs(off):.3f} {way} what it rests on; at most {OFF:.3f}"
                    yield Fault("contacts", f"{name}{number}", abs(off) - OFF, moment, what)


def _touching(moment: Moment) -> str | None:
    """Return a contact within reach of a surface, or None."""
    for name in CONTACTS:
        if all(abs(gap_of(moment.figure.room, point)) <= OFF for point in contact_points(moment.body, name)):
            return name
    return None


def _spoken(contact: str, number: int = 0) -> str:
    """Return the name of a contact's point as a part of a sentence."""
    name, _, side = contact.partition("_")
    points = {"foot": ("heel", "ball of the foot"), "ball": ("ball of the foot",), "forearm": ("elbow", "wrist")}
    word = points.get(name, (name,))[number]
    return spoken(f"{word}_{side}" if side else word)


# --- what slides ------------------------------------------------------------------------------------------------------

_TRACKS = ("heel", "ball", "toe", "instep", "knee", "hand", "elbow")


def drift(found: Sequence[Moment]) -> Iterator[Fault]:
    """Find parts that slide while they rest on something."""
    for name in CONTACTS:
        limit = DRIFT if "_" in name else TRUNK_DRIFT
        rests = [name in moment.contacts for moment in found]
        for number in range(2 if name.startswith(("foot", "forearm")) else 1):
            places = [
                mean([sphere.centre for sphere in contact_points(moment.body, name)[number]]) if on else Vector3()
                for moment, on in zip(found, rests, strict=True)
            ]
            yield from _slides(found, rests, places, _spoken(name, number), limit, 0.0)
    for kind, side in itertools.product(_TRACKS, SIDES):
        name = f"{kind}_{side}"
        spheres = [contact_points(moment.body, name)[0][0] for moment in found]
        rests = [abs(gap(moment.figure.room, sphere)) <= RESTS for moment, sphere in zip(found, spheres, strict=True)]
        places = [sphere.centre for sphere in spheres]
        yield from _slides(found, rests, places, _spoken(name), DRIFT, LANDING_S)


def _slides(
    found: Sequence[Moment], rests: list[bool], places: list[Vector3], what: str, limit: float, settle_s: float
) -> Iterator[Fault]:
    duration_s = found[0].figure.duration_s
    for run in _runs(rests):
        since_s = [(found[i].t_s - found[run[0]].t_s) % duration_s for i in run]
        # What always rests neither lands nor leaves.
        first_s, last_s = (settle_s, since_s[-1] - settle_s) if len(run) < len(found) else (0.0, duration_s)
        kept = [i for i, t_s in zip(run, since_s, strict=True) if first_s <= t_s <= last_s]
        if not kept:
            continue
        farthest = max(kept, key=lambda i: (places[i] - places[kept[0]]).length())
        worst = max(kept, key=lambda i: (places[i] - places[farthest]).length())
        slid = (places[worst] - places[farthest]).length()
        if slid > limit:
            text = f"{what} slides by {slid:.3f} while it rests; at most {limit:.3f}"
            yield Fault("drift", what, slid - limit, found[farthest], text)


def _runs(rests: Sequence[bool]) -> list[list[int]]:
    """Return the places in the loop at which something rests, as runs. A run may go on past the loop's end."""
    count = len(rests)
    if all(rests):
        return [list(range(count))]
    start = rests.index(False)
    turned = [(start + i) % count for i in range(count)]
    return [list(run) for on, run in itertools.groupby(turned, key=lambda i: rests[i]) if on]


# --- what sinks in ----------------------------------------------------------------------------------------------------


def sinking(moment: Moment) -> Iterator[Fault]:
    """Find parts of the body and held props in the floor or in a prop."""
    room = moment.figure.room
    blocks = [
        (part, cuboid)
        for part, cuboids in room.blocks.items()
        for cuboid in cuboids
        # The spheres of a body are no measure for legs and posts.
        if not cuboid.thin
    ]
    for part, pieces in moment.pieces.items():
        for piece in pieces:
            depth = piece.radius - piece.centre.y
            if depth > SINKS:
                yield _sinks("floor", "the floor", piece, depth, moment)
            for block, cuboid in blocks:
                if block == "bar" and part.startswith("arm"):
                    continue
                depth = piece.radius - outside(cuboid, piece.centre)
                if depth > SINKS:
                    yield _sinks("block", f"the {block}", piece, depth, moment)
            if room.ball and piece.bone != "trunk":
                depth = piece.radius + room.ball.radius - (piece.centre - room.ball.sphere.centre).length()
                if depth > SINKS:
                    yield _sinks("ball", "the ball", piece, depth, moment)
    if room.ball:
        depth = _depth_of_trunk(room, moment.body)
        if depth > BALL_SINKS:
            what = f"the trunk is {depth:.3f} deep in the ball; at most {BALL_SINKS}"
            yield Fault("ball", "trunk", depth - BALL_SINKS, moment, what)


def _sinks(rule: str, into: str, piece: Piece, depth: float, moment: Moment) -> Fault:
    what = f"the {piece.bone} is {depth:.3f} deep in {into}; at most {SINKS}"
    return Fault(rule, f"{piece.bone} {into}", depth - SINKS, moment, what)


def _depth_of_trunk(room: Room, body: Skeleton) -> float:
    assert room.ball
    centre = room.ball.sphere.centre
    points = [a.lerp(b, i / 10) for a, b in itertools.pairwise(body.spine) for i in range(11)]
    nearest = min((point - centre).length() for point in points)
    return BALL_SHARE * room.ball.radius + SPINE_RADIUS - nearest


# --- balance ----------------------------------------------------------------------------------------------------------


def balance(found: Sequence[Moment]) -> Iterator[Fault]:
    """Find held poses whose mass centre is not over what carries them. What hangs from a bar needs no balance."""
    figure = found[0].figure
    holds = {move.pose: move.hold_s for move in figure.loop if move.hold_s >= HOLD_S}
    for moment in key_moments(found):
        if moment.a not in holds or not any(pose.contacts for pose in figure.poses.values()):
            continue
        if any(name.startswith("grip") for name in moment.contacts):
            continue
        if not moment.contacts:
            what = f"nothing carries the pose, which is held for {holds[moment.a]:.2f} s"
            yield Fault("balance", moment.a, 0.0, moment, what)
            continue
        centre = mass_centre(moment.body)
        beyond = -_inside(convex_hull(_support(moment)), (centre.x, centre.z))
        if beyond > BALANCE:
            what = f"the mass centre is {beyond:.3f} outside the support; at most {BALANCE:.3f}"
            yield Fault("balance", moment.a, beyond - BALANCE, moment, what)


def mass_centre(body: Skeleton) -> Vector3:
    total = body["head"] * HEAD_MASS + (body["pelvis"] + body["neck"]) / 2 * TRUNK_MASS
    for kind, side in itertools.product(("arm", "leg"), SIDES):
        ends = [body[f"{joint}_{side}"] for joint in SEGMENTS[kind]]
        for (a, b), mass, share in zip(itertools.pairwise(ends), MASSES[kind], CENTRES[kind], strict=True):
            total += a.lerp(b, share) * mass
    return total


def _support(moment: Moment) -> list[Point]:
    """Return points around all contacts, seen from above. Toes and hands reach beyond the point that is declared."""
    spheres: list[Sphere] = []
    for name in moment.contacts:
        kind, _, side = name.partition("_")
        spheres += [sphere for point in contact_points(moment.body, name) for sphere in point]
        if kind in ("foot", "ball"):
            spheres.append(Sphere(moment.body[f"toe_{side}"], TOE_RADIUS))
        elif kind in ("hand", "forearm"):
            spheres += [Sphere(moment.body[f"{joint}_{side}"], 0.020) for joint in ("wr", "ha")]
    return [point for sphere in spheres for point in circle_points((sphere.centre.x, sphere.centre.z, sphere.radius))]


def _inside(polygon: Sequence[Point], point: Point) -> float:
    """Return the distance of a point from the edge of a convex polygon; negative outside."""
    nearest = math.inf
    inside = True
    for (ax, ay), (bx, by) in itertools.pairwise([*polygon, polygon[0]]):
        dx, dy = bx - ax, by - ay
        px, py = point[0] - ax, point[1] - ay
        inside = inside and dx * py - dy * px >= 0
        share = max(0.0, min(1.0, (px * dx + py * dy) / (dx * dx + dy * dy)))
        nearest = min(nearest, math.hypot(px - share * dx, py - share * dy))
    return nearest if inside else -nearest
