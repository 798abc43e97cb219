"""A gym's own pictures in the running wall: another process draws them, a thread decodes them, and nobody waits."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from pygame import Surface

from kiosk.config.pictures import OwnPictures
from kiosk.picture.draw import draw_at_once
from kiosk.picture.files import OwnPicture
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figure import files as figure_files
from kiosk.screen.figure.files import CLIP, STILL, Folders, file_name
from kiosk.screen.figure.own import Decoder, Job, OwnClip
from kiosk.screen.figure.render import Renderer
from kiosk.screen.figure.sprite import Sprite
from kiosk.screen.figures import FigureMoment, SizedFigure
from kiosk.screen.theme import Palette
from tests.pictures import content, photo, put_clip, put_photo
from tests.test_figure_frames import wait_for

BOX, LIME, SURFACE = (160, 90), Palette().work, Palette().surface
COUNT = 6
STAGE, CARD, PHOTO = SizedFigure("@rope", BOX), SizedFigure("@rope", BOX, SURFACE), SizedFigure("@swing", BOX)


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gym")
    put_photo(folder, "swing.jpg")
    put_clip(folder, "rope", COUNT)
    return folder


def of(gym: Path, *names: str) -> list[OwnPicture]:
    pictures = OwnPictures(gym / "pictures")
    return [pictures.found(name) for name in names or ("swing", "rope")]


@pytest.fixture(scope="module")
def cache_dir(gym: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that is drawn of both pictures."""
    folder = tmp_path_factory.mktemp("cache")
    frames = FigureFrames((), folder, pictures=of(gym))
    frames.request([STAGE, CARD, PHOTO])
    wait_for((folder / file_name(of(gym)[1], STAGE, CLIP)).exists)
    frames.close()
    return folder


@pytest.fixture
def frames(gym: Path, cache_dir: Path) -> Iterator[FigureFrames]:
    made = FigureFrames((), cache_dir, pictures=of(gym))
    yield made
    made.close()


def moment(sized: SizedFigure, t_s: float = 0.0, *, still: bool = False) -> FigureMoment:
    return FigureMoment(sized.name, t_s, sized.box_px, LIME, ground=sized.ground, still=still)


def final(frames: FigureFrames, wanted: FigureMoment) -> Sprite:
    """Ask for a picture until it is the final one, as the wall does frame by frame."""
    wait_for(lambda: frames.get(wanted).sprite and frames.settled)
    sprite = frames.get(wanted).sprite
    assert sprite is not None
    return sprite


def pixels(sprite: Sprite) -> bytes:
    surface = Surface(BOX, 0, 32)
    sprite.draw(surface, (0, 0))
    return bytes(surface.get_buffer().raw)


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.glob("figure-*")}


def drawn(gym: Path, name: str, folder: Path, sized: SizedFigure) -> None:
    """Draw a picture in this process."""
    for _ in Renderer({}, Folders([folder], print), {one.id: one for one in of(gym, name)}).draw([sized]):
        pass


class TestShown:
    @pytest.mark.parametrize(
        ("sized", "times_s"), [(STAGE, [0.0, 0.1, 0.35, 0.5, 0.6, 12.3]), (PHOTO, [0.0, 7.0]), (CARD, [0.0, 0.3])]
    )
    def test_what_is_drawn_beforehand_is_what_is_drawn_at_once(
        self, gym: Path, frames: FigureFrames, sized: SizedFigure, times_s: list[float]
    ) -> None:
        at_once = DrawnFigures((), of(gym))
        for t_s in times_s:
            sprite = at_once.get(moment(sized, t_s)).sprite
            assert sprite is not None
            assert pixels(final(frames, moment(sized, t_s))) == pixels(sprite)

    def test_a_clip_is_due_ten_times_a_second_and_a_photo_never(self, frames: FigureFrames) -> None:
        final(frames, moment(STAGE, 0.14))
        assert frames.get(moment(STAGE, 0.14)).stays_s == pytest.approx(0.06)
        final(frames, moment(PHOTO))
        assert frames.get(moment(PHOTO)).stays_s == float("inf")

    def test_on_a_card_only_a_still_is_drawn_and_read_once(
        self, gym: Path, cache_dir: Path, frames: FigureFrames, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not (cache_dir / file_name(of(gym)[1], CARD, CLIP)).exists()
        frames.request([CARD])
        final(frames, moment(CARD, 0.3))
        monkeypatch.setattr(figure_files, "read", None)
        for t_s in (0.4, 0.9):
            assert frames.get(moment(CARD, t_s)).stays_s == float("inf")
        assert not frames.process.running

    def test_what_comes_next_is_ready_when_it_comes(self, frames: FigureFrames) -> None:
        final(frames, moment(PHOTO))
        frames.request([PHOTO, STAGE])
        frames.prefetch(budget_s=5)
        (clip,) = (one for (sized, _), one in frames.clips.items() if sized == STAGE)
        assert isinstance(clip, OwnClip)
        wait_for(lambda: 0 in clip.decoded)
        assert frames.get(moment(STAGE)).sprite
        assert frames.settled

    def test_two_pictures_take_turns(self, frames: FigureFrames) -> None:
        shown = [pixels(final(frames, moment(sized))) for sized in (STAGE, PHOTO, STAGE)]
        assert shown[0] == shown[2] != shown[1]

    def test_what_there_is_not_is_not_shown_nor_asked_for(self, frames: FigureFrames) -> None:
        frames.request([SizedFigure("@nothing", BOX)])
        assert frames.get(moment(SizedFigure("@nothing", BOX))).sprite is None
        assert not frames.process.running


class TestNobodyWaits:
    @pytest.fixture
    def jobs(self) -> list[Job]:
        return []

    @pytest.fixture
    def clip(self, gym: Path, jobs: list[Job]) -> OwnClip:
        (picture,) = of(gym, "rope")
        whole = draw_at_once(picture, BOX, SURFACE, range(COUNT))
        return OwnClip(whole, picture, STAGE, jobs.append)

    def do(self, jobs: list[Job], count: int = 99) -> None:
        for job in jobs[:count]:
            job()
        del jobs[:count]

    def test_a_frame_that_is_not_ready_leaves_the_one_before(self, clip: OwnClip, jobs: list[Job]) -> None:
        shown, is_final = clip.at(moment(STAGE))
        assert shown.sprite is None
        assert not is_final
        self.do(jobs, 1)
        before, is_final = clip.at(moment(STAGE))
        assert is_final
        late, is_final = clip.at(moment(STAGE, 0.1))
        assert late.sprite == before.sprite
        assert not is_final
        self.do(jobs)
        assert clip.at(moment(STAGE, 0.1))[1]

    def test_the_next_two_are_decoded_before_they_are_due(self, clip: OwnClip, jobs: list[Job]) -> None:
        clip.at(moment(STAGE))
        self.do(jobs)
        assert clip.at(moment(STAGE, 0.1))[1]
        assert clip.at(moment(STAGE, 0.2))[1]

    def test_no_more_than_four_are_in_memory(self, clip: OwnClip, jobs: list[Job]) -> None:
        for tenth in range(30):
            clip.at(moment(STAGE, tenth / 10))
            self.do(jobs)
            assert len(clip.decoded) <= 4

    def test_frames_whose_time_is_over_are_left_out(self, clip: OwnClip, jobs: list[Job]) -> None:
        clip.at(moment(STAGE))
        clip.at(moment(STAGE, 0.3))
        self.do(jobs)
        assert set(clip.decoded) == {3, 4, 5}

    def test_each_frame_is_ordered_once(self, clip: OwnClip, jobs: list[Job]) -> None:
        for _ in range(5):
            clip.at(moment(STAGE))
        assert len(jobs) == 3

    def test_the_thread_does_one_after_the_other_and_ends(self) -> None:
        decoder, gate = Decoder(), Event()
        done: list[str] = []
        decoder.order(lambda: done.append(f"first {gate.wait(60)}"))
        decoder.order(lambda: done.append("second"))
        assert done == []
        gate.set()
        decoder.close()
        assert done == ["first True", "second"]
        decoder.close()


class TestDrawn:
    def test_a_picture_that_cannot_be_drawn_is_said_and_leaves_the_others(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING)
        put_photo(tmp_path, "swing.jpg")
        put_clip(tmp_path, "rope", 2)
        (tmp_path / "pictures" / "rope-02.jpg").write_bytes(content(photo((160, 90)), ".png")[:60])
        frames = FigureFrames((), tmp_path / "cache", pictures=of(tmp_path))
        frames.request([STAGE, PHOTO])
        wait_for((tmp_path / "cache" / file_name(of(tmp_path)[0], PHOTO, STILL)).exists)
        wait_for(lambda: frames.process.running and "the picture rope cannot be drawn: rope-02.jpg" in caplog.text)
        final(frames, moment(PHOTO))
        # One frame is better than none.
        wait_for(lambda: frames.get(moment(STAGE)).sprite)
        frames.close()

    def test_what_was_drawn_stays_when_its_files_change(self, tmp_path: Path) -> None:
        put_clip(tmp_path, "rope", 2)
        before = of(tmp_path, "rope")
        drawn(tmp_path, "rope", tmp_path / "cache", STAGE)
        shutil.rmtree(tmp_path / "pictures")
        frames = FigureFrames((), tmp_path / "cache", pictures=before)
        final(frames, moment(STAGE, 0.1))
        frames.close()

    def test_other_files_are_not_drawn_in_their_place(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put_photo(tmp_path, "swing.jpg")
        (before,) = of(tmp_path, "swing")
        put_photo(tmp_path, "swing.jpg", (320, 200))
        for _ in Renderer({}, Folders([tmp_path / "cache"], print), {before.id: before}).draw([PHOTO]):
            pass
        assert sizes(tmp_path / "cache") == {}
        assert capsys.readouterr().out.strip() == "the picture swing cannot be drawn: swing.jpg has changed"

    def test_another_picture_has_other_files(self, tmp_path: Path) -> None:
        put_photo(tmp_path, "swing.jpg")
        drawn(tmp_path, "swing", tmp_path / "cache", PHOTO)
        put_photo(tmp_path, "swing.jpg", (320, 200))
        drawn(tmp_path, "swing", tmp_path / "cache", PHOTO)
        assert len(sizes(tmp_path / "cache")) == 2

    def test_a_damaged_file_is_drawn_again(self, gym: Path, tmp_path: Path) -> None:
        (picture,) = of(gym, "swing")
        path = tmp_path / file_name(picture, PHOTO, STILL)
        drawn(gym, "swing", tmp_path, PHOTO)
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        drawn(gym, "swing", tmp_path, PHOTO)
        assert path.read_bytes() == whole

    def test_the_disk_holds_no_more_than_its_limit(
        self, gym: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn(gym, "rope", tmp_path, STAGE)
        limit = int(1.5 * sum(sizes(tmp_path).values()))
        monkeypatch.setattr(figure_files, "KEPT_BYTES", limit)
        boxes = [SizedFigure("@rope", (BOX[0] + more, BOX[1])) for more in range(4)]
        renderer = Renderer({}, Folders([tmp_path], print), {one.id: one for one in of(gym)})
        for _ in renderer.draw(boxes):
            pass
        assert 0 < sum(sizes(tmp_path).values()) <= limit

    def test_what_does_not_come_next_takes_no_room_from_others(
        self, gym: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn(gym, "rope", tmp_path, STAGE)
        monkeypatch.setattr(figure_files, "KEPT_BYTES", 5 * max(sizes(tmp_path).values()))
        boxes = [SizedFigure("@rope", (BOX[0] + more, BOX[1])) for more in range(6)]
        renderer = Renderer({}, Folders([tmp_path], print), {one.id: one for one in of(gym)})
        for _ in range(3):
            for _ in renderer.draw(boxes):
                pass
            there = [(tmp_path / file_name(of(gym, "rope")[0], sized, CLIP)).exists() for sized in boxes]
            assert there == [True, True, True, False, False, False]

    def test_a_wall_that_cannot_write_anywhere_shows_none_and_goes_on(
        self, gym: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        frames = FigureFrames((), tmp_path / "file" / "cache", pictures=of(gym), memory_dir=tmp_path / "file")
        frames.request([PHOTO])
        wait_for(lambda: frames.process.given_up)
        assert frames.get(moment(PHOTO)).sprite is None
        frames.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: b"",
        lambda whole: b"[]\n",
        lambda whole: whole.replace(b'"taken": [0, 0,', b'"taken": [9, 9,'),
        lambda whole: whole.replace(b'"place": [0, 0,', b'"place": [0, 0, 0'),
        lambda whole: whole.replace(b'"lengths": [', b'"lengths": [0, '),
        lambda whole: whole.replace(b'"numbers": [0', b'"numbers": ["x"'),
        lambda whole: whole.replace(b'"whole"', b'"half"'),
    ],
)
def test_a_damaged_content_is_refused(gym: Path, change: Callable[[bytes], bytes]) -> None:
    (picture,) = of(gym, "swing")
    whole = draw_at_once(picture, BOX, SURFACE, [0])
    assert OwnClip(whole, picture, PHOTO).whole
    with pytest.raises(ValueError):  # noqa: PT011, JSON has messages of its own
        OwnClip(change(whole), picture, PHOTO)
