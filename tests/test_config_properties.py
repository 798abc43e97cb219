"""Any content of a config file gives a library or a ConfigError; each of the error's lines names its place."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from cProfile import Profile
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.config import Library, load, shipped
from kiosk.config.duration import duration_text, parse_duration
from kiosk.config.problem import ContentError
from kiosk.errors import ConfigError
from kiosk.timeline import Timeline
from tests.conftest import copy_config

SHIPPED = shipped("config")
WORKOUT = """\
name: Everything
get_ready: 5
changeover: 10
amount: none
exercises:
  - {name: Easy row, work: 5:00, easy: true, rest: 60}
  - name: Strength
    rounds: 3
    round_break: [90, 60, 60]
    work: open
    cap: 3:00
    exercises:
      - {exercise: Side plank, amount: 8, switch: 2}
      - {name: Rows, rounds: 2, sides: each, first_side: left}
  - {work: [20, 30], together: [{name: Swings, amount: 10}, side-plank]}
  - {work: 40, rounds: 2, sets: 2, stations: [clamshell, {name: Row}, {together: [clamshell, {name: Jog}]}]}
  - {amrap: 6:00, exercises: [{name: Swings, amount: 10}]}
  - {for_time: 6:00, changeover: 5, exercises: [clamshell]}
"""
TEXTS = {
    **{
        name: (SHIPPED / name).read_text("utf-8")
        for name in ("kiosk.yaml", "circuits/back-and-core-for-runners.yaml", "exercises/side-plank.yaml")
    },
    "circuits/everything.yaml": WORKOUT,
}
NAMES = tuple(TEXTS)
LINE = re.compile(r"[^\n]+\.yaml(:[1-9][0-9]*:[1-9][0-9]*)?: [^\n]+")

WORDS = ("button", "work", "name", "pin", "rounds: [", "exercises: [", "stations: [")
KEYS = st.sampled_from(
    [
        *("name", "exercise", "exercises", "together", "stations", "amrap", "for_time", "rounds", "sets", "rest"),
        *("work", "changeover", "switch", "round_break", "amount", "easy", "cap", "sides", "first_side", "get_ready"),
        *("reps", "emom", "blocks", "wrok", "steps"),
    ]
)
VALUES = st.sampled_from(
    [
        *("side-plank", "Clamshell", "squats", "open", "opne", "none", "each", "left", "", "1:30", "10:00"),
        *(None, True, False, 0, 1, 2, 3, 30, 99, 3600, 7.5, -1),
    ]
)
ENTRIES = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=30
)

SCRAPS = st.one_of(
    st.sampled_from(
        [*"-:?[]{},#&*!|>'\"%@`\\\t\n~=<.0", ": ", "- ", "\n- ", "\n  ", "---\n", "...", "<<: ", "!!int ", "yes"]
    ),
    st.sampled_from(["0x1F", "1:00", "-.5", ".inf", ".nan", "1e9", "2026-11-23", "null", "9" * 5000, "[" * 500]),
    st.text("“”„«»‘’–—•·\u00a0 a", max_size=5),
    st.text(max_size=5),
)


@contextmanager
def changed(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        copy_config(Path(folder))
        Path(folder, name).write_bytes(content)
        yield Path(folder)


def check(name: str, content: bytes) -> None:
    with changed(name, content) as folder:
        try:
            library = load(folder)
            found: tuple[str, ...] = ()
            assert library.circuits
            for circuit in library.circuits:
                assert len(Timeline.of(circuit).intervals) <= 2000
        except ConfigError as error:
            found = error.lines
    assert all(LINE.fullmatch(problem) and problem.isprintable() for problem in found), found


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.binary(max_size=200))
@example("kiosk.yaml", b"\xff\xfe")
@example("kiosk.yaml", b"\xef\xbb\xbf")
@example("kiosk.yaml", "a\x85b\u2028: 1".encode())
@example("kiosk.yaml", b'"\\UFFFFFFFF"')
@example("kiosk.yaml", b"? " * 40_000)
@example("kiosk.yaml", b"- " * 40_000)
@example("kiosk.yaml", b"{" * 90_000)
def test_any_bytes(name: str, content: bytes) -> None:
    check(name, content)


@settings(deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.one_of(SCRAPS, st.sampled_from(WORDS))),
)
def test_any_scraps_of_yaml(name: str, scraps: list[str]) -> None:
    check(name, "".join(scraps).encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(st.dictionaries(KEYS, ENTRIES, max_size=6))
def test_any_entries_in_a_circuit(circuit: dict[str, object]) -> None:
    # JSON is YAML too.
    check("circuits/everything.yaml", json.dumps({"work": 30, **circuit, "name": "Any"}).encode())


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_any_slip_in_a_good_file(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    at = data.draw(st.integers(0, len(text)))
    deleted = data.draw(st.integers(0, 5))
    slipped = text[:at] + data.draw(SCRAPS) + text[at + deleted :]
    check(name, slipped.encode("utf-8", "surrogatepass"))


def test_the_files_that_are_changed_are_good() -> None:
    for name, text in TEXTS.items():
        with changed(name, text.encode()) as folder:
            load(folder)


def outcome(folder: Path) -> Library | tuple[str, ...]:
    try:
        return load(folder)
    except ConfigError as error:
        return error.lines


needs_libyaml = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")


def check_that_the_quick_parser_changes_nothing(name: str, text: str) -> None:
    with changed(name, text.encode("utf-8", "surrogatepass")) as folder:
        quick = outcome(folder)
        with patch.object(yaml, "__with_libyaml__", False):
            assert outcome(folder) == quick


@needs_libyaml
@pytest.mark.parametrize("text", ["circuit: back\tand core", "speakers: |# loud\n  auto"])
def test_the_quick_parser_changes_nothing_where_libyaml_differs(text: str) -> None:
    check_that_the_quick_parser_changes_nothing("kiosk.yaml", text)


@needs_libyaml
@settings(deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_the_quick_parser_changes_nothing(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    for _ in range(2):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(SCRAPS) + text[at + data.draw(st.integers(0, 5)) :]
    check_that_the_quick_parser_changes_nothing(name, text)


@given(st.integers(0, 3_600_000))
@example(0)
@example(59_999)
@example(60_000)
@example(3_600_000)
def test_a_duration_is_what_was_written(milliseconds: int) -> None:
    assert parse_duration(duration_text(milliseconds / 1000)) == milliseconds / 1000


@given(st.integers(0, 59), st.integers(0, 59), st.booleans())
def test_minutes_and_seconds_mean_the_same_in_quotes(minutes: int, seconds: int, in_quotes: bool) -> None:
    assert parse_duration(f"{minutes}:{seconds:02}", in_quotes=in_quotes) == 60 * minutes + seconds


@given(st.one_of(st.text(), st.from_regex(r"[-+]?[0-9:.,eE]{0,30}( ?(s|min))?", fullmatch=True)), st.booleans())
def test_any_text_is_a_duration_or_an_error(text: str, in_quotes: bool) -> None:
    with suppress(ContentError):
        seconds = parse_duration(text, in_quotes=in_quotes)
        assert seconds == round(seconds, 3)


@pytest.mark.parametrize("scrap", ["a: b\n", "[", "- a\n", "{a: [", "'", "# x\n", "a,", "x: &a [*a]\n", "k%d: 1\n"])
def test_twice_as_large_a_file_is_at_most_about_twice_the_work(scrap: str) -> None:
    def calls(size: int) -> int:
        """Return the number of function calls needed to read a file of `size` bytes."""
        lines = (scrap % i if "%d" in scrap else scrap for i in range(size // len(scrap)))
        profile = Profile()
        profile.runcall(check, "kiosk.yaml", "".join(lines).encode()[:99_000])
        return sum(entry.callcount for entry in profile.getstats())

    half, whole = calls(45_000), calls(90_000)
    assert whole < 2.5 * half
