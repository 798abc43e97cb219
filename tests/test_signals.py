"""The table of signals. No two are alike, none is too long, and none is cut short except to say what to do now."""

from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.signals import CLICK_S, SIGNALS, Beep, Edge, audible, edges, length_s
from kiosk.timeline import Cue, DueCue

GIVE_WAY = {Cue.TICK, Cue.HALFWAY, Cue.PRESS, Cue.TALLY, Cue.CHOSEN}
"""Cues that ask people to do nothing, so they give way to a signal that is playing."""
GAPS_S = [hundredths / 100 for hundredths in range(301)]
"""Gaps between the starts of two signals, in seconds, up to more than the longest signal."""


def rhythm(cue: Cue) -> list[float]:
    """Return for how many seconds a buzzer of one tone is on each time. Beeps without a gap count as one."""
    found: list[float] = []
    joined = False
    for beep in SIGNALS[cue]:
        if joined:
            found[-1] += beep.on_s
        else:
            found.append(beep.on_s)
        joined = beep.off_s == 0
    return found


def test_every_cue_has_a_signal() -> None:
    assert set(SIGNALS) == set(Cue)


@pytest.mark.parametrize(("one", "other"), [*combinations(Cue, 2)])
def test_no_two_rhythms_are_alike(one: Cue, other: Cue) -> None:
    """The number of beeps differs, or one beep is at least twice as long. Hearing that takes no musical ear."""
    ours, theirs = rhythm(one), rhythm(other)
    if len(ours) == len(theirs):
        assert max(max(a / b, b / a) for a, b in zip(ours, theirs, strict=True)) >= 2


@pytest.mark.parametrize(("one", "other"), [*combinations(Cue, 2)])
def test_no_two_melodies_are_alike(one: Cue, other: Cue) -> None:
    assert SIGNALS[one] != SIGNALS[other]


@pytest.mark.parametrize("cue", Cue)
def test_it_is_over_before_the_next_tick(cue: Cue) -> None:
    """Ticks are one second apart, and a change comes one second after the last tick."""
    assert length_s(cue) < (3.0 if cue is Cue.FINISH else 0.95)


def test_the_press_is_the_shortest_and_the_finish_the_longest() -> None:
    by_length = sorted(Cue, key=length_s)
    assert (by_length[0], by_length[-1]) == (Cue.PRESS, Cue.FINISH)


def test_the_end_has_the_sharpest_tone() -> None:
    def highest(cue: Cue) -> float:
        return max(beep.tone_hz for beep in SIGNALS[cue])

    assert all(highest(cue) < highest(Cue.FINISH) for cue in Cue if cue is not Cue.FINISH)


def test_a_counted_round_takes_less_than_half_of_any_change() -> None:
    changes = set(Cue) - GIVE_WAY
    assert length_s(Cue.TALLY) < 0.5 * min(length_s(cue) for cue in changes)


@pytest.mark.parametrize("cue", Cue)
def test_no_beep_is_too_short_to_sound(cue: Cue) -> None:
    assert min(beep.on_s for beep in SIGNALS[cue]) >= CLICK_S


@pytest.mark.parametrize("cue", [Cue.GO, Cue.LAST_ROUND, Cue.RESUME, Cue.SWITCH, Cue.FINISH, Cue.TALLY, Cue.CHOSEN])
def test_what_begins_rises(cue: Cue) -> None:
    tones = [beep.tone_hz for beep in SIGNALS[cue]]
    assert tones == sorted(set(tones))


@pytest.mark.parametrize("cue", [Cue.CHANGE, Cue.MOVE_ON, Cue.ROUND, Cue.PAUSE])
def test_what_ends_falls(cue: Cue) -> None:
    tones = [beep.tone_hz for beep in SIGNALS[cue]]
    assert tones == sorted(set(tones), reverse=True)


@pytest.mark.parametrize("cue", Cue)
def test_edges_go_forward_and_end_in_silence(cue: Cue) -> None:
    found = edges(SIGNALS[cue])
    times = [edge.at_s for edge in found]
    assert times == sorted(set(times))
    assert found[0].at_s == 0
    assert found[0].tone_hz is not None
    assert found[-1].tone_hz is None


def test_edges_of_beeps_with_and_without_a_gap() -> None:
    assert edges((Beep(800, 1.0), Beep(900, 1.0, 0.5), Beep(700, 2.0, 1.0))) == (
        Edge(0.0, 800),
        Edge(1.0, 900),
        Edge(2.0, None),
        Edge(2.5, 700),
        Edge(4.5, None),
    )
    assert edges(()) == ()


@pytest.mark.parametrize(("first", "second"), [*product(Cue, repeat=2)])
def test_no_signal_cuts_another_one_but_to_say_what_to_do_now(first: Cue, second: Cue) -> None:
    for gap_s in GAPS_S:
        cues = DueCue(10.0, first), DueCue(10.0 + gap_s, second)
        sound = audible(cues).cues
        if second in GIVE_WAY and gap_s < length_s(first):
            assert sound == cues[:1]
        elif second not in GIVE_WAY or gap_s >= length_s(first) + 0.1:
            assert sound == cues
        assert audible(cues[1:], audible(cues[:1]).over_s).cues == sound[1:], "at once or one after the other"


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from(Cue)), max_size=30))
def test_whatever_comes_when_each_is_heard_to_its_end_or_to_the_next_that_says_what_to_do(
    gaps: list[tuple[float, Cue]],
) -> None:
    cues, now_s = [], 0.0
    for gap_s, cue in gaps:
        now_s += gap_s
        cues.append(DueCue(now_s, cue))
    sound = audible(cues).cues
    assert {due for due in cues if due.cue not in GIVE_WAY} <= set(sound)
    assert all(after.cue not in GIVE_WAY or after.at_s >= before.at_s + length_s(before.cue)
               for before, after in pairwise(sound))  # fmt: skip
