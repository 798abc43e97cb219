"""Notices: how long they stay, what ends them, and how they are handed from program to program."""

from __future__ import annotations

import json

import pytest

from kiosk.journal import summary
from kiosk.look import look
from kiosk.notice import Notice, Row, as_json, from_json
from kiosk.session import Command, Phase, Session, next_due_s
from kiosk.timeline import Cue, Timeline
from kiosk.view import NoticeView, StartView
from kiosk.words import words
from tests.samples import circuit
from tests.test_session import BOOT_S, Player

NEWS = Notice("3 circuits taken from the stick", (Row("Day 1", "24 min"),), 2, "You can pull it out.", "Hold.")
ERROR = Notice("Stick not taken", code="E-STICK", what="no name.", where="On the stick: a.yaml", fix="Write one.")


def noticing(notice: Notice) -> Player:
    session = Session.start_screen((Timeline.of(circuit()),), BOOT_S)
    return Player(session.sleeping(True).noticing(notice))


def view(player: Player) -> object:
    return look(player.session).view


@pytest.mark.parametrize(("notice", "lasts_s"), [(NEWS, 15), (ERROR, 60)])
def test_it_goes_by_itself(notice: Notice, lasts_s: int) -> None:
    player = noticing(notice).at(0)
    assert view(player) == NoticeView(notice, lasts_s)
    assert view(player.at(1)) == NoticeView(notice, lasts_s - 1)
    assert next_due_s(player.session) == BOOT_S + lasts_s
    assert isinstance(view(player.at(lasts_s)), StartView), "the wall is awake"
    assert player.session.notice is None
    assert player.cues == []


def test_a_press_goes_on_and_starts_nothing_however_long_it_lasts() -> None:
    player = noticing(NEWS).at(3, Command.PRESS)
    assert (player.phase, player.cues) == (Phase.IDLE, [Cue.PRESS])
    assert player.at(9).phase is Phase.IDLE
    assert player.at(9, Command.RELEASE).phase is Phase.IDLE


def test_skip_and_back_change_nothing() -> None:
    assert noticing(NEWS).at(1, Command.SKIP).at(2, Command.BACK).phase is Phase.NOTICE


def test_it_is_said_in_words_too() -> None:
    player = noticing(ERROR).at(0)
    said = words(look(player.session).view)
    assert said.state == "notice"
    assert said.line.startswith("Stick not taken: no name. On the stick: a.yaml Write one. Press to go on")
    assert summary(player.session) == "notice: Stick not taken"


@pytest.mark.parametrize("notice", [NEWS, ERROR, Notice("x")])
def test_what_is_written_is_read(notice: Notice) -> None:
    assert from_json(json.loads(json.dumps(as_json(notice)))) == notice


@pytest.mark.parametrize(
    "said",
    [
        None,
        7,
        [],
        {},
        {**as_json(NEWS), "headline": ""},
        {**as_json(NEWS), "line": 3},
        {**as_json(NEWS), "rows": [["x"]]},
        {**as_json(NEWS), "rows": [[1, 2]]},
        {**as_json(NEWS), "more": "many"},
        {**as_json(NEWS), "colour": "red"},
    ],
)
def test_nothing_else_is_a_notice(said: object) -> None:
    with pytest.raises(ValueError, match="no notice"):
        from_json(said)


def test_a_notice_from_outside_is_cut_to_what_the_wall_has_room_for() -> None:
    said = {**as_json(NEWS), "rows": [["x" * 9000, "y"]] * 99, "note": "z" * 9000, "more": -4}
    notice = from_json(said)
    assert (len(notice.rows), notice.more) == (4, 0)
    assert len(notice.note) == len(notice.rows[0].name) == 2000
