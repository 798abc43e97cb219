"""The benchmark: late frames, worked out from made-up ones, and its rows as JSON. Real measurements take minutes."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.bench.figures import shipped_figures
from tests.bench.lateness import Frame
from tests.bench.real_time import frame_rows
from tests.bench.table import Met, Row, as_json

EPOCH_S = 500.0
"""The moment at which the made-up circuits began, in seconds on the monotonic clock."""
FRAME_S, TAKES_S = 1 / 30, 0.004
FIGURE = next(figure for figure in shipped_figures() if figure.id == "glute-bridge")
UP_S = FIGURE.loop[0].move_s
"""Length of the figure's first move, in seconds; then the figure holds still for a second."""


def frames(until_s: float = 4.0, since_s: float = 10.0) -> list[Frame]:
    """Return the frames of a wall that is never late, for an exercise that is shown from `since_s` on."""
    count = int(until_s / FRAME_S)
    return [frame(number * FRAME_S, since_s) for number in range(count)]


def frame(t_s: float, since_s: float = 10.0, takes_s: float = TAKES_S) -> Frame:
    looked_s = EPOCH_S + since_s + t_s
    return looked_s, looked_s + takes_s, FIGURE.id, since_s, t_s


def late(shown: list[Frame]) -> tuple[str, float]:
    """Return the number of late changes, as text, and the longest delay in ms."""
    (row,) = frame_rows(shown, [])
    worst_ms = row.values["worst_ms"]
    assert isinstance(worst_ms, float)
    assert row.met is (Met.YES if row.result == "0" else Met.NO)
    return row.result, worst_ms


def test_a_wall_without_a_hitch_is_never_late_and_says_by_how_much_it_is_not() -> None:
    result, worst_ms = late(frames())
    assert result == "0"
    # A change right after a frame has to wait until the next frame is due and drawn.
    assert 1000 * FRAME_S / 2 < worst_ms <= 1000 * (FRAME_S + TAKES_S)


def test_frames_that_do_not_come_are_one_late_change() -> None:
    shown = [one for one in frames() if not 0.5 < one[4] < 0.62]
    result, worst_ms = late(shown)
    assert result == "1"
    # With 25 pictures a second, the change was due within 40 ms of the last frame before the gap.
    assert 85 < worst_ms < 140


def test_a_frame_that_takes_long_is_late_and_so_is_what_was_due_meanwhile() -> None:
    shown = [one for one in frames() if not 0.5 < one[4] < 0.62]
    at = next(number for number, one in enumerate(shown) if one[4] > 0.5)
    before, after = shown[at - 1], shown[at]
    # This frame begins on time but is on the screen only when the next frame begins.
    slow = frame(before[4] + FRAME_S, takes_s=after[0] - before[0] - FRAME_S)
    result, worst_ms = late([*shown[:at], slow, *shown[at:]])
    assert result == "2"
    assert 85 < worst_ms < 140


def test_nothing_is_late_while_he_holds_still() -> None:
    hold = (UP_S + 0.1, UP_S + 0.9)
    assert late([one for one in frames() if not hold[0] < one[4] < hold[1]])[0] == "0"


def test_the_next_exercise_is_no_change_of_the_last_ones_picture() -> None:
    shown = [*frames(0.5, since_s=10.0), *frames(1.0, since_s=30.0)[20:]]
    assert late(shown)[0] == "0"


def test_what_was_late_while_the_processors_were_busy_is_told_apart() -> None:
    shown = [one for one in frames() if not 0.5 < one[4] < 0.62]
    alone, loaded = frame_rows(shown, [(EPOCH_S + 10.4, EPOCH_S + 11.0)])
    assert (alone.result, loaded.result) == ("0", "1")


@pytest.mark.parametrize("shown", [[], frames(0.02)])
def test_nothing_seen_is_nothing_proved(shown: list[Frame]) -> None:
    (row,) = frame_rows(shown, [])
    assert row.met is Met.NO


def test_what_was_measured_can_be_written_as_json() -> None:
    row = Row("cues", "two", "2", "3", Met.YES, {"answers": Counter(overview=2), "late_ms": [0.5]})
    assert json.loads(json.dumps(as_json([row]))) == [
        {
            "what": "cues",
            "measured": "two",
            "result": "2",
            "target": "3",
            "met": "yes",
            "values": {"answers": {"overview": 2}, "late_ms": [0.5]},
        }
    ]
