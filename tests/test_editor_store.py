"""The store of the page: what it reads, what it refuses, what it writes, and that two at once lose nothing."""

from __future__ import annotations

import json
import shutil
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.editor.documents import MOST_VALUES
from kiosk.editor.drafts import MOST_PLACED
from kiosk.editor.errors import Conflict, Missing, Refused
from kiosk.editor.store import Store
from tests.sticks import everything, put

SHIPPED = Path(__file__).parents[1] / "config"
MONDAY = """\
# For the whole class.
name: Monday
rounds: 3  # not more
work: 40
exercises:
  # Warm first.
  - squat
  - {exercise: Side plank, amount: 10}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    put(folder, "circuits/monday.yaml", MONDAY)
    put(folder, "circuits/tuesday.yaml", "name: Tuesday\nwork: 30\nexercises: [squat, {name: Row}]\n")
    put(folder, "exercises/squat.yaml", "name: Squat\nmuscles: [Quads]\nequipment: [mat]\n")
    put(folder, "exercises/plank.yaml", "name: Side plank\nsides: each\n")
    put(folder, "kiosk.yaml", "# Ours.\ncircuit: monday  # the usual one\nbutton:\n  pin: 5\n")
    return folder


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Store:
    return Store(folder, tmp_path / "state", now=lambda: 1000.0)


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


class TestReading:
    def test_the_overview_has_all_that_there_is(self, store: Store) -> None:
        found = store.overview()
        monday, tuesday = found["circuits"]
        assert monday["title"] == "Monday"
        assert monday["usual"] is True
        assert monday["total_s"] == config.load(store.folder).circuits[0].get_ready_s + 3 * (40 + 40 + 5) + 3 * 10 + 60
        assert monday["exercises"] == ["Squat", "Side plank"]
        assert tuesday["exercises"] == ["Squat", "Row"]
        assert tuesday["equipment"] == ["mat"]
        assert [one["title"] for one in found["exercises"]] == ["Side plank", "Squat"]
        assert found["exercises"][0]["used_by"] == ["monday"]
        assert found["exercises"][1]["used_by"] == ["monday", "tuesday"]
        assert found["muscles"] == ["Quads"]
        assert found["problems"] == []
        json.dumps(found)

    def test_it_is_there_while_a_file_has_a_mistake(self, store: Store, folder: Path) -> None:
        put(folder, "circuits/monday.yaml", MONDAY.replace("rounds", "ruonds"))
        found = store.overview()
        assert [one["name"] for one in found["circuits"]] == ["tuesday", "monday"]
        assert found["circuits"][1]["total_s"] is None
        assert found["problems"][0]["file"] == "circuits/monday.yaml"

    def test_a_file_that_cannot_be_read_is_told_when_it_comes_and_no_more_when_it_goes(
        self, store: Store, folder: Path
    ) -> None:
        assert store.overview()["problems"] == []
        (folder / "circuits" / "friday.yaml").mkdir()
        assert store.overview()["problems"][0]["file"] == "circuits/friday.yaml"
        (folder / "circuits" / "friday.yaml").rmdir()
        assert store.overview()["problems"] == []

    def test_kinds_of_the_shipped_circuits(self, tmp_path: Path) -> None:
        found = Store(SHIPPED, tmp_path / "state").overview()
        kinds = {one["name"]: one["kinds"] for one in found["circuits"]}
        assert kinds["full-body-amrap"] == ["amrap", "block"]
        assert kinds["eight-stations"] == ["block", "stations"]
        assert kinds["seven-minute"] == []
        assert "squat" in found["figures"]

    def test_a_document_is_the_file_as_json(self, store: Store) -> None:
        found = store.read("circuits", "monday")
        assert found["document"] == {
            "name": "Monday",
            "rounds": 3,
            "work": 40,
            "exercises": [
                {"exercise": "squat", "@": "exercises/0"},
                {"exercise": "Side plank", "amount": 10, "@": "exercises/1"},
            ],
        }
        assert found["text"] == MONDAY

    @pytest.mark.parametrize(
        ("kind", "name"), [("circuits", "x"), ("circuits", "../kiosk"), ("figures", "a"), ("", "kiosk")]
    )
    def test_nothing_else_can_be_read(self, store: Store, kind: str, name: str) -> None:
        with pytest.raises(Missing):
            store.read(kind, name)

    def test_a_file_that_is_no_yaml_is_refused_with_its_line(self, store: Store, folder: Path) -> None:
        put(folder, "circuits/monday.yaml", "name: [\n")
        with pytest.raises(Refused) as refused:
            store.read("circuits", "monday")
        assert refused.value.problems[0]["line"] > 0


class TestDrafts:
    def test_a_good_one_has_a_plan_that_knows_its_entries(self, store: Store) -> None:
        document = store.read("circuits", "monday")["document"]
        found = store.check("circuits", "monday", document)
        assert found["problems"] == []
        assert found["plan"]["total_s"] == store.overview()["circuits"][0]["total_s"]
        work = [one for one in found["plan"]["intervals"] if one["kind"] == "work"]
        assert work[0]["path"] == ["exercises", 0]
        assert work[1] == {
            "kind": "work",
            "start_s": 60.0,
            "length_s": 20.0,
            "label": "Side plank (right)",
            "path": ["exercises", 1],
        }

    @pytest.mark.parametrize("name", [path.stem for path in sorted((SHIPPED / "circuits").iterdir())])
    def test_each_step_of_a_shipped_circuit_is_at_its_entry(self, tmp_path: Path, name: str) -> None:
        store = Store(SHIPPED, tmp_path / "state")
        document = store.read("circuits", name)["document"]
        titles = {one["name"]: one["title"] for one in store.overview()["exercises"]}
        for interval in store.check("circuits", name, document)["plan"]["intervals"]:
            entry: Any = document
            for key in interval["path"]:
                entry = entry[key]
            if "exercise" in entry and interval["kind"] in ("work", "easy"):
                assert interval["label"].startswith(titles[entry["exercise"]])

    @pytest.mark.parametrize(
        ("change", "path", "what"),
        [
            ({"work": 0}, ["work"], '"0" is out of range'),
            ({"ruonds": 3}, ["ruonds"], 'unknown key "ruonds"'),
            ({"name": ""}, ["name"], "the text is empty"),
            ({"exercises": [{"exercise": "sqat"}]}, ["exercises", 0, "exercise"], 'there is no exercise "sqat"'),
            ({"exercises": [{"exercise": "squat", "work": "x"}]}, ["exercises", 0, "work"], '"x": this is not'),
            ({"exercises": [{"rounds": 2, "exercises": [{"name": 5}]}]}, ["exercises", 0, "exercises", 0, "name"], ""),
            ({"exercises": [{"name": "A", "amount": "5 @ 60 kg", "x": 1}]}, ["exercises", 0, "x"], "unknown key"),
            ({"exercises": [{"name": "A\nB"}]}, ["exercises", 0, "name"], "there is a line break"),
        ],
    )
    def test_a_problem_is_at_its_field(self, store: Store, change: dict[str, Any], path: list[Any], what: str) -> None:
        document = {**store.read("circuits", "monday")["document"], **change}
        problems = store.check("circuits", "monday", document)["problems"]
        assert [one["path"] for one in problems] == [path]
        assert problems[0]["what"].startswith(what)
        assert problems[0]["file"] == "circuits/monday.yaml"

    def test_a_draft_with_very_much_in_it_is_answered_at_once(self, store: Store) -> None:
        # The fields of all problems would take minutes.
        many = {"name": "New", "work": 30, "exercises": ["squat"], **{f"key{number}": 1 for number in range(4000)}}
        problems = store.check("circuits", None, many)["problems"]
        assert len(problems) == 4000
        assert sum(bool(one["path"]) for one in problems) == MOST_PLACED
        more = {"name": "New", "work": 30, "exercises": ["squat"] * MOST_VALUES}
        assert store.check("circuits", None, more)["problems"][0]["right"] == "at most 5000 values"

    def test_a_missing_key_is_at_its_field(self, store: Store) -> None:
        found = store.check("circuits", None, {"name": "New", "exercises": [{"exercise": "squat"}]})
        assert [one["path"] for one in found["problems"]] == [["work"]]
        blocks = [{"work": 30, "exercises": [{"exercise": "squat"}]}, {"exercise": "squat", "rounds": 2}]
        found = store.check("circuits", None, {"name": "New", "exercises": blocks})
        assert [one["path"] for one in found["problems"]] == [["exercises", 1, "work"]]

    @pytest.mark.parametrize("document", [[], "x", {"a": "\ud800"}, {"a/b": 1}, {"a": 10**30}, {"name": float("nan")}])
    def test_what_is_no_document_is_refused(self, store: Store, document: Any) -> None:
        assert store.check("circuits", "monday", document)["problems"]

    def test_a_deep_document_is_refused(self, store: Store) -> None:
        deep: Any = {"name": "A"}
        for _ in range(200):
            deep = {"exercises": [deep]}
        assert store.check("circuits", "monday", deep)["problems"][0]["what"] == "the nesting is too deep"

    def test_a_draft_is_a_folder_for_pictures_and_changes_nothing(self, store: Store, folder: Path) -> None:
        before = everything(folder)
        document = {**store.read("circuits", "monday")["document"], "name": "Draft"}
        with store.draft("circuits", "monday", document) as (draft, _):
            assert [one.name for one in config.load(draft).circuits] == ["Draft"]
        assert not draft.exists()
        with store.draft("exercises", "squat", {"name": "Deep squat"}) as (draft, _):
            (circuit,) = config.load(draft).circuits
            assert [one.name for one in circuit.exercises] == ["Deep squat"]
        with store.draft("circuits", None, document) as (draft, name):
            assert [one.id for one in config.load(draft).circuits] == [name] == ["draft"]
        assert everything(folder) == before

    def test_warnings_are_told(self, store: Store) -> None:
        found = store.check("exercises", "squat", {"name": "Squat", "muscles": ["A muscle of many letters"] * 6})
        assert found["problems"] == []
        assert found["warnings"][0]["path"][:1] == ["muscles"]


class TestSaving:
    def test_comments_and_texts_survive(self, store: Store, folder: Path) -> None:
        told = store.read("circuits", "monday")
        document = told["document"]
        document["rounds"] = 4
        document["exercises"].reverse()
        document["exercises"].append({"name": "Row", "amount": "500 m"})
        found = store.save("circuits", "monday", document, told["version"])
        expected = MONDAY.replace("rounds: 3", "rounds: 4").replace(
            "  # Warm first.\n  - squat\n  - {exercise: Side plank, amount: 10}\n",
            "  - {exercise: Side plank, amount: 10}\n  # Warm first.\n  - squat\n  - {name: Row, amount: 500 m}\n",
        )
        assert text(folder, "circuits/monday.yaml") == found["text"] == expected
        assert found["change"] == "1"
        assert found["version"] == store.read("circuits", "monday")["version"]

    def test_what_changes_nothing_is_no_change(self, store: Store) -> None:
        told = store.read("circuits", "monday")
        assert store.save("circuits", "monday", told["document"], told["version"])["change"] is None
        assert store.changes() == []

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Monday Class!", "monday-class"),
            ("Rücken & Bauch", "rucken-bauch"),
            ("Monday", "monday-2"),
            ("日本", "circuit"),
            ("a" * 90, "a" * 56),
        ],
    )
    def test_a_new_one_is_named_after_its_title(self, store: Store, folder: Path, title: str, name: str) -> None:
        found = store.save("circuits", None, {"name": title, "work": 30, "exercises": [{"exercise": "squat"}]})
        assert found["name"] == name
        assert text(folder, f"circuits/{name}.yaml").endswith("work: 30\nexercises:\n  - squat\n")

    def test_nothing_that_check_refuses_is_written(self, store: Store, folder: Path) -> None:
        before = everything(folder)
        with pytest.raises(Refused, match="out of range"):
            store.save("circuits", "monday", {**store.read("circuits", "monday")["document"], "work": 0})
        assert everything(folder) == before

    def test_another_files_mistake_hinders_nobody(self, store: Store, folder: Path) -> None:
        put(folder, "circuits/tuesday.yaml", "name: [\n")
        document = store.read("circuits", "monday")["document"]
        assert store.check("circuits", "monday", {**document, "rounds": 2})["problems"] == []
        store.save("circuits", "monday", {**document, "rounds": 2})
        with pytest.raises(Refused):
            store.save("exercises", "plank", {"name": "Long plank", "figure": "none such"})

    def test_a_new_title_goes_into_the_circuits_that_say_it(self, store: Store, folder: Path) -> None:
        told = store.read("exercises", "plank")
        store.save("exercises", "plank", {**told["document"], "name": "Plank, long"}, told["version"])
        assert '{exercise: "Plank, long", amount: 10}' in text(folder, "circuits/monday.yaml")
        assert store.changes()[0]["files"] == ["circuits/monday.yaml", "exercises/plank.yaml"]

    def test_a_title_that_another_has_becomes_the_files_name(self, store: Store, folder: Path) -> None:
        store.save("exercises", "plank", {"name": "Squat"})
        assert "{exercise: plank, amount: 10}" in text(folder, "circuits/monday.yaml")

    def test_yml_files_keep_their_names(self, store: Store, folder: Path) -> None:
        (folder / "circuits/monday.yaml").rename(folder / "circuits/monday.yml")
        store.save("circuits", "monday", {**store.read("circuits", "monday")["document"], "rounds": 2})
        assert "rounds: 2" in text(folder, "circuits/monday.yml")
        assert not (folder / "circuits/monday.yaml").exists()


class TestTwoAtOnce:
    def test_the_second_one_is_told_what_the_first_one_changed(self, store: Store, folder: Path) -> None:
        told = store.read("circuits", "monday")
        theirs = json.loads(json.dumps(told["document"]))
        theirs["rounds"] = 4
        theirs["exercises"].append({"exercise": "plank"})
        theirs["exercises"][0]["work"] = 50
        saved = store.save("circuits", "monday", theirs, told["version"])
        with pytest.raises(Conflict) as conflict:
            store.save("circuits", "monday", {**told["document"], "rounds": 5}, told["version"])
        assert conflict.value.changed == ["Rounds: 3 is now 4", "Squat: Work: is now 50", "Added: Side plank"]
        assert conflict.value.version == saved["version"]
        assert "rounds: 4" in text(folder, "circuits/monday.yaml")
        again = store.save("circuits", "monday", {**told["document"], "rounds": 5}, conflict.value.version)
        assert again["document"]["rounds"] == 5

    def test_the_same_change_twice_is_no_conflict(self, store: Store) -> None:
        told = store.read("circuits", "monday")
        new = {**told["document"], "rounds": 4}
        store.save("circuits", "monday", new, told["version"])
        assert store.save("circuits", "monday", new, told["version"])["change"] is None

    def test_what_was_deleted_can_be_saved_again(self, store: Store) -> None:
        told = store.read("circuits", "monday")
        store.delete("circuits", "monday", told["version"])
        with pytest.raises(Conflict) as conflict:
            store.save("circuits", "monday", told["document"], told["version"])
        assert conflict.value.changed == ["It was deleted."]
        assert conflict.value.document is None
        assert store.save("circuits", "monday", told["document"], None)["name"] == "monday"

    def test_a_change_outside_of_the_page_is_noticed(self, store: Store, folder: Path, tmp_path: Path) -> None:
        told = store.read("circuits", "monday")
        put(folder, "circuits/monday.yaml", MONDAY.replace("40", "45"))
        with pytest.raises(Conflict) as conflict:
            store.delete("circuits", "monday", told["version"])
        assert conflict.value.changed == ["Work: 40 is now 45"]
        with pytest.raises(Conflict) as conflict:
            Store(folder, tmp_path / "other").save("circuits", "monday", {}, told["version"])
        assert conflict.value.changed == ["It was changed outside of this page."]

    def test_the_settings_have_versions_too(self, store: Store) -> None:
        version = store.settings()["version"]
        store.save_settings({"circuit": "tuesday"}, version)
        with pytest.raises(Conflict) as conflict:
            store.save_settings({"dim_after": 60}, version)
        assert conflict.value.changed == ["Circuit on the start screen: monday is now tuesday"]
        assert conflict.value.document == {**store.settings()["values"]}

    def test_threads_and_stores_lose_nothing(self, folder: Path, tmp_path: Path) -> None:
        stores = [Store(folder, tmp_path / "state") for _ in range(2)]
        saved: list[int] = []

        def save_some(store: Store, first: int) -> None:
            for number in range(first, first + 5):
                while True:
                    told = store.read("circuits", "monday")
                    told["document"]["exercises"].append({"name": f"Row {number}"})
                    try:
                        store.save("circuits", "monday", told["document"], told["version"])
                    except Conflict:
                        continue
                    saved.append(number)
                    break

        threads = [threading.Thread(target=save_some, args=(stores[n % 2], 10 * n)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        document = stores[0].read("circuits", "monday")["document"]
        rows = {one["name"] for one in document["exercises"] if "name" in one}
        assert rows == {f"Row {number}" for number in saved}
        assert len(saved) == 15
        assert len(stores[1].changes()) == 15


class TestCircuits:
    def test_a_copy_has_the_comments_and_comes_after_it(self, store: Store, folder: Path) -> None:
        store.order(["monday", "tuesday"])
        found = store.duplicate("circuits", "monday")
        assert found["document"]["name"] == "Monday 2"
        assert text(folder, "circuits/monday-2.yaml") == MONDAY.replace("Monday", "Monday 2")
        assert [one["name"] for one in store.overview()["circuits"]] == ["monday", "monday-2", "tuesday"]
        assert store.duplicate("exercises", "squat", "Deep squat")["name"] == "deep-squat"

    def test_the_order_is_that_of_the_wall(self, store: Store, folder: Path) -> None:
        store.order(["tuesday", "monday", "tuesday", "gone"])
        assert [one.id for one in config.load(folder).circuits] == ["tuesday", "monday"]
        assert text(folder, "kiosk.yaml").startswith("# Ours.\ncircuit: monday  # the usual one\nbutton:\n  pin: 5\n")

    def test_deleting_the_usual_one_leaves_none_named(self, store: Store, folder: Path) -> None:
        store.order(["monday", "tuesday"])
        store.delete("circuits", "monday")
        assert "monday" not in text(folder, "kiosk.yaml")
        assert [one.id for one in config.load(folder).circuits] == ["tuesday"]

    def test_the_last_one_stays(self, store: Store) -> None:
        store.delete("circuits", "monday")
        with pytest.raises(Refused, match="the last circuit"):
            store.delete("circuits", "tuesday")

    def test_an_exercise_in_use_stays(self, store: Store) -> None:
        with pytest.raises(Refused, match="Squat is done in: Monday, Tuesday"):
            store.delete("exercises", "squat")
        with pytest.raises(Refused, match="Side plank is done in: Monday"):
            store.delete("exercises", "plank")
        with pytest.raises(Missing):
            store.delete("exercises", "none-such")


class TestSettings:
    def test_only_what_changes_is_written(self, store: Store, folder: Path) -> None:
        found = store.settings()
        assert found["values"] == {"circuit": "monday", "dim_after": None, "open": None, "speakers": None}
        new = {"dim_after": "3:00", "open": {"sunday": "closed"}, "speakers": "off"}
        found = store.save_settings(new, found["version"])
        assert found["values"] == {"circuit": "monday", **new}
        loaded = config.load(folder).settings
        assert loaded.screen.dim_after_s == 180
        assert loaded.speakers == "off"
        assert loaded.television.hours[6] is None
        assert loaded.button.pin == 5
        store.save_settings({"circuit": None, "dim_after": None, "open": None, "speakers": None})
        assert text(folder, "kiosk.yaml") == "# Ours.\nbutton:\n  pin: 5\n"

    def test_without_a_file_there_is_one_then(self, store: Store, folder: Path) -> None:
        (folder / "kiosk.yaml").unlink()
        store.save_settings({"circuit": "tuesday"}, store.settings()["version"])
        assert text(folder, "kiosk.yaml") == "circuit: tuesday\n"
        store.save_settings({"circuit": None})
        assert not (folder / "kiosk.yaml").exists()

    @pytest.mark.parametrize(
        "values", [{"button": {"pin": 3}}, {"circuit": "none such"}, {"open": "25:00-3:00"}, {"dim_after": {"a": []}}]
    )
    def test_what_is_wrong_or_unsafe_is_refused(self, store: Store, folder: Path, values: dict[str, Any]) -> None:
        before = everything(folder)
        with pytest.raises(Refused):
            store.save_settings(values)
        assert everything(folder) == before

    def test_a_wrong_value_is_at_its_field(self, store: Store) -> None:
        with pytest.raises(Refused) as refused:
            store.save_settings({"dim_after": 1})
        assert refused.value.problems[0]["path"] == ["dim_after"]


class TestPictures:
    def test_a_photo_becomes_the_exercises_own(self, store: Store, folder: Path) -> None:
        upload = store.stage([PHOTO])
        assert store.staged(upload) == PHOTO
        document = {"name": "Squat", "picture": {"upload": upload}}
        with store.draft("exercises", "squat", document) as (draft, _):
            assert config.load(draft).exercises["squat"].picture == "squat"
        found = store.save("exercises", "squat", document)
        assert found["document"]["picture"] == "squat"
        assert (folder / "pictures/squat.jpg").read_bytes() == PHOTO
        assert store.frame("squat") == PHOTO

    def test_a_clip_takes_its_place_and_both_come_back(self, store: Store, folder: Path) -> None:
        store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": store.stage([PHOTO])}})
        clip = store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": store.stage([PHOTO] * 3)}})
        assert sorted(path.name for path in (folder / "pictures").iterdir()) == [
            "squat-01.jpg",
            "squat-02.jpg",
            "squat-03.jpg",
        ]
        assert store.frame("squat", 3) == PHOTO
        store.undo(clip["change"])
        assert [path.name for path in (folder / "pictures").iterdir()] == ["squat.jpg"]

    def test_a_picture_that_nobody_names_goes(self, store: Store, folder: Path) -> None:
        put(folder, "pictures/ours.jpg", PHOTO)
        store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": store.stage([PHOTO])}})
        copy = store.duplicate("exercises", "squat")["name"]
        store.save("exercises", "squat", {"name": "Squat"})
        assert store.frame(copy) == PHOTO
        store.delete("exercises", copy)
        assert [path.name for path in (folder / "pictures").iterdir()] == ["ours.jpg"]

    def test_no_other_picture_is_written_over(self, store: Store, folder: Path) -> None:
        put(folder, "pictures/squat.jpg", b"ours")
        found = store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": store.stage([PHOTO])}})
        assert found["document"]["picture"] == "squat_2"
        assert (folder / "pictures/squat.jpg").read_bytes() == b"ours"

    @pytest.mark.parametrize(
        ("exercise", "there", "picture"),
        [
            ("squat0", "squat-100.jpg", "squat0"),
            ("squat-100", "squat.jpg", "squat-100"),
            ("squat-10", "x.jpg", "squat_10"),
        ],
    )
    def test_only_two_digits_at_the_end_make_a_frame(
        self, store: Store, folder: Path, exercise: str, there: str, picture: str
    ) -> None:
        put(folder, f"pictures/{there}", b"ours")
        put(folder, f"exercises/{exercise}.yaml", b"name: Another\n")
        found = store.save("exercises", exercise, {"name": "Another", "picture": {"upload": store.stage([PHOTO])}})
        assert found["document"]["picture"] == picture

    @pytest.mark.parametrize("upload", ["0" * 32, "../history", 5, None])
    def test_unknown_uploads_are_refused(self, store: Store, upload: Any) -> None:
        with pytest.raises(Refused) as refused:
            store.save("exercises", "squat", {"name": "Squat", "picture": {"upload": upload}})
        assert refused.value.problems[0]["path"] == ["picture"]

    def test_missing_ones_are_missing(self, store: Store) -> None:
        upload = store.stage([PHOTO])
        for missing in (partial(store.frame, "squat"), partial(store.frame, "x"), partial(store.staged, upload, 2)):
            with pytest.raises(Missing):
                missing()
        with pytest.raises(Refused):
            store.stage([PHOTO] * 41)

    def test_old_uploads_go(self, store: Store) -> None:
        first = store.stage([PHOTO])
        for _ in range(20):
            last = store.stage([PHOTO])
        assert store.staged(last) == PHOTO
        with pytest.raises(Missing):
            store.staged(first)


PHOTO = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080009001001011100"
    "ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000ffda0008010100003f0054df"
    "ffd9"
)
"""A JPEG of 16 x 9 pixels."""


def test_the_shipped_folder_is_reset_to(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(SHIPPED, folder)
    (folder / "README.md").unlink()
    before = everything(folder)
    put(folder, "kiosk.yaml", "# Ours.\ncircuit: core\norder: [core]\nbutton:\n  pin: 5\nspeakers: off\n")
    put(folder, "circuits/ours.yml", "name: Ours\nwork: 30\nexercises: [squat]\n")
    put(folder, "pictures/ours.jpg", b"")
    (folder / "exercises/thruster.yaml").unlink()
    after = everything(folder)
    store = Store(folder, tmp_path / "state")
    change = store.reset()["change"]
    settings = config.load(folder).settings
    assert settings.button.pin == 5
    assert (settings.circuit, settings.order, settings.speakers) == ("back-and-core-for-runners", (), "auto")
    now = everything(folder)
    assert now.pop("kiosk.yaml").startswith(b"# Ours.")
    assert now == {name: content for name, content in before.items() if name != "kiosk.yaml"}
    store.undo(change)
    assert everything(folder) == after


class TestWhatElseThereMayBe:
    def test_settings_with_nothing_but_comments(self, store: Store, folder: Path) -> None:
        put(folder, "kiosk.yaml", "# Ours.\n")
        assert store.settings()["values"]["circuit"] is None
        store.save_settings({"circuit": "tuesday"})
        assert text(folder, "kiosk.yaml") == "# Ours.\ncircuit: tuesday\n"

    def test_settings_that_cannot_be_read_are_refused(self, store: Store, folder: Path) -> None:
        put(folder, "kiosk.yaml", "circuit: [\n")
        for refused in (store.settings, partial(store.save_settings, {"circuit": None}), partial(store.order, [])):
            with pytest.raises(Refused) as caught:
                refused()
            assert caught.value.problems[0]["file"] == "kiosk.yaml"

    def test_a_spoilt_circuit_can_be_written_over_and_deleted(self, store: Store, folder: Path) -> None:
        put(folder, "circuits/tuesday.yaml", "name: [\n")
        new = {"name": "Tuesday", "work": 30, "exercises": [{"exercise": "squat"}]}
        assert store.save("circuits", "tuesday", new)["document"]["name"] == "Tuesday"
        put(folder, "circuits/tuesday.yaml", "name: [\n")
        assert [one["title"] for one in store.overview()["circuits"]] == ["Monday", "tuesday"]
        store.delete("circuits", "tuesday")
        assert not (folder / "circuits/tuesday.yaml").exists()

    def test_a_title_is_needed_for_a_new_one(self, store: Store) -> None:
        with pytest.raises(Refused) as refused:
            store.save("circuits", None, {"work": 30})
        assert refused.value.problems[0]["path"] == ["name"]
        for name in ("../x", "a/b", "", "a" * 65):
            with pytest.raises(Missing):
                store.save("circuits", name, {"name": "A"})
            with pytest.raises(Missing):
                store.check("figures", name, {"name": "A"})

    def test_keys_twice_and_lists_as_files_are_refused(self, store: Store, folder: Path) -> None:
        for spoilt in ("name: A\nname: B\n", "- a\n", '"@": 1\n', "? [a]\n: b\n", ""):
            put(folder, "circuits/tuesday.yaml", spoilt)
            with pytest.raises(Refused):
                store.read("circuits", "tuesday")

    def test_a_mark_that_comes_twice_or_from_nowhere_does_no_harm(self, store: Store, folder: Path) -> None:
        told = store.read("circuits", "monday")
        entry = told["document"]["exercises"][0]
        told["document"]["exercises"] += [entry, {"exercise": "plank", "@": "exercises/99"}, {"name": "Row", "@": [5]}]
        found = store.save("circuits", "monday", told["document"], told["version"])
        assert found["text"].count("# Warm first.") == 1
        assert [one.get("exercise") for one in found["document"]["exercises"]] == [
            "squat",
            "Side plank",
            "squat",
            "plank",
            None,
        ]

    def test_a_link_that_leads_nowhere_hides_no_others(self, store: Store, folder: Path) -> None:
        (folder / "circuits/a.yaml").symlink_to("nowhere")
        assert [one["name"] for one in store.overview()["circuits"]] == ["monday", "tuesday"]
        assert store.overview()["problems"][0]["file"] == "circuits/a.yaml"
        store.save("circuits", "monday", {**store.read("circuits", "monday")["document"], "rounds": 2})
        assert "rounds: 2" in text(folder, "circuits/monday.yaml")

    def test_folders_that_are_not_there_are_made(self, store: Store, folder: Path) -> None:
        shutil.rmtree(folder / "exercises")
        put(folder, "circuits/monday.yaml", "name: Monday\nwork: 30\nexercises: [{name: Row}]\n")
        put(folder, "circuits/tuesday.yaml", "name: Tuesday\nwork: 30\nexercises: [{name: Row}]\n")
        store.save("exercises", None, {"name": "Row"})
        assert text(folder, "exercises/row.yaml") == "name: Row\n"

    def test_files_keep_their_modes(self, store: Store, folder: Path) -> None:
        (folder / "circuits/monday.yaml").chmod(0o600)
        store.save("circuits", "monday", {**store.read("circuits", "monday")["document"], "rounds": 2})
        assert (folder / "circuits/monday.yaml").stat().st_mode & 0o777 == 0o600
        new = store.save("circuits", None, {"name": "New", "work": 30, "exercises": [{"exercise": "squat"}]})
        assert (folder / f"circuits/{new['name']}.yaml").stat().st_mode & 0o777 == 0o644
