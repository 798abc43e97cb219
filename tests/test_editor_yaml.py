"""Documents of the page: what a file becomes as JSON, and how a changed document goes into the file's own text."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
