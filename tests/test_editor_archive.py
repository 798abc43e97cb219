"""The zip of the page: what goes out comes back, and nothing dishonest is unpacked."""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import config
from kiosk.editor import archive
from kiosk.editor.errors import Refused
from kiosk.editor.store import Store
from tests.sticks import everything, put

JPEG = bytes.fromhex("ffd8ffc0000b080009001001011100ffd9")
CIRCUIT = "name: {}\nwork: 30\nexercises: [{{name: Row}}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    put(folder, "circuits/monday.yaml", CIRCUIT.format("Monday"))
    put(folder, "kiosk.yaml", "# Ours.\ncircuit: monday\nbutton:\n  pin: 5\n")
    return folder


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Store:
    return Store(folder, tmp_path / "state")


def packed(*files: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in files:
            made.writestr(name, content)
    return target.getvalue()


def unpacked(data: bytes, folder: Path = Path("/nowhere")) -> dict[str, bytes | Path]:
    return archive.unpacked(BytesIO(data), folder)


def take(store: Store, data: bytes, rewrite: Callable[[bytes], bytes] | None = None) -> dict[str, Any]:
    return store.take_archive(BytesIO(data), rewrite)


def link(name: str, to: str) -> tuple[zipfile.ZipInfo, str]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, to


class TestTaking:
    def test_what_goes_out_comes_back(self, store: Store, folder: Path) -> None:
        put(folder, "figures/notes.txt", "not part of it")
        before = everything(folder)
        data = store.archive().read()
        assert take(store, data)["change"] is None
        store.delete("circuits", store.duplicate("circuits", "monday", "Tuesday")["name"])
        put(folder, "circuits/monday.yaml", CIRCUIT.format("Changed"))
        take(store, data)
        assert everything(folder) == before
        with zipfile.ZipFile(BytesIO(data)) as opened:
            assert opened.namelist() == ["kiosk.yaml", "circuits/monday.yaml"]

    def test_others_stay_and_only_safe_settings_are_taken(self, store: Store, folder: Path) -> None:
        settings = "circuit: friday\nbutton: {pin: 9}\nspeakers: off\n"
        data = packed(("circuits/friday.yaml", CIRCUIT.format("Friday")), ("kiosk.yaml", settings))
        assert take(store, data)["files"] == ["circuits/friday.yaml", "kiosk.yaml"]
        loaded = config.load(folder)
        assert {one.name for one in loaded.circuits} == {"Monday", "Friday"}
        assert (loaded.settings.circuit, loaded.settings.button.pin, loaded.settings.speakers) == ("friday", 5, "off")
        assert (folder / "kiosk.yaml").read_text().startswith("# Ours.\n")

    def test_a_folder_around_it_and_what_computers_add_are_no_matter(self, store: Store, folder: Path) -> None:
        data = packed(
            ("kiosk/", ""),
            ("kiosk/.DS_Store", "x"),
            ("__MACOSX/kiosk/circuits/._friday.yaml", "x"),
            ("kiosk/circuits/friday.YAML", CIRCUIT.format("Friday")),
            ("kiosk/README.md", "x"),
        )
        assert take(store, data)["files"] == ["circuits/friday.yaml"]
        assert (folder / "circuits/friday.yaml").exists()

    def test_the_other_ending_goes(self, store: Store, folder: Path) -> None:
        take(store, packed(("circuits/monday.yml", CIRCUIT.format("Monday again"))))
        assert [path.name for path in (folder / "circuits").iterdir()] == ["monday.yml"]

    def test_a_mistake_in_it_changes_nothing(self, store: Store, folder: Path) -> None:
        before = everything(folder)
        with pytest.raises(Refused) as refused:
            take(store, packed(("circuits/friday.yaml", "name: Friday\n")))
        assert refused.value.problems[0]["file"] == "circuits/friday.yaml"
        assert everything(folder) == before

    def test_figures_are_drawn_on_trial(self, store: Store, folder: Path) -> None:
        before = everything(folder)
        with pytest.raises(Refused) as refused:
            take(store, packed(("figures/swing.yaml", "id: swing\n")))
        assert {one["file"] for one in refused.value.problems} == {"figures/swing.yaml"}
        assert everything(folder) == before

    def test_all_pictures_that_a_stick_may_bring_come_back(self, store: Store, folder: Path) -> None:
        put(folder, "circuits/own.yaml", CIRCUIT.format("Own"))
        for number in range(5):
            put(folder, f"pictures/p{number}.jpg", JPEG + bytes([number]) * 7_900_000)
        zipped, before = store.archive(), everything(folder)
        assert zipped.seek(0, SEEK_END) > 39_000_000
        shutil.rmtree(folder / "pictures")
        store.take_archive(zipped)
        assert everything(folder) == before

    def test_one_picture_does_not_take_the_place_of_another(self, store: Store) -> None:
        data = packed(("pictures/row.jpg", b"1"), ("pictures/row.png", b"2"))
        with pytest.raises(Refused, match="another picture of this name"):
            take(store, data, rewrite=lambda content: content)

    def test_pictures_are_written_anew(self, store: Store, folder: Path) -> None:
        data = packed(("pictures/row.PNG", b"theirs"), ("exercises/row.yaml", "name: Rowing\n"))
        with pytest.raises(Refused, match="no picture"):
            take(store, data, rewrite=_refusing)
        found = take(store, data, rewrite=lambda content: JPEG if content == b"theirs" else b"")
        assert found["files"] == ["exercises/row.yaml", "pictures/row.jpg"]
        assert (folder / "pictures/row.jpg").read_bytes() == JPEG


def _refusing(content: bytes) -> bytes:
    raise ValueError("no picture")


class TestRefused:
    @pytest.mark.parametrize(
        "name",
        [
            *(
                "/circuits/a.yaml",
                "../circuits/a.yaml",
                "circuits/../../a.yaml",
                "circuits\\a.yaml",
                "C:/circuits/a.yaml",
            ),
            *("\\\\server\\a.yaml", "circuits/a.yaml\0.txt", "kiosk/../../etc/passwd"),
        ],
    )
    def test_names_that_lead_elsewhere(self, name: str) -> None:
        info = zipfile.ZipInfo("x" * len(name))
        data = packed((info, "name: A\n")).replace(b"x" * len(name), name.encode())
        with pytest.raises(Refused, match="leads to another place"):
            unpacked(data)

    def test_links(self) -> None:
        with pytest.raises(Refused, match="a link"):
            unpacked(packed(link("circuits/a.yaml", "/etc/passwd")))
        with pytest.raises(Refused, match="a link"):
            unpacked(packed(link("circuits", "/etc"), ("circuits/a.yaml", "x")))

    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        data = packed(("circuits/a.yaml", b"0" * 20_000_000))
        assert len(data) < 200_000
        with pytest.raises(Refused, match="too large"):
            unpacked(data)

    def test_a_bomb_that_lies_about_its_size(self) -> None:
        data = bytearray(packed(("circuits/a.yaml", b"0" * 1_000_000)))
        size = (1_000_000).to_bytes(4, "little")
        lie = (1000).to_bytes(4, "little")
        assert data.count(size) == 2
        with pytest.raises(Refused, match="damaged"):
            unpacked(bytes(data.replace(size, lie)))

    def test_many_files_and_much_of_them(self) -> None:
        with pytest.raises(Refused, match="2001 files"):
            unpacked(packed(*((f"circuits/{number}.yaml", "") for number in range(2001))))
        text = b"#" * 99_000
        with pytest.raises(Refused, match="too much"):
            unpacked(packed(*((f"circuits/{number}.yaml", text) for number in range(60))))
        photo = b"\0" * 7_900_000
        with pytest.raises(Refused, match="too much"):
            unpacked(packed(*((f"pictures/{number}.jpg", photo) for number in range(6))))

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_unusual_kinds(self, method: int) -> None:
        with pytest.raises(Refused, match="make an ordinary one"):
            unpacked(packed(("circuits/a.yaml", "x" * 100), method=method))

    def test_encrypted_ones(self) -> None:
        data = bytearray(packed(("circuits/a.yaml", "name: A")))
        data[data.index(b"PK\1\2") + 8] |= 1
        with pytest.raises(Refused, match="encrypted"):
            unpacked(bytes(data))

    def test_the_same_name_twice(self) -> None:
        with pytest.warns(UserWarning, match="Duplicate"):
            data = packed(("circuits/a.yaml", "1"), ("circuits/a.yaml", "2"))
        with pytest.raises(Refused, match="twice"):
            unpacked(data)

    @pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6" + bytes(18), b"x" * 100, packed(("notes.txt", "x"))])
    def test_what_is_no_zip_of_a_config_folder(self, data: bytes) -> None:
        with pytest.raises(Refused):
            unpacked(data)

    def test_more_than_its_limit(self) -> None:
        with pytest.raises(Refused, match="at most 45 MB"):
            unpacked(bytes(45_000_001))

    @given(st.data())
    def test_a_damaged_zip_never_gives_another_error(self, data: st.DataObject) -> None:
        good = bytearray(packed(("circuits/a.yaml", "name: A\n" * 20), ("pictures/b.jpg", b"\xff\xd8" * 20)))
        for _ in range(data.draw(st.integers(1, 6))):
            good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
        found: dict[str, bytes | Path] = {}
        with suppress(Refused), TemporaryDirectory() as folder:
            found = unpacked(bytes(good[: data.draw(st.integers(0, len(good)))]), Path(folder))
        assert all(name.split("/")[0] in ("circuits", "pictures", "kiosk.yaml") for name in found)
