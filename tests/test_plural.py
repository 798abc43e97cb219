"""Wherever something is counted, a count of one has the noun in the singular."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import plan
from kiosk.cli import main
from kiosk.config import ButtonSettings
from kiosk.doctor import hands_on
from kiosk.plural import count_of
from kiosk.session import Command
from kiosk.timeline import Timeline
from tests.samples import circuit, exercise, work


def test_a_noun_takes_an_s_unless_there_is_one() -> None:
    assert [count_of(number, "round") for number in (0, 1, 2)] == ["0 rounds", "1 round", "2 rounds"]


def test_the_plan_of_one_exercise() -> None:
    title = plan.as_table(Timeline.of(circuit(work(exercise(), 60), rounds=1, get_ready_s=0))).splitlines()[0]
    assert title == "Test circuit: 1 exercise, 1 round, 1:00"


def test_a_film_of_one_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = ["--film", str(tmp_path / "film"), "--at", "12", "--until", "12.1", "--fps", "1"]
    assert main(["show", "--size", "320x240", *film]) == 0
    assert capsys.readouterr().out.endswith("film: 1 frame\n")


def test_one_edge_of_the_button() -> None:
    assert "1 edge," in hands_on.judge([(Command.PRESS, 1.0)], ButtonSettings()).found
