"""Draws joints.svg, which shows the joints of a figure by name, and the axes of its world."""

from __future__ import annotations

from pathlib import Path

from kiosk.figure.loading import load_figure
from kiosk.figure.skeleton import solve

HERE = Path(__file__).parent
FIGURE, POSE = HERE.parent / "figures" / "victory.yaml", "crouch"
SCALE, WIDTH, HEIGHT = 620, 900, 660
FLOOR, MIDDLE = 600, 520
BONES = (
    "pelvis neck head",
    *(f"neck sh_{side} el_{side} wr_{side} ha_{side}" for side in "lr"),
    *(f"pelvis hip_{side} kn_{side} an_{side} heel_{side} ball_{side} toe_{side}" for side in "lr"),
)
# Where the name stands beside its joint, in pixels: to the right or to the left, and down.
ASIDE = {"toe": (14, 14), "ball": (12, -8), "heel": (-14, 22), "an": (-14, -8), "pelvis": (0, -16), "neck": (0, -14)}


def main() -> None:
    body = solve(load_figure(FIGURE).poses[POSE])

    def place(joint: str) -> tuple[float, float]:
        point = body[joint]
        return MIDDLE + SCALE * point.x, FLOOR - SCALE * point.y

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        "<style>text{font-family:Roboto,Arial,sans-serif}.t{fill:#F5F7FA;font-size:19px;font-weight:bold}.l{fill:none;stroke-linecap:round}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#0A0D12"/>',
        f'<path class="l" d="M80 {FLOOR} H{WIDTH - 60}" stroke="#2C3747" stroke-width="4"/>',
    ]
    for bone in BONES:
        path = " L".join("{:.0f} {:.0f}".format(*place(joint)) for joint in bone.split())
        parts.append(f'<path class="l" d="M{path}" stroke="#8692A6" stroke-width="12" stroke-linejoin="round"/>')
    x, y = place("head")
    parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{SCALE * 0.064:.0f}" fill="#8692A6"/>')
    for joint in body.joints:
        x, y = place(joint)
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="6" fill="#C8FF3C"/>')
        dx, dy = ASIDE.get(joint.split("_")[0], (16, 6))
        if joint.endswith("_r"):
            dx = -dx
        anchor = "middle" if dx == 0 else "start" if dx > 0 else "end"
        parts.append(f'<text class="t" x="{x + dx:.0f}" y="{y + dy:.0f}" text-anchor="{anchor}">{joint}</text>')
    parts += axes(110, 540)
    (HERE / "joints.svg").write_text("\n".join([*parts, "</svg>", ""]))


def axes(x: int, y: int) -> list[str]:
    """Return the three axes as SVG, with their origin at a place."""
    found = []
    for name, dx, dy in (("x", 90, 0), ("y", 0, -90), ("z", -45, 45)):
        found.append(f'<path class="l" d="M{x} {y} l{dx} {dy}" stroke="#FFC043" stroke-width="5"/>')
        found.append(
            f'<text class="t" x="{x + 1.25 * dx:.0f}" y="{y + 1.25 * dy + 6:.0f}" text-anchor="middle">{name}</text>'
        )
    return found


if __name__ == "__main__":
    main()
