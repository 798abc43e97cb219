"""The order in which the app's loop does things, tested with a clock that the test moves."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from kiosk.app import App, Decision, Urgent
from kiosk.errors import DisplayLostError, FontError
from kiosk.session import Command, Phase, Session
from kiosk.stop import Stop
from kiosk.timeline import Cue, Kind, Timeline
from kiosk.view import CountInView, ErrorView, FinishedView, IntervalView, Moment, PausedView, View
from tests.samples import circuit


@dataclass(eq=False)
class World:
    """A clock, and an input, display and sounder for an app in one object. `log` records what happened."""

    now_s: float = 100.0
    commands: list[tuple[Command, float]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    frames: list[Moment] = field(default_factory=list)
    warmed_up: list[Moment] = field(default_factory=list)
    prepared_s: list[float] = field(default_factory=list)
    heard_s: list[float] = field(default_factory=list)
    drawing_takes_s: float = 0.0
    picture_stays_s: float = 1 / 30

    def clock(self) -> float:
        return self.now_s

    def badges(self) -> tuple[str, ...]:
        """Return the badges that the wall shows."""
        return self.frames[-1].badges

    def fds(self) -> Sequence[int]:
        return []

    def read(self, now_s: float) -> Sequence[tuple[Command | Decision, float]]:
        commands, self.commands = self.commands, []
        return commands

    def show(self, moment: Moment, now_s: float) -> float:
        self.log.append("frame")
        self.frames.append(moment)
        self.now_s += self.drawing_takes_s
        return self.picture_stays_s

    def prepare(self, urgent: Urgent) -> None:
        self.prepared_s.append(self.now_s)

    def warm_up(self, moments: Iterator[Moment]) -> None:
        self.warmed_up += moments

    def sound(self, cue: Cue) -> None:
        self.log.append(cue.value)
        self.heard_s.append(self.now_s)

    def close(self) -> None:
        self.log.append("closed")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def app(world: World) -> App:
    return app_of(world)


def app_of(world: World) -> App:
    app = App(Session.start_screen((Timeline.of(circuit()),), world.now_s), Stop(), clock=world.clock)
    app.add_input(world)
    app.add_display(world)
    app.add_sounder(world)
    return app


def run_until(app: App, world: World, second_s: float) -> None:
    """Take turns until `second_s`. Between turns, move the clock by the time that the loop would sleep."""
    while world.now_s < second_s:
        app.turn()
        world.now_s = min(second_s, world.now_s + max(app.sleeps_s(), 1e-6))
    app.turn()


def test_a_press_that_waited_while_a_frame_was_drawn_counts_from_its_own_moment(app: App, world: World) -> None:
    app.turn()
    world.commands = [(Command.PRESS, 100.004), (Command.RELEASE, 100.1)]
    world.now_s = 100.2
    app.turn()
    assert app.session.phase is Phase.RUNNING
    assert app.session.elapsed_s == pytest.approx(0.196)


def test_commands_of_several_inputs_are_obeyed_in_the_order_of_their_moments(app: App, world: World) -> None:
    keyboard = World(commands=[(Command.PRESS, 100.5), (Command.RELEASE, 100.6)])
    app.add_input(keyboard)
    world.commands = [(Command.PRESS, 101.0), (Command.RELEASE, 101.1)]
    world.now_s = 102
    app.turn()
    assert app.session.phase is Phase.PAUSED
    assert app.session.elapsed_s == pytest.approx(0.5)


def test_an_input_may_look_at_the_session_that_earlier_commands_have_left(app: App, world: World) -> None:
    seen: list[Phase] = []

    class Looking(World):
        def read(self, now_s: float) -> Sequence[tuple[Command | Decision, float]]:
            return [(self.decide, 101.0)] if not seen else []

        def decide(self, session: Session) -> Sequence[Command]:
            seen.append(session.phase)
            return (Command.PRESS, Command.RELEASE)

    app.add_input(Looking())
    world.commands = [(Command.PRESS, 100.5), (Command.RELEASE, 100.6)]
    world.now_s = 102
    app.turn()
    assert seen == [Phase.RUNNING]
    assert app.session.phase is Phase.PAUSED
    assert app.session.elapsed_s == pytest.approx(0.5)


def test_what_is_due_sounds_before_the_frame_is_drawn(app: App, world: World) -> None:
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    app.turn()
    assert world.log == ["press", "frame"]


def test_a_slow_frame_never_delays_a_cue(app: App, world: World) -> None:
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    world.drawing_takes_s = 0.030
    run_until(app, world, 111)
    assert world.heard_s[1:] == pytest.approx([107, 108, 109, 110], abs=1e-4)


def test_after_a_very_slow_frame_the_wall_does_not_stand_still(app: App, world: World) -> None:
    """The first frame on a new television may take several seconds, but there is a tick every second."""
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    world.drawing_takes_s = 5.5
    app.turn()
    world.drawing_takes_s = 0.001
    run_until(app, world, 109.5)
    assert len(world.frames) > 30


def test_nothing_is_prepared_shortly_before_a_cue(app: App, world: World) -> None:
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    run_until(app, world, 125)
    assert len(world.prepared_s) > 100
    # The first three ticks and "go", 10 s after the press.
    for cue_s in (107, 108, 109, 110):
        assert not [at_s for at_s in world.prepared_s if cue_s - 1 < at_s < cue_s - 0.001]


def test_each_kind_of_screen_is_warmed_up_once_and_only_while_idle(app: App, world: World) -> None:
    run_until(app, world, 105)
    views = [moment.view for moment in world.warmed_up]
    assert {type(view) for view in views} == {FinishedView, IntervalView, CountInView, PausedView}
    kinds = [view.interval.kind for view in views if isinstance(view, IntervalView)]
    assert sorted(set(kinds)) == sorted({interval.kind for interval in app.session.timeline.intervals})
    # The view that a press shows comes last, so it is the newest in the cache.
    assert kinds[-1] is Kind.GET_READY
    run_until(app, world, 110)
    assert len(world.warmed_up) == len(views)
    world.commands = [(Command.PRESS, 110.0), (Command.RELEASE, 110.0)]
    run_until(app, world, 115)
    app.redraw()
    run_until(app, world, 120)
    assert len(world.warmed_up) == len(views)


def test_a_slow_new_screen_does_not_hold_back_the_movement_before_the_next_cues() -> None:
    shown: list[tuple[float, float]] = []
    drawn: list[View] = []

    class Screen(World):
        def show(self, moment: Moment, now_s: float) -> float:
            # A new view takes 60 ms, as long as two frames of a moving figure.
            self.now_s += 0.001 if moment.view in drawn[-1:] else 0.060
            drawn.append(moment.view)
            shown.append((now_s, self.now_s))
            return 1 / 30

    world = Screen(commands=[(Command.PRESS, 100.0), (Command.RELEASE, 100.0)])
    app, turns = app_of(world), 0
    while world.now_s < 111:
        app.turn()
        turns += 1
        world.now_s = min(111, world.now_s + max(app.sleeps_s(), 1e-6))
    gaps_s = [then_s - before_s for (_, before_s), (then_s, _) in pairwise(shown)]
    assert max(gaps_s) < 0.040
    # The loop sleeps, rather than spins, while it holds back the new view.
    assert turns < 500


def test_a_picture_that_stays_right_is_not_drawn_again(app: App, world: World) -> None:
    world.picture_stays_s = 10
    run_until(app, world, 105)
    assert len(world.frames) == 1


def test_a_view_that_changed_is_drawn_at_once(app: App, world: World) -> None:
    world.picture_stays_s = 10
    app.turn()
    world.commands = [(Command.PRESS, 100.0)]
    app.turn()
    assert [type(moment.view).__name__ for moment in world.frames] == ["StartView", "IntervalView"]


def test_it_never_sleeps_past_a_cue_and_comes_near_it_first(app: App, world: World) -> None:
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    world.picture_stays_s = 60
    app.turn()
    world.now_s = 106.25
    app.turn()
    # A long sleep may end late by a thousandth of its length, so a short sleep follows, which ends on time.
    assert app.sleeps_s() == pytest.approx(0.74, abs=1e-5)
    world.now_s = 106.99
    app.turn()
    assert app.sleeps_s() == pytest.approx(0.01, abs=1e-5)


def test_without_a_display_the_circuit_runs_and_sounds(world: World) -> None:
    app = App(Session.start_screen((Timeline.of(circuit()),), 100), Stop(), clock=world.clock)
    app.add_input(world)
    app.add_sounder(world)
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    run_until(app, world, 111)
    assert world.log == ["press", "tick", "tick", "tick", "go"]


def test_what_is_missing_is_said_on_the_wall(app: App, world: World) -> None:
    app.turn()
    app.badge("buzzer", "No buzzer")
    app.turn()
    assert world.badges() == ("No buzzer",)
    app.badge("buzzer", None)
    app.turn()
    assert world.badges() == ()


def test_it_tells_what_the_wall_shows(app: App, world: World) -> None:
    app.turn()
    assert app.moment == world.frames[-1]
    app.badge("buzzer", "No buzzer")
    assert app.moment.badges == ("No buzzer",)
    app.turn()
    assert app.moment.view is world.frames[-1].view


def test_a_fault_stands_in_for_the_start_screen_and_a_circuit_is_never_interrupted(app: App, world: World) -> None:
    app.show_fault(ErrorView("E", "Broken", "this", "here", "fix it"))
    app.turn()
    assert world.frames[-1].view == app.fault
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    app.turn()
    assert isinstance(world.frames[-1].view, IntervalView)


def test_a_part_that_cannot_be_closed_does_not_keep_the_others_open(app: App, world: World) -> None:
    class Stuck(World):
        def close(self) -> None:
            raise OSError("stuck")

    app.add_sounder(Stuck())
    app.close()
    assert world.log == ["closed"], "once, though it is three parts in one"


def test_a_request_to_stop_wakes_the_loop_and_closes_everything(app: App, world: World) -> None:
    class Quits(World):
        def show(self, moment: Moment, now_s: float) -> float:
            stop.request("enough")
            return 3600

    stop = Stop()
    app = App(app.session, stop)
    app.add_display(Quits())
    app.add_sounder(world)
    app.run()
    assert stop.reason == "enough"
    assert world.log == ["closed"]


def test_a_view_knows_its_seconds(app: App, world: World) -> None:
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    run_until(app, world, 112.5)
    view = world.frames[-1].view
    assert isinstance(view, IntervalView)
    assert view.seconds == 28


def test_a_press_does_not_wait_for_background_tasks(app: App, world: World) -> None:
    class Writing:
        def turn(self, app: App, now_s: float) -> None:
            world.log.append("task")

        def close(self) -> None: ...

    app.turn()
    app.add_task(Writing())
    world.log.clear()
    world.commands = [(Command.PRESS, 100.0)]
    app.turn()
    assert world.log[-2:] == ["frame", "task"]


def test_who_presses_does_not_wait_for_what_is_written_down(
    app: App, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    class Screen(World):
        def show(self, moment: Moment, now_s: float) -> float:
            written.append(len(caplog.messages))
            return super().show(moment, now_s)

    written: list[int] = []
    caplog.set_level("INFO")
    app.add_display(Screen())
    world.commands = [(Command.PRESS, world.now_s), (Command.RELEASE, world.now_s)]
    app.turn()
    assert written == [0]
    assert caplog.messages[0].startswith("started: ")


def test_what_a_background_task_has_found_is_shown_without_waiting(app: App, world: World) -> None:
    class Finding:
        def turn(self, app: App, now_s: float) -> None:
            if now_s >= 101:
                app.badge("buzzer", "No buzzer")

        def close(self) -> None: ...

    app.add_task(Finding())
    run_until(app, world, 100.9)
    world.now_s = 101.2
    app.turn()
    assert app.sleeps_s() == 0
    app.turn()
    assert world.badges() == ("No buzzer",)


def test_background_tasks_run_in_the_turn_in_which_something_happens(app: App, world: World) -> None:
    """A circuit that was stopped must not be offered again, even if the power is cut right after the stop."""
    asked: list[tuple[float, Phase]] = []

    class Watching:
        def turn(self, app: App, now_s: float) -> None:
            asked.append((now_s, app.session.phase))

        def close(self) -> None: ...

    app.add_task(Watching())
    app.turn()
    world.commands = [(Command.PRESS, 100.0)]
    world.now_s = 101.95
    app.turn()
    asked.clear()
    # The hold completes without any input, and the tasks ran only 0.06 s before.
    world.now_s = 102.01
    app.turn()
    assert asked == [(102.01, Phase.IDLE)]
    asked.clear()
    for world.now_s in (102.02, 102.10, 102.20):
        app.turn()
    assert asked == []


class Failing(World):
    """A part whose every method raises `error`."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def fail(self, *arguments: Any, **named: Any) -> Any:
        raise self.error

    fds = read = show = prepare = warm_up = sound = turn = fail


ANY_ERROR = [OSError(5, "Input/output error"), FileNotFoundError(2, "gone"), ValueError("a bug"), MemoryError()]


@pytest.mark.parametrize("error", ANY_ERROR, ids=lambda error: type(error).__name__)
def test_a_circuit_goes_on_whatever_part_fails(
    app: App, world: World, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(error)
    app.add_input(failing)
    app.add_display(failing)
    app.add_sounder(failing)
    app.add_task(failing)
    world.commands = [(Command.PRESS, 100.0), (Command.RELEASE, 100.0)]
    run_until(app, world, 111)
    assert app.session.phase is Phase.RUNNING
    assert [line for line in world.log if line != "frame"] == ["press", "tick", "tick", "tick", "go"]
    assert len(world.frames) > 100
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("Failing failed and is tried again: ")
    # Only a bug is logged with a traceback; a device's failure (OSError) is not a bug.
    assert (caplog.records[0].exc_info is None) is isinstance(error, OSError)


def test_each_kind_of_failure_is_said(app: App, world: World, caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing(OSError(28, "No space left on device"))
    app.add_task(failing)
    for error in (*ANY_ERROR, *ANY_ERROR):
        failing.error = error
        world.now_s += 1
        app.turn()
    assert len(caplog.messages) == len(ANY_ERROR)


@pytest.mark.parametrize("error", [DisplayLostError("the display is gone"), FontError("no fonts")])
def test_what_leaves_no_wall_ends_it(app: App, error: Exception) -> None:
    app.add_task(Failing(error))
    with pytest.raises(type(error)):
        app.turn()


def test_an_input_whose_descriptor_is_gone_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    reader, writer = os.pipe()
    stop = Stop()

    class Unplugged(World):
        def fds(self) -> Sequence[int]:
            return [reader]

        def show(self, moment: Moment, now_s: float) -> float:
            super().show(moment, now_s)
            if len(self.frames) == 3:
                stop.request("enough")
            return 0.0

    world = Unplugged()
    app = App(Session.start_screen((Timeline.of(circuit()),), world.now_s), stop)
    app.add_input(world)
    app.add_display(world)
    os.close(reader)
    os.close(writer)
    app.run()
    assert len(world.frames) == 3
    assert len(caplog.messages) == 1
