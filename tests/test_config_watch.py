"""Changes to a config folder while the kiosk runs: some are taken over, some are not, and none ends the kiosk."""

from __future__ import annotations

import logging
import os
import shutil
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.app import App
from kiosk.config_files import SUB_FOLDERS
from kiosk.errors import ConfigError
from kiosk.session import USUAL_AFTER_S, Command, Phase
from kiosk.view import ErrorView, StartView
from kiosk.wiring import config_watch
from kiosk.wiring.config_watch import ConfigWatch, stamp
from kiosk.wiring.television import Television
from tests.pictures import put_photo
from tests.test_app import World
from tests.test_wiring import FakeCec, new_app, press, turn, turn_until


@pytest.fixture
def world() -> World:
    return World(picture_stays_s=0)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list to which each config folder is added when the kiosk has read that folder."""
    folders: list[Path] = []
    load = config.load

    def counted(folder: Path) -> config.Library:
        try:
            return load(folder)
        finally:
            folders.append(folder)

    monkeypatch.setattr(config, "load", counted)
    return folders


def watched(world: World, folder: Path, *parts: config_watch.Configured) -> App:
    app = new_app(world, folder)
    app.add_task(ConfigWatch(folder, config.load(folder), parts))
    app.turn()
    return app


def name(app: App) -> str:
    return app.session.timeline.circuit.name


def shown(world: World) -> object:
    return type(world.frames[-1].view)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def read_again(app: App, world: World, read: list[Path]) -> None:
    """Wait until the folder was read once more and the app has handled the result."""
    before = len(read)
    turn_until(app, world, lambda: len(read) > before)
    for _ in range(3):
        turn(app, world, 1)


def end_without_using(app: App, world: World, read: list[Path], used: Sequence[object]) -> None:
    """Let the folder be read again while a circuit runs, which uses nothing of it, and let the circuit end."""
    read_again(app, world, read)
    assert app.session.phase is Phase.RUNNING
    assert used == []
    turn(app, world, 60)
    turn_until(app, world, lambda: app.session.phase is Phase.IDLE)
    turn(app, world, 1)


def hold(app: App, world: World) -> None:
    turn(app, world, 1, Command.PRESS)
    turn(app, world, 2)
    turn(app, world, 1, Command.RELEASE)


def choose_next(app: App, world: World) -> None:
    hold(app, world)
    turn(app, world, 1, Command.SKIP)
    hold(app, world)


@pytest.mark.parametrize(
    ("pins", "wired"), [("{}", False), ("{skip_pin: 5}", False), ("{skip_pin: 5, back_pin: 6}", True)]
)
def test_the_chooser_knows_whether_skip_and_back_are_wired(config_folder: Path, pins: str, wired: bool) -> None:
    (config_folder / "kiosk.yaml").write_text(f"button: {pins}\n")
    library = config.load(config_folder)
    assert config_watch.start_screen(library, 0.0, library.usual).rules.skip_and_back is wired


class TestWhatIsNoticed:
    def test_a_file_that_may_be_read_again(
        self, world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_ = Path.open

        def as_somebody_else(path: Path, *arguments: Any) -> Any:
            if not path.stat().st_mode & stat.S_IROTH:
                raise PermissionError(13, "Permission denied", str(path))
            return open_(path, *arguments)

        monkeypatch.setattr(Path, "open", as_somebody_else)
        app = watched(world, config_folder)
        circuit = config_folder / "circuits" / "short.yaml"
        circuit.chmod(0o600)
        turn_until(app, world, lambda: shown(world) is ErrorView)
        circuit.chmod(0o644)
        turn_until(app, world, lambda: shown(world) is StartView)

    @pytest.mark.parametrize("linked", ["circuits", "circuits/short.yaml", "kiosk.yaml", "exercises/side-plank.yaml"])
    def test_what_a_link_leads_to(
        self, world: World, config_folder: Path, tmp_path: Path, read: list[Path], linked: str
    ) -> None:
        elsewhere = tmp_path / "elsewhere"
        shutil.move(config_folder / linked, elsewhere)
        (config_folder / linked).symlink_to(elsewhere)
        app = watched(world, config_folder)
        before = len(read)
        turn(app, world, 5)
        assert len(read) == before
        target = elsewhere / "short.yaml" if elsewhere.is_dir() else elsewhere
        target.write_text(target.read_text() + "# more\n")
        read_again(app, world, read)
        target.write_text("oops")
        turn_until(app, world, lambda: shown(world) is ErrorView)

    def test_a_link_that_leads_to_another_folder(self, world: World, config_folder: Path, tmp_path: Path) -> None:
        circuits = config_folder / "circuits"
        for kind in ("old", "new"):
            shutil.copytree(circuits, tmp_path / kind)
        edit(tmp_path / "new" / "short.yaml", "Short circuit", "Shorter circuit")
        shutil.rmtree(circuits)
        circuits.symlink_to(tmp_path / "old")
        app = watched(world, config_folder)
        circuits.unlink()
        circuits.symlink_to(tmp_path / "new")
        turn_until(app, world, lambda: name(app) == "Shorter circuit")

    def test_nothing_but_what_is_read(self, config_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = stamp(config_folder)
        for folder in (".git", "old/circuits"):
            (config_folder / folder).mkdir(parents=True)
            (config_folder / folder / "more.yaml").write_text("name: More")
        (config_folder / "notes.yaml").write_text("anything")
        assert stamp(config_folder) == before
        looked: list[str] = []

        def noting(call: Callable[[str], Any]) -> Callable[[str], Any]:
            def look(path: str = ".") -> Any:
                looked.append(str(path))
                return call(path)

            return look

        for name_ in ("scandir", "listdir"):
            monkeypatch.setattr(os, name_, noting(getattr(os, name_)))
        stamp(config_folder)
        assert sorted(looked) == [str(config_folder / name) for name in SUB_FOLDERS]

    def test_a_folder_that_vanishes_while_it_is_looked_at(
        self, world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = watched(world, config_folder)
        press(app, world)
        (config_folder / ".git" / "tmp").mkdir(parents=True)
        for call in ("scandir", "listdir"):
            real = getattr(os, call)

            def vanishing(path: Any = ".", real: Callable[[Any], Any] = real) -> Any:
                if ".git" in str(path):
                    raise FileNotFoundError(2, "No such file or directory", str(path))
                return real(path)

            monkeypatch.setattr(os, call, vanishing)
        for _ in range(4):
            turn(app, world, 2)
        assert app.session.phase is Phase.RUNNING


class TestWhatChanges:
    def test_a_touch_changes_nothing(
        self, world: World, config_folder: Path, read: list[Path], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        cec = FakeCec()
        settings = config.Settings(television=config.TelevisionSettings(sleep_after_s=300))
        television = Television(settings, cec)
        app = watched(world, config_folder, television)
        app.add_task(television)
        choose_next(app, world)
        chosen = name(app)
        turn(app, world, 299)
        turn(app, world, 2)
        assert not cec.on
        (config_folder / "circuits" / "short.yaml").touch()
        (config_folder / "kiosk.yaml").touch()
        read_again(app, world, read)
        assert not cec.on
        assert name(app) == chosen != "Short circuit"
        assert "config reloaded" not in caplog.messages

    def test_a_touch_while_a_circuit_runs_leaves_no_badge(
        self, world: World, config_folder: Path, read: list[Path]
    ) -> None:
        app = watched(world, config_folder)
        press(app, world)
        (config_folder / "circuits" / "short.yaml").touch()
        read_again(app, world, read)
        assert world.frames[-1].badges == ()

    def test_a_change_that_is_undone_leaves_no_badge(self, world: World, config_folder: Path) -> None:
        app = watched(world, config_folder)
        press(app, world)
        circuit = config_folder / "circuits" / "short.yaml"
        edit(circuit, "Short circuit", "Shorter circuit")
        turn_until(app, world, lambda: world.frames[-1].badges == ("Changes wait for the end",))
        edit(circuit, "Shorter circuit", "Short circuit")
        turn_until(app, world, lambda: world.frames[-1].badges == ())

    def test_the_chosen_circuit_stays_chosen_when_something_else_changes(
        self, world: World, config_folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        app = watched(world, config_folder)
        choose_next(app, world)
        chosen = name(app)
        # The new circuit's name sorts before the others.
        shutil.copy(config_folder / "circuits" / "short.yaml", config_folder / "circuits" / "another.yaml")
        turn_until(app, world, lambda: "config reloaded" in caplog.messages)
        assert name(app) == chosen != "Short circuit"
        # After 10 minutes without a press, the circuit that kiosk.yaml names is offered, wherever its name sorts.
        world.now_s += USUAL_AFTER_S
        app.turn()
        assert name(app) == "Short circuit"

    @pytest.mark.parametrize("gone", [True, False], ids=["it is gone", "another one is named"])
    def test_the_chosen_circuit_is_left_when(self, world: World, config_folder: Path, gone: bool) -> None:
        app = watched(world, config_folder)
        choose_next(app, world)
        if gone:
            (config_folder / "circuits" / f"{app.session.timeline.circuit.id}.yaml").unlink()
            turn_until(app, world, lambda: name(app) == "Short circuit")
        else:
            shutil.copy(config_folder / "circuits" / "short.yaml", config_folder / "circuits" / "third.yaml")
            edit(config_folder / "circuits" / "third.yaml", "Short circuit", "Third circuit")
            edit(config_folder / "kiosk.yaml", "circuit: short", "circuit: third")
            turn_until(app, world, lambda: name(app) == "Third circuit")

    def test_while_people_choose_all_circuits_stay_until_they_have_chosen(
        self, world: World, config_folder: Path, read: list[Path]
    ) -> None:
        app = watched(world, config_folder)
        hold(app, world)
        assert app.session.phase is Phase.CHOOSING
        (config_folder / "circuits" / "back-and-core-for-runners.yaml").unlink()
        before = len(read)

        def read_meanwhile() -> bool:
            turn(app, world, 0.0, Command.SKIP, Command.BACK)
            return len(read) > before

        turn_until(app, world, read_meanwhile)
        turn(app, world, 3)
        assert (app.session.phase, len(app.session.timelines)) == (Phase.CHOOSING, 2)
        turn(app, world, 1, Command.SKIP)
        hold(app, world)
        turn(app, world, 1)
        assert (app.session.phase, name(app)) == (Phase.IDLE, "Short circuit"), "the one that was chosen is gone"
        assert len(app.session.timelines) == 1

    def test_mended_as_it_was_the_error_goes_and_the_chosen_circuit_stays(
        self, world: World, config_folder: Path
    ) -> None:
        app = watched(world, config_folder)
        choose_next(app, world)
        chosen = name(app)
        edit(config_folder / "circuits" / "short.yaml", "rounds: 1", "rounds: 0")
        turn_until(app, world, lambda: shown(world) is ErrorView)
        edit(config_folder / "circuits" / "short.yaml", "rounds: 0", "rounds: 1")
        turn_until(app, world, lambda: shown(world) is StartView)
        assert name(app) == chosen


class TestFigures:
    @pytest.fixture
    def own(self, config_folder: Path) -> Path:
        """Return the file of a figure in the config folder."""
        (config_folder / "figures").mkdir()
        return Path(shutil.copy(config.shipped("assets") / "figures" / "glute-bridge.yaml", config_folder / "figures"))

    @pytest.fixture
    def used(self) -> list[str]:
        """Return a list to which the content of the own figure is added each time when figures are taken over."""
        return []

    @pytest.fixture
    def app(self, world: World, config_folder: Path, own: Path, used: list[str]) -> App:
        def use(app: App, library: config.Library) -> None:
            content = library.figures["glute-bridge"].content
            used.append("" if content is None else content.decode())

        app = new_app(world, config_folder)
        app.add_task(ConfigWatch(config_folder, config.load(config_folder), (), use_figures=use))
        app.turn()
        return app

    def test_a_changed_one_is_taken_over_on_the_start_screen(
        self, world: World, app: App, own: Path, used: list[str], read: list[Path]
    ) -> None:
        press(app, world)
        edit(own, "yaw: 16", "yaw: 26")
        end_without_using(app, world, read, used)
        (content,) = used
        assert "yaw: 26" in content

    def test_a_broken_one_is_said_and_not_taken_over(self, world: World, app: App, own: Path, used: list[str]) -> None:
        edit(own, "yaw: 16", "yaw: sixteen")
        turn_until(app, world, lambda: shown(world) is ErrorView)
        view = world.frames[-1].view
        assert isinstance(view, ErrorView)
        assert "sixteen" in view.what
        assert used == []

    def test_one_that_is_gone_leaves_its_place_to_the_shipped_one(
        self, world: World, app: App, own: Path, used: list[str]
    ) -> None:
        own.unlink()
        turn_until(app, world, lambda: used == [""])


def test_a_reading_that_fails_is_said_once_and_tried_again(
    world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = watched(world, config_folder)
    failed: list[Path] = []

    def failing(folder: Path) -> config.Library:
        failed.append(folder)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(config, "load", failing)
        edit(config_folder / "circuits" / "short.yaml", "Short circuit", "Shorter circuit")
        turn_until(app, world, lambda: len(failed) > 2)
    turn_until(app, world, lambda: name(app) == "Shorter circuit")
    assert len([line for line in caplog.messages if "Input/output error" in line]) == 1


def test_an_error_of_files_that_are_still_being_changed_is_not_shown(
    world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = watched(world, config_folder)
    circuit, load = config_folder / "circuits" / "short.yaml", config.load
    found: list[ConfigError] = []

    def load_meanwhile(folder: Path) -> config.Library:
        try:
            return load(folder)
        except ConfigError as error:
            found.append(error)
            raise
        finally:
            circuit.write_text(circuit.read_text().replace("nam:", "name:"))

    monkeypatch.setattr(config, "load", load_meanwhile)
    edit(circuit, "name: Short circuit", "nam: Shorter circuit")
    turn_until(app, world, lambda: name(app) == "Shorter circuit")
    assert len(found) == 1
    assert not any(isinstance(frame.view, ErrorView) for frame in world.frames)
    assert not any("cannot be used" in line for line in caplog.messages)


def test_a_part_that_cannot_be_configured_is_tried_again(
    world: World, config_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    class Part:
        configured = 0

        def reconfigure(self, app: App, settings: config.Settings) -> None:
            self.configured += 1
            if self.configured < 3:
                raise OSError(16, "Device or resource busy")

    first, second = Part(), Part()
    second.configured = 3
    app = watched(world, config_folder, first, second)
    edit(config_folder / "circuits" / "short.yaml", "Short circuit", "Shorter circuit")
    turn_until(app, world, lambda: second.configured > 3)
    assert first.configured == 3
    assert name(app) == "Shorter circuit"
    assert caplog.messages.count("config reloaded") == 1
    assert len([line for line in caplog.messages if "resource busy" in line]) == 1


def test_the_error_screen_follows_the_machine_s_name_and_clock(
    world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = False
    monkeypatch.setattr(config_watch, "wall_known", lambda: known)
    app = watched(world, config_folder)
    edit(config_folder / "circuits" / "short.yaml", "rounds: 1", "rounds: 0")
    turn_until(app, world, lambda: shown(world) is ErrorView)

    def footer() -> str:
        turn(app, world, 2)
        turn(app, world, 1)
        view = world.frames[-1].view
        assert isinstance(view, ErrorView)
        return view.footer

    assert "since" not in footer()
    known = True
    assert "since" in footer()
    named = os.uname()
    renamed = os.uname_result((named.sysname, "wall-2", named.release, named.version, named.machine))
    monkeypatch.setattr(os, "uname", lambda: renamed)
    assert "wall-2" in footer()


class TestPictures:
    @pytest.fixture
    def own(self, config_folder: Path) -> Path:
        """Return the photo of an exercise of the circuit."""
        path = config_folder / "exercises" / "glute-bridge.yaml"
        path.write_text(path.read_text().replace("figure: glute-bridge", "picture: bridge"))
        return put_photo(config_folder, "bridge.jpg", (64, 36))

    @pytest.fixture
    def used(self) -> list[float]:
        """Return a list to which the shape of the photo is added each time when a library is taken over."""
        return []

    @pytest.fixture
    def app(self, world: World, config_folder: Path, own: Path, used: list[float]) -> App:
        app = new_app(world, config_folder)
        library = config.load(config_folder)

        def use(app: App, library: config.Library) -> None:
            used.append(library.pictures["bridge"].shape)

        app.add_task(ConfigWatch(config_folder, library, (), use_figures=use))
        app.turn()
        return app

    def test_a_changed_one_is_taken_over_on_the_start_screen(
        self, world: World, app: App, own: Path, config_folder: Path, used: list[float], read: list[Path]
    ) -> None:
        press(app, world)
        put_photo(config_folder, "bridge.jpg", (32, 32))
        end_without_using(app, world, read, used)
        assert used == [1.0]

    def test_one_that_is_gone_is_said_with_its_line_and_may_come_back(
        self, world: World, app: App, own: Path, config_folder: Path
    ) -> None:
        own.rename(config_folder / "pictures" / "ridge.jpg")
        turn_until(app, world, lambda: shown(world) is ErrorView)
        (config_folder / "pictures" / "ridge.jpg").rename(own)
        turn_until(app, world, lambda: shown(world) is StartView)
