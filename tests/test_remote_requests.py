"""The words of the remote: what a client may ask, what the wall answers, and how a command is brought about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.circuit import Amrap, Circuit, ForTime, Lap, Stations, Task
from kiosk.look import look
from kiosk.meaning import Meaning
from kiosk.remote.answer import answer, as_line
from kiosk.remote.client import Answer, carry_out
from kiosk.remote.request import Act, Request, parse
from kiosk.session import Command, Phase
from kiosk.view import ErrorView
from tests.samples import circuit, exercise
from tests.test_session import Player

TASKS = (Task(exercise("Burpees"), "3"), Task(exercise("Rows"), "5"))


def said(player: Player, error: str = "") -> Answer:
    """Return the answer as a client reads it."""
    line = as_line(answer(player.session, look(player.session, badges=("No buzzer",)), error))
    assert line.count(b"\n") == 1
    found: Answer = json.loads(line)
    return found


class TestRequests:
    @pytest.mark.parametrize(
        ("line", "request_"),
        [
            ('"press"', Request(Act.PRESS)),
            (' "now" \r\n', Request(Act.NOW)),
            ('{"press": "pause"}', Request(Act.PRESS, Meaning.PAUSE)),
            ('{"hold":"stop"}\n', Request(Act.HOLD, Meaning.STOP)),
        ],
    )
    def test_say_what_to_do_and_perhaps_what_it_means(self, line: str, request_: Request) -> None:
        assert parse(line.encode()) == request_

    @pytest.mark.parametrize(
        ("line", "error"),
        [
            ("", 'this is not JSON; write one of "press", "hold", "skip", "back", "now"'),
            ("press", "this is not JSON"),
            ("[" * 1000, "this is not JSON"),
            ("[]", 'this is no request; write one of .* or {"press": "pause"}'),
            ("{}", "this is no request"),
            ('{"press": "pause", "hold": "stop"}', "this is no request"),
            ('"jump"', 'there is no such request; write one of "press"'),
            ('{"jump": "pause"}', "there is no such request"),
            ('{"press": "jump"}', 'a press never means that; write one of "start"'),
            ('{"press": null}', "a press never means that"),
            ('{"press": ["pause"]}', "a press never means that"),
            ('{"skip": "stop"}', '"skip" always means the same; write "skip" alone'),
        ],
    )
    def test_a_wrong_one_is_told_what_would_be_right(self, line: str, error: str) -> None:
        with pytest.raises(ValueError, match=error):
            parse(line.encode())

    @given(
        st.binary(max_size=40) | st.recursive(st.none() | st.text(), st.lists).map(lambda it: json.dumps(it).encode())
    )
    def test_whatever_comes_there_is_no_other_error(self, line: bytes) -> None:
        error = ""
        try:
            parse(line)
        except ValueError as raised:
            error = str(raised)
        assert not error or "; write" in error


class TestAnswers:
    def test_on_the_start_screen(self) -> None:
        assert said(Player.of(circuit(), circuit(name="Other"))) == {
            "ok": True,
            "phase": "idle",
            "circuit": "Test circuit",
            "press": "start",
            "hold": "list",
            "line": "Test circuit (5:10): press to start  No buzzer",
            "badges": ["No buzzer"],
        }

    def test_in_the_list_it_is_about_the_circuit_on_show(self) -> None:
        player = Player.of(circuit(), circuit(name="Other")).press(0, held_s=2).at(3, Command.SKIP)
        found = said(player)
        assert (found["phase"], found["circuit"], found["press"], found["hold"]) == (
            "choosing",
            "Other",
            "next",
            "choose",
        )
        assert found["seconds"] == 20

    def test_while_the_circuit_runs(self) -> None:
        found = said(Player.of().start().at(12.5))
        assert (found["phase"], found["press"], found["hold"]) == ("running", "pause", "stop")
        assert found["interval"]["kind"] == "work"
        assert (found["interval"]["round"], found["interval"]["rounds"]) == (1, 2)
        assert (found["exercises"], found["interval"]["side"]) == (["Side plank"], "right")
        assert (found["seconds"], found["left_s"], found["minutes_left"]) == (28, 28, 5)
        assert found["next"] == "Glute bridge"
        assert found["line"].startswith("Round 1/2  WORK  28 s  Side plank (right)")

    def test_a_paused_circuit_stays_where_it_is(self) -> None:
        player = Player.of().start().press(12.5).until(60)
        assert (said(player)["phase"], said(player)["press"], said(player)["left_s"]) == ("paused", "resume", 28)
        counting_in = said(player.press(61))
        assert (counting_in["phase"], counting_in["press"]) == ("counting in", "pause")
        assert (counting_in["seconds"], counting_in["left_s"]) == (3, 28)

    def test_in_an_amrap_with_its_rounds(self) -> None:
        player = Player.of(circuit(Amrap(TASKS, 60), rounds=1)).start().press(15).press(20)
        found = said(player.at(25.5))
        assert (found["press"], found["hold"], found["counted"]) == ("count", "pause", 2)
        assert found["exercises"] == ["Burpees", "Rows"]
        assert found["left_s"] == 45

    def test_in_work_for_time_the_clock_counts_up(self) -> None:
        found = said(Player.of(circuit(ForTime(60, TASKS), rounds=1)).start().at(25.5))
        assert (found["press"], found["seconds"], found["left_s"]) == ("done", 15, 45)
        assert found["interval"]["cap_s"] == 60

    def test_at_stations_with_all_of_them(self) -> None:
        stations = Stations((Lap((TASKS, (Task(exercise("Swings")),)), 40, 20),))
        player = Player.of(circuit(stations, rounds=1)).press(0)
        assert (said(player)["phase"], said(player)["press"]) == ("briefing", "start")
        assert said(player.press(1).at(12))["exercises"] == ["Burpees + Rows", "Swings"]

    def test_at_the_finish(self) -> None:
        player = Player.of(circuit(rounds=1)).start().until(150)
        assert player.phase is Phase.FINISHED
        assert said(player)["press"] == "start"
        assert said(player)["line"].startswith("Done! Test circuit")

    def test_a_refusal_says_why_and_how_the_wall_is(self) -> None:
        found = said(Player.of(), error="a press would start the circuit now")
        assert (found["ok"], found["error"]) == (False, "a press would start the circuit now")
        assert found["press"] == "start"

    def test_an_error_on_the_wall_is_told(self) -> None:
        player = Player.of()
        fault = ErrorView("E", "Can’t start", "rounds: 0 is out of range.", "monday.yaml, line 2\nmore", "fix it")
        line = answer(player.session, look(player.session)._replace(view=fault))["line"]
        assert "rounds: 0 is out of range. (monday.yaml, line 2)" in line
        assert "Press to start" in line


class Wall:
    """A wall without a socket: a player, whose button is pressed at the same moment or held for 2 s."""

    def __init__(self, *made: Circuit) -> None:
        self.player = Player.of(*made)
        self.now_s = 0.0
        self.asked: list[object] = []

    def at(self, second_s: float) -> Wall:
        self.now_s = second_s
        self.player.until(second_s)
        return self

    def ask(self, request: object) -> Answer:
        self.asked.append(request)
        read = parse(json.dumps(request).encode())
        before = said(self.player)
        if read.meaning and before[read.act.value] != read.meaning.value:
            return {**before, "ok": False, "error": "refused"}
        held_s = 2.0 if read.act is Act.HOLD else 0.0
        self.player.press(self.now_s, held_s=held_s)
        self.now_s += held_s
        return said(self.player)


class TestCommands:
    def test_a_pause_is_a_press_where_that_pauses(self) -> None:
        wall = Wall()
        wall.player.start()
        assert carry_out("pause", wall.at(12).ask)["phase"] == "paused"
        assert wall.asked == [{"press": "pause"}]
        assert carry_out("resume", wall.ask)["phase"] == "counting in"

    def test_and_a_hold_in_an_amrap(self) -> None:
        wall = Wall(circuit(Amrap(TASKS, 60), rounds=1))
        wall.player.start()
        assert carry_out("pause", wall.at(12).ask)["phase"] == "paused"
        assert wall.asked == [{"press": "pause"}, {"hold": "pause"}]

    def test_a_stop_in_an_amrap_pauses_first(self) -> None:
        wall = Wall(circuit(Amrap(TASKS, 60), rounds=1))
        wall.player.start()
        assert carry_out("stop", wall.at(12).ask)["phase"] == "idle"
        assert wall.asked == [{"hold": "stop"}, {"hold": "pause"}, {"hold": "stop"}]

    def test_a_start_wakes_the_wall_first(self) -> None:
        wall = Wall()
        assert carry_out("start", wall.at(400).ask)["phase"] == "running"
        assert wall.asked == [{"press": "start"}, {"press": "wake"}, {"press": "start"}]

    @pytest.mark.parametrize("command", ["pause", "resume", "count", "done", "stop"])
    def test_nothing_else_wakes_or_starts_it(self, command: str) -> None:
        for second_s in (1, 400):
            wall = Wall()
            found = carry_out(command, wall.at(second_s).ask)
            assert (found["ok"], found["phase"]) == (False, "idle")
            assert len(wall.asked) == 1

    def test_what_fails_for_another_reason_is_not_tried_again(self) -> None:
        asked: list[Any] = []

        def cut_short(request: object) -> Answer:
            asked.append(request)
            return {"ok": False, "error": "cut short", "press": "resume", "hold": "stop"}

        assert carry_out("stop", cut_short)["error"] == "cut short"
        assert len(asked) == 1

    @pytest.mark.parametrize("command", ["press", "hold", "skip", "back", "now"])
    def test_plain_requests_go_as_they_are(self, command: str) -> None:
        assert carry_out(command, lambda request: {"ok": True, "asked": request})["asked"] == command
