"""Documents of the page: what a file becomes as JSON, and how a changed document goes into the file's own text."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.problem import ContentError
from kiosk.editor.documents import Document, plain, read
from kiosk.editor.yaml_edit import edited, fresh
from tests.layouts import circuits, edits, laid_out

FOLDERS = (Path(__file__).parents[1] / "config", Path(__file__).parent / "workouts")
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_unchanged_document_leaves_the_very_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert edited(text, read(text).document) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_new_file_says_what_the_document_does(path: Path) -> None:
    document = read(path.read_text(encoding="utf-8")).document
    assert plain(read(fresh(document)).document) == plain(document)


CIRCUIT_FILES = [path for path in FILES if path.parent.name == "circuits"]


@given(st.data())
def test_edits_of_the_circuits_that_come_with_it(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(CIRCUIT_FILES)).read_text(encoding="utf-8")
    document = copy.deepcopy(read(text).document)
    data.draw(edits(document))
    new = edited(text, document)
    assert plain(read(new).document) == plain(document)
    assert new.startswith(text[: text.index("name:")]), "the comment at the top stays"


@given(st.data())
def test_edits_of_files_as_people_lay_them_out(data: st.DataObject) -> None:
    text, comments = data.draw(laid_out())
    document = copy.deepcopy(read(text).document)
    assert edited(text, document) == text
    touched = data.draw(edits(document))
    new = edited(text, document)
    assert plain(read(new).document) == plain(document)
    if not touched:
        assert {one for one in comments if one not in new} == set(), "comments of what is still there"
    assert all(new.count(one) <= 1 for one in comments), "each comment is there once"


@given(circuits())
def test_any_circuit_can_be_written(document: Document) -> None:
    assert plain(read(fresh(document)).document) == document


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.sampled_from(["name", "amount", "work", "easy"])
)
def test_any_text_can_be_written(text: str, key: str) -> None:
    """In a line, in brackets, and in place of another text."""
    document: Document = {key: text, "exercises": [{key: text}, {key: [text, text]}, {"exercise": text}]}
    assert plain(read(fresh(document)).document) == document
    old = f"{key}: x\nexercises: [{{{key}: x}}, {{{key}: [x, x]}}, x]\n"
    assert plain(read(edited(old, document)).document) == document


ODD = {
    "nested lists": "name: A\nexercises:\n- - a\n  - b\n- c\n",
    "explicit keys": "? name\n: A\n? exercises\n: - a\n  - b\n",
    "a document's end": "%YAML 1.1\n---\nname: A\nexercises: [a, b]\n...\n",
    "a mark before braces": "--- {name: A, exercises: [a, b]}\n",
    "braces with lines": "{name: A,\n # why\n exercises: [a,\n b]}\n",
    "quoted keys": "\"name\": A\n'exercises':\n  - a\n  - b\n",
    "texts of several lines": "name: |\n  A\n  b\nexercises:\n  - >-\n    a\n    c\n\n  # about b\n  - b\n",
    "plain text of several lines": "name: A\n  and B\nexercises:\n  - a\n    c\n  - b\n",
    "quotes of several lines": 'name: "A\n  and B"\nexercises: ["a\n  c", b]\n',
    "nothing after a key": "name:\nexercises:\n  -\n  - b\nrest:\n",
    "a dash of its own": "name: A\nexercises:\n  -\n    name: a\n  - # why\n    name: b\n",
    "only comments after it": "name: A\nexercises:\n  - a\n  - b\n    # in\n  # of the list\n# the end",
}


def test_an_entry_of_which_nothing_is_left_can_be_written() -> None:
    text = "exercises:\n  - exercise: squat\n    work: 30\n"
    emptied = {"exercises": [{"@": "exercises/0"}]}
    assert plain(read(edited(text, emptied)).document) == {"exercises": [{}]}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_odd_layouts(text: str, ending: str) -> None:
    text = text.replace("\n", ending)
    document = read(text).document
    assert edited(text, document) == text
    changed = copy.deepcopy(document)
    changed["exercises"].reverse()
    changed["exercises"].append({"name": "new", "work": 30})
    changed["name"] = "Other"
    changed["rounds"] = 3
    new = edited(text, changed)
    assert plain(read(new).document) == plain(changed)
    assert all(comment in new for comment in ("# why", "# in", "# of the list", "# the end") if comment in text)


@given(st.data())
def test_a_file_that_somebody_has_spoilt_is_still_written(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(CIRCUIT_FILES)).read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        odd = st.sampled_from(
            ["", "-", "- - a", "  - b", "? x", "x: |", "    y", "# c", "{a: [b,", "]}", "...", "\tz", "w: 'q"]
        )
        lines[place : place + data.draw(st.integers(0, 2))] = [data.draw(odd)]
    text = "\n".join(lines)
    try:
        document = read(text).document
    except ContentError:
        return
    assert edited(text, document) == text
    for new in ({**document, "rounds": 7}, {**document, "name": ["a", {"b": "c"}]}, {}, {"exercises": [[1], [[]]]}):
        assert plain(read(edited(text, new)).document) == plain(new)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class TestLayout:
    def test_a_list_in_brackets_stays_one_while_it_fits(self) -> None:
        text = "name: A\nexercises: [a,b]  # all\n"
        document = read(text).document
        document["exercises"].append({"exercise": "c", "amount": 5})
        assert edited(text, document) == "name: A\nexercises: [a, b, {exercise: c, amount: 5}]  # all\n"
        document["exercises"].append({"name": "B", "exercises": [{"exercise": "d"}]})
        assert edited(text, document) == (
            "name: A\nexercises:  # all\n  - a\n  - b\n  - {exercise: c, amount: 5}\n"
            "  - name: B\n    exercises:\n      - d\n"
        )

    def test_an_exercise_with_nothing_else_becomes_its_name(self) -> None:
        text = "name: A\nexercises:\n  - {exercise: a, amount: 5}\n  - exercise: b\n    # why\n    work: 3\n"
        document = read(text).document
        del document["exercises"][0]["amount"], document["exercises"][1]["work"]
        assert edited(text, document) == "name: A\nexercises:\n  - a\n  - exercise: b\n"
        document["exercises"][0]["work"] = 20
        assert "  - {exercise: a, work: 20}\n" in edited("name: A\nexercises:\n  - a\n", document)

    def test_what_is_new_comes_above_the_list(self) -> None:
        text = "name: A\nwork: 30\n\n# All of it:\nexercises:\n- a\n"
        document = {**read(text).document, "rounds": 3}
        assert lines_of(edited(text, document)) == [
            "name: A",
            "work: 30",
            "rounds: 3",
            "# All of it:",
            "exercises:",
            "- a",
        ]

    def test_texts_of_an_exercise_keep_their_comments(self) -> None:
        text = "name: A\ncues:\n  # First.\n  - One\n  - Two  # second\n  - Three\n"
        document = read(text).document
        document["cues"] = ["Two", "One", "Four"]
        assert edited(text, document) == "name: A\ncues:\n  - Two  # second\n  # First.\n  - One\n  - Four\n"

    def test_a_block_moves_with_its_comments_into_another_column(self) -> None:
        text = (
            "name: A\nexercises:\n- name: B\n  # Long.\n  rest: 60\n  exercises:\n  - a\n"
            "# The second one.\n- name: C\n  exercises:\n    - b  # hard\n"
        )
        document = read(text).document
        inner = document["exercises"].pop(1)
        document["exercises"][0]["exercises"].append(inner)
        assert edited(text, document) == (
            "name: A\nexercises:\n- name: B\n  # Long.\n  rest: 60\n  exercises:\n  - a\n"
            "  # The second one.\n  - name: C\n    exercises:\n      - b  # hard\n"
        )

    def test_numbers_and_truths_as_yaml_1_2_reads_them(self) -> None:
        numbers = "a: 1\nb: 1.5\nc: true\neasy: yes\nd: yes\ne: 1:30\nf: 0x1\n"
        assert read(f"{numbers}g: ~\nh: '1'\ni: 1_000\nj: .inf\nk: 2024-01-01\n").document == {
            **{"a": 1, "b": 1.5, "c": True, "easy": True, "d": "yes", "e": "1:30", "f": "0x1"},
            **{"g": None, "h": "1", "i": "1_000", "j": ".inf", "k": "2024-01-01"},
        }
