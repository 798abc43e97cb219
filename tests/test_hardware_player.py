"""The player when the loop and the player's thread meet, in all possible orders. The buzzer is a fake."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from threading import Condition

import pytest

from kiosk.hardware import player
from kiosk.hardware.player import Player, Waiter, wait
from kiosk.signals import SIGNALS, edges
from kiosk.timeline import Cue
from tests.interleaving import Turns, every_order

FIRST, SECOND, THIRD = Cue.SWITCH, Cue.GO, Cue.ROUND
"""Cues that begin with different tones. FIRST has an edge after 0.1 s."""
MEET_S = edges(SIGNALS[FIRST])[1].at_s
Call = tuple[float, float | str | None]


class StepBuzzer:
    """A buzzer whose calls give other threads a turn. `calls` has each tone (Hz), None for off, or "closed"."""

    def __init__(self, turns: Turns, fails: float | None = None) -> None:
        self.calls: list[Call] = []
        self.off_fails = 0
        """Number of further calls of `off` that fail."""
        self._turns = turns
        self._fails = fails
        self._inside = False

    def on(self, tone_hz: float) -> None:
        self._call(tone_hz)

    def off(self) -> None:
        self._call(None)

    def close(self) -> None:
        self._call("closed")

    def _call(self, what: float | str | None) -> None:
        assert not self._inside, "two drive the buzzer at once"
        assert (self._turns.now_s, "closed") not in self.calls, "it was closed"
        self._inside = True
        self._turns.pause()
        self.calls.append((round(self._turns.now_s - 100, 6), what))
        self._turns.pause()
        self._inside = False
        if what is None and self.off_fails:
            self.off_fails -= 1
            raise OSError("bad write")
        if what is not None and what == self._fails:
            raise OSError("bad write")


class Scene:
    """A player and its buzzer, used by threads that take turns."""

    def __init__(self, turns: Turns, fails: float | None = None, wait: Waiter = wait) -> None:
        self.turns = turns
        self.buzzer = StepBuzzer(turns, fails)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(player, "Lock", turns.lock)
            patch.setattr(player, "Condition", turns.condition)
            patch.setattr(player, "Thread", turns.thread)
            # When the program ends, no threads take turns any more.
            patch.setattr(atexit, "register", lambda act: None)
            self.player = Player(self.buzzer, "the buzzer", turns.clock, wait)

    def at(self, at_s: float, act: Callable[[], None]) -> Callable[[], None]:
        def later() -> None:
            self.turns.sleep_until(100 + at_s)
            act()

        return later

    def run(self, *acts: Callable[[], None]) -> list[Call]:
        """Run the acts in threads, then close the player; return the buzzer's calls before the closing."""
        self.turns.run(*acts)
        calls = list(self.buzzer.calls)
        self.turns.run(self.player.close)
        assert self.buzzer.calls[-2:] == [(calls[-1][0], None), (calls[-1][0], "closed")]
        return calls

    def sound(self, cue: Cue) -> Callable[[], None]:
        return lambda: self.player.sound(cue)


def plan(cue: Cue, start_s: float) -> list[Call]:
    return [(round(start_s + edge.at_s, 6), edge.tone_hz) for edge in edges(SIGNALS[cue])]


def test_a_cue_sounds_before_the_call_is_over() -> None:
    """The caller drives the first edge, because the player's thread gets no turn while the loop draws."""
    scene = Scene(Turns())

    def sound() -> None:
        scene.player.sound(FIRST)
        assert scene.buzzer.calls == plan(FIRST, 0)[:1]

    assert scene.run(sound) == plan(FIRST, 0)


def test_a_cue_that_meets_an_edge_of_the_last_one_is_never_cut_by_it() -> None:
    def meet(turns: Turns) -> None:
        scene = Scene(turns)
        calls = scene.run(scene.at(0, scene.sound(FIRST)), scene.at(MEET_S, scene.sound(SECOND)))
        begins = calls.index((MEET_S, SIGNALS[SECOND][0].tone_hz))
        assert calls[:begins] in (plan(FIRST, 0)[:1], plan(FIRST, 0)[:2])
        assert calls[begins:] == plan(SECOND, MEET_S)

    assert every_order(meet) > 100


def test_of_two_that_sound_at_once_one_is_left() -> None:
    def meet(turns: Turns) -> None:
        scene = Scene(turns)
        calls = scene.run(
            scene.at(0, scene.sound(FIRST)),
            scene.at(MEET_S, scene.sound(SECOND)),
            scene.at(MEET_S, scene.sound(THIRD)),
        )
        later = [call for call in calls if call[0] > MEET_S]
        assert later in (plan(SECOND, MEET_S)[1:], plan(THIRD, MEET_S)[1:])
        begins = plan(SECOND if later == plan(SECOND, MEET_S)[1:] else THIRD, MEET_S)[0]
        assert calls[calls.index(later[0]) - 1] == begins

    assert every_order(meet) > 100


def test_silence_that_meets_an_edge_stays() -> None:
    def meet(turns: Turns) -> None:
        scene = Scene(turns)
        calls = scene.run(scene.at(0, scene.sound(FIRST)), scene.at(MEET_S, scene.player.silence))
        assert calls[0] == plan(FIRST, 0)[0]
        assert calls[1:] in ([(MEET_S, None)], [(MEET_S, None)] * 2)

    assert every_order(meet) > 100


@pytest.mark.parametrize("at_s", [0.0, MEET_S, edges(SIGNALS[FIRST])[2].at_s])
def test_nothing_sounds_after_closing_whatever_it_meets(at_s: float) -> None:
    def meet(turns: Turns) -> None:
        scene = Scene(turns)
        turns.run(
            scene.at(0, scene.sound(FIRST)),
            scene.at(at_s, scene.player.close),
            scene.at(at_s, scene.sound(SECOND)),
        )
        # The buzzer itself refuses calls after "closed".
        assert [what for _, what in scene.buzzer.calls[-2:]] == [None, "closed"]

    assert every_order(meet) > 100


def test_an_edge_that_fails_does_not_take_the_cue_with_it_that_it_meets() -> None:
    failing = edges(SIGNALS[FIRST])[2]

    def meet(turns: Turns) -> None:
        scene = Scene(turns, fails=failing.tone_hz)
        calls = scene.run(scene.at(0, scene.sound(FIRST)), scene.at(failing.at_s, scene.sound(THIRD)))
        assert calls[-len(plan(THIRD, 0)) :] == plan(THIRD, failing.at_s)

    assert every_order(meet) > 100


def test_silence_that_fails_is_repeated_and_never_cuts_the_cue_that_it_meets() -> None:
    def meet(turns: Turns) -> None:
        scene = Scene(turns)
        scene.buzzer.off_fails = 1
        again_s = MEET_S + player.OFF_AGAIN_S
        calls = scene.run(scene.at(0, scene.sound(Cue.TICK)), scene.at(again_s, scene.sound(SECOND)))
        begins = calls.index((round(again_s, 6), SIGNALS[SECOND][0].tone_hz))
        assert calls[begins:] == plan(SECOND, again_s)
        assert not scene.player.stuck

    assert every_order(meet) > 10


def test_a_thread_that_dies_leaves_silence_behind_it() -> None:
    """Then no caller may switch the buzzer on, because nothing would switch it off again."""

    def meet(turns: Turns) -> None:
        scene = Scene(turns, wait=_raise)
        with pytest.raises(RuntimeError, match="out of the blue"):
            turns.run(scene.at(0, scene.sound(FIRST)))
        turns.run(scene.at(MEET_S, scene.sound(SECOND)))
        assert not scene.buzzer.calls or scene.buzzer.calls[-1][1] is None
        turns.run(scene.player.close)

    assert every_order(meet) > 10


def _raise(condition: Condition, timeout_s: float | None) -> None:
    raise RuntimeError("out of the blue")
