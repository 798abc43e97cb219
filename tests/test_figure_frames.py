"""Clips on the wall have the same pixels as direct drawing, never wait, and survive the drawing process's faults."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import inf
from pathlib import Path
from weakref import ref

import pygame
import pytest

from kiosk.circuit import Side
from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS
from kiosk.figure.draw_clip import draw_one
from kiosk.figure.drawing import Drawing
from kiosk.figure.files import FigureFile, FigureFiles
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figure.clip import UNPACKED_AT_ONCE, Clip, ClipFrame
from kiosk.screen.figure.files import CLIP, STILL, SUFFIX, Folders, drawing_version, file_name
from kiosk.screen.figure.render import Renderer
from kiosk.screen.figure.sprite import Sprite
from kiosk.screen.figures import NOTHING, UNSETTLED_S, FigureMoment, SizedFigure

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
CLAM = load_figure(FOLDER / "clamshell.yaml")
JUMP = load_figure(FOLDER / "victory.yaml")
BOX = (160, 90)
BOTH = (CLAM, JUMP)
LIME: Colour = (0xC8, 0xFF, 0x3C)
SKY: Colour = (0x5C, 0xC8, 0xFF)


def pixels(sprite: Sprite) -> bytes:
    return pygame.image.tostring(sprite.cut_out(pygame.Surface(sprite.rect.size, 0, 32)), "RGB")


def screen_of(sprite: Sprite) -> bytes:
    """Return the sprite's pixels on a screen, because a clip's layers cover more than one drawn picture."""
    return on_ground(sprite, COLOURS.background)


def on_ground(sprite: Sprite, ground: Colour) -> bytes:
    """Return the pixels of a screen of that colour on which the sprite is painted."""
    screen = pygame.Surface((BOX[0] + 80, BOX[1] + 80), 0, 32)
    screen.fill(ground)
    sprite.draw(screen, (40, 40))
    return pygame.image.tostring(screen, "RGB")


def caught_up(frames: FigureFrames, moment: FigureMoment) -> Sprite:
    """Show frames of the moment until the figure has caught up; return the sprite then shown."""
    for _ in range(100):
        shown = frames.get(moment)
        assert shown.sprite
        screen_of(shown.sprite)
        if frames.settled:
            return shown.sprite
    raise AssertionError(f"it never comes to {moment}")


def unpacked(frames: FigureFrames, name: str) -> int:
    """Return how many of a figure's pictures are unpacked, and so take the memory of all their pixels."""
    clip = next(clip for (sized, _), clip in frames.clips.items() if sized[0] == name)
    assert isinstance(clip, Clip)
    return sum(layer.packed is None for move in clip.moves for layer in (move.first, *move.deltas))


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def drawn_whole(folder: Path, figure: Figure) -> Callable[[], bool]:
    return (folder / file_name(figure, SizedFigure(figure.id, BOX), CLIP)).exists


OTHER = Side.RIGHT if CLAM.side == Side.LEFT.value else Side.LEFT
"""The side for which the figure CLAM is mirrored."""


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder with the clips of both figures."""
    folder = tmp_path_factory.mktemp("figures")
    frames = FigureFrames([CLAM, JUMP], folder)
    frames.request([SizedFigure("clamshell", BOX), SizedFigure("victory", BOX)])
    wait_for(drawn_whole(folder, CLAM))
    wait_for(drawn_whole(folder, JUMP))
    frames.close()
    return folder


@pytest.fixture
def frames(cache_dir: Path) -> Iterator[FigureFrames]:
    made = FigureFrames([CLAM, JUMP], cache_dir)
    yield made
    made.close()


@pytest.fixture
def at_once() -> DrawnFigures:
    return DrawnFigures([CLAM, JUMP])


@pytest.mark.parametrize("side", [None, OTHER])
def test_cached_and_drawn_pictures_are_the_same(frames: FigureFrames, at_once: DrawnFigures, side: Side | None) -> None:
    for t_s in (0.0, 0.45, 1.2, 2.3):
        moment = FigureMoment("clamshell", t_s, BOX, LIME, side=side, arrows=True)
        cached, drawn = caught_up(frames, moment), at_once.get(moment).sprite
        assert drawn
        assert cached.key == drawn.key
        assert cached.rect.contains(drawn.rect)
        assert screen_of(cached) == screen_of(drawn)


@pytest.mark.parametrize(("figure", "side"), [(CLAM, None), (CLAM, OTHER), (JUMP, None)])
def test_what_comes_from_clips_is_what_is_drawn(
    frames: FigureFrames, at_once: DrawnFigures, figure: Figure, side: Side | None
) -> None:
    frames.get(FigureMoment(figure.id, 0.0, BOX, LIME, side=side, arrows=True))
    frames.request([SizedFigure(figure.id, BOX)])
    while frames.prefetch(budget_s=5.0):
        pass
    # Moments through a whole loop, then forward and backward jumps.
    times_s = [i / 8 for i in range(int(figure.duration_s * 8) + 2)] + [0.9, 0.1, 2.0, 0.0, 1.4]
    shown = [frames.get(FigureMoment(figure.id, t_s, BOX, LIME, side=side, arrows=True)).sprite for t_s in times_s]
    assert any(isinstance(sprite and sprite.parts[0], ClipFrame) for sprite in shown)
    for t_s in times_s:
        moving = frames.get(FigureMoment(figure.id, t_s, BOX, LIME, side=side, arrows=True)).sprite
        drawn = at_once.get(FigureMoment(figure.id, t_s, BOX, LIME, side=side, arrows=True)).sprite
        assert moving
        assert drawn
        assert moving.key == drawn.key
        assert screen_of(moving) == screen_of(drawn), f"at {t_s:.2f} s"


def test_figures_that_take_turns_do_not_show_each_other(frames: FigureFrames, at_once: DrawnFigures) -> None:
    both = [CLAM.id, JUMP.id]
    for name in both:
        frames.get(FigureMoment(name, 0.0, BOX, LIME))
    frames.request([SizedFigure(name, BOX) for name in both])
    while frames.prefetch(budget_s=5.0):
        pass
    for t_s in (0.4, 0.5, 1.3):
        for name in both:
            moment = FigureMoment(name, t_s, BOX, LIME)
            moving, drawn = caught_up(frames, moment), at_once.get(moment).sprite
            assert drawn
            assert screen_of(moving) == screen_of(drawn), f"{name} at {t_s} s"


def test_what_comes_next_stays_packed_until_it_is_shown(frames: FigureFrames) -> None:
    frames.get(FigureMoment("victory", 0.0, BOX, LIME))
    frames.request([SizedFigure("victory", BOX), SizedFigure("clamshell", BOX)])
    while frames.prefetch(budget_s=5.0):
        pass
    assert unpacked(frames, "victory") > 10
    assert unpacked(frames, "clamshell") == 0
    frames.get(FigureMoment("clamshell", 0.0, BOX, LIME))
    while frames.prefetch(budget_s=5.0):
        pass
    assert unpacked(frames, "clamshell") > 10


def test_a_figure_that_jumps_into_a_move_catches_up_frame_by_frame(frames: FigureFrames) -> None:
    frames.get(FigureMoment("victory", 0.0, BOX, LIME))
    frames.request([SizedFigure("victory", BOX), SizedFigure("clamshell", BOX)])
    while frames.prefetch(budget_s=5.0):
        pass
    steps, settled = [unpacked(frames, "clamshell")], False
    while not settled:
        sprite, stays_s = frames.get(FigureMoment("clamshell", 0.5, BOX, LIME))
        assert sprite
        settled = frames.settled
        assert settled or stays_s <= UNSETTLED_S
        screen_of(sprite)
        steps.append(unpacked(frames, "clamshell"))
    # The first frame also unpacks the whole first picture.
    assert steps[1] - steps[0] <= 1 + UNPACKED_AT_ONCE
    assert len(steps) > 3
    assert all(after - before <= UNPACKED_AT_ONCE for before, after in pairwise(steps[1:]))


@pytest.mark.parametrize("figure", [CLAM, JUMP], ids=["one move", "three moves"])
def test_between_two_pictures_only_what_it_says_differs(frames: FigureFrames, figure: Figure) -> None:
    """Painting the difference onto the picture before gives the new picture, within a move and between two moves."""
    frames.get(FigureMoment(figure.id, 0.0, BOX, LIME))
    frames.request([SizedFigure(figure.id, BOX)])
    while frames.prefetch(budget_s=5.0):
        pass
    size = (BOX[0] + 80, BOX[1] + 80)
    screen, quick, after = (pygame.Surface(size, 0, 32) for _ in range(3))
    before, told = None, 0
    for i in range(int(figure.duration_s * 15) + 2):
        sprite = frames.get(FigureMoment(figure.id, i / 15, BOX, LIME)).sprite
        assert sprite
        part = sprite.parts[0]
        after.fill((0, 0, 0))
        part.draw(after, (40, 40))
        rects = None if before is None else part.differs(before)
        if rects is None:
            quick.blit(after, (0, 0))
        else:
            put = part.onto(before)
            assert put
            for rect in rects:
                screen.blit(after, rect.move(40, 40), rect.move(40, 40))
                quick.set_clip(rect.move(40, 40))
                put(quick, (40, 40))
                told += 1
            quick.set_clip(None)
            assert pygame.image.tostring(screen, "RGB") == pygame.image.tostring(after, "RGB")
            assert pygame.image.tostring(quick, "RGB") == pygame.image.tostring(after, "RGB")
        screen.blit(after, (0, 0))
        before = part
    assert told > 15


def test_equal_keys_mean_equal_pictures(frames: FigureFrames) -> None:
    seen: dict[object, bytes] = {}
    for i in range(60):
        sprite = frames.get(FigureMoment("clamshell", i / 15, BOX, LIME, arrows=True)).sprite
        assert sprite
        assert seen.setdefault(sprite.key, pixels(sprite)) == pixels(sprite)
    assert len(seen) > 20


def test_key_changes_with_accent_side_and_arrows(frames: FigureFrames) -> None:
    t_s = CLAM.still_s
    sprites = [
        frames.get(FigureMoment("clamshell", t_s, BOX, LIME)).sprite,
        frames.get(FigureMoment("clamshell", t_s, BOX, SKY)).sprite,
        frames.get(FigureMoment("clamshell", t_s, BOX, LIME, side=OTHER)).sprite,
        frames.get(FigureMoment("clamshell", t_s, BOX, LIME, arrows=True)).sprite,
    ]
    assert len({sprite.key for sprite in sprites if sprite}) == 4


def test_a_hold_is_one_picture(frames: FigureFrames) -> None:
    a, b = (caught_up(frames, FigureMoment("clamshell", t_s, BOX, LIME)) for t_s in (1.1, 1.6))
    assert a.key == b.key


def test_drawing_straight_equals_the_composed_surface(frames: FigureFrames) -> None:
    sprite = frames.get(FigureMoment("clamshell", 0.5, BOX, LIME, arrows=True)).sprite
    assert sprite
    direct, composed = (pygame.Surface((200, 130), 0, 32) for _ in range(2))
    for surface in (direct, composed):
        surface.fill(COLOURS.background)
    changed = sprite.draw(direct, (20, 20))
    composed.blit(sprite.cut_out(direct), sprite.rect.move(20, 20))
    assert pygame.image.tostring(direct, "RGB") == pygame.image.tostring(composed, "RGB")
    assert changed == sprite.rect.move(20, 20)


def test_missing_pictures_never_keep_the_caller_waiting(tmp_path: Path) -> None:
    frames = FigureFrames(BOTH, tmp_path)
    try:
        assert frames.get(FigureMoment("clamshell", 0.0, BOX, LIME)).sprite is None
        found: list[Sprite] = []

        def first() -> bool:
            if sprite := frames.get(FigureMoment("clamshell", 0.5, BOX, LIME)).sprite:
                found.append(sprite)
            return bool(found)

        wait_for(first)
        wait_for(drawn_whole(tmp_path, CLAM))
        moment = FigureMoment("clamshell", 0.5, BOX, LIME)
        exact, drawn = caught_up(frames, moment), DrawnFigures([CLAM]).get(moment).sprite
        assert drawn
        assert screen_of(exact) == screen_of(drawn)
    finally:
        frames.close()


def test_the_process_ends_with_us(tmp_path: Path) -> None:
    frames = FigureFrames([CLAM], tmp_path)
    frames.get(FigureMoment("clamshell", 0.0, BOX, LIME))
    process = frames.process.popen
    assert process
    frames.close()
    frames.close()
    assert process.poll() is not None


def test_the_process_ends_when_its_input_closes(tmp_path: Path) -> None:
    frames = FigureFrames([JUMP], tmp_path)
    frames.request([SizedFigure("victory", BOX)])
    process = frames.process.popen
    assert process
    assert process.stdin
    process.stdin.close()
    assert process.wait(30) == 0
    frames.close()


def test_a_dead_process_costs_a_warning_and_leaves_the_still(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    frames = FigureFrames([CLAM], tmp_path)
    frames.get(FigureMoment("clamshell", 0.0, BOX, LIME))
    with caplog.at_level(logging.WARNING):
        for _ in range(100):
            if frames.process.popen:
                frames.process.popen.kill()
                frames.process.popen.wait()
            sprite = frames.get(FigureMoment("clamshell", 0.0, BOX, LIME)).sprite
            if sprite:
                break
    assert sprite
    assert len([record for record in caplog.records if "ended" in record.message]) <= 2
    frames.close()


def test_a_damaged_file_is_dropped_and_drawn_again(tmp_path: Path) -> None:
    frames = FigureFrames([JUMP], tmp_path)
    frames.request([SizedFigure("victory", BOX)])
    wait_for(lambda: frames.get(FigureMoment("victory", JUMP.still_s, BOX, LIME)).sprite)
    frames.close()
    for path in tmp_path.glob(f"figure-*{SUFFIX}"):
        path.write_bytes(path.read_bytes()[:40])
    again = FigureFrames([JUMP], tmp_path)
    wait_for(lambda: again.get(FigureMoment("victory", JUMP.still_s, BOX, LIME)).sprite)
    again.close()


def test_stale_pictures_are_deleted(tmp_path: Path) -> None:
    stale = tmp_path / "figure-victory-000000000000" / "160x90"
    stale.mkdir(parents=True)
    (stale / f"jump{SUFFIX}").write_bytes(b"old")
    other = tmp_path / "somebody-elses"
    other.mkdir()
    frames = FigureFrames([JUMP], tmp_path)
    frames.request([SizedFigure("victory", BOX)])
    wait_for(lambda: not stale.exists())
    frames.close()
    assert other.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(0o500)
    frames = FigureFrames([JUMP], tmp_path / "closed" / "cache", memory_dir=tmp_path)
    frames.request([SizedFigure("victory", BOX)])
    wait_for(lambda: frames.get(FigureMoment("victory", 0.0, BOX, LIME)).sprite)
    assert len(list(tmp_path.glob("kiosk-figures-*"))) == 1
    frames.close()


def test_a_file_in_place_of_the_folder_is_survived(tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("in the way")
    frames = FigureFrames([JUMP], blocked, memory_dir=tmp_path)
    frames.request([SizedFigure("victory", BOX)])
    wait_for(lambda: frames.get(FigureMoment("victory", 0.0, BOX, LIME)).sprite)
    assert len(list(tmp_path.glob("kiosk-figures-*"))) == 1
    frames.close()
    assert list(tmp_path.glob("kiosk-figures-*")) == []


def test_loading_ahead_fills_memory(frames: FigureFrames) -> None:
    frames.request([SizedFigure("clamshell", BOX)])
    assert frames.prefetch(budget_s=5.0)
    assert not frames.prefetch(budget_s=5.0)


def test_drawing_version_is_stable() -> None:
    assert drawing_version() == drawing_version()


def test_memory_holds_what_is_on_screen_and_what_is_next(frames: FigureFrames) -> None:
    frames.get(FigureMoment("victory", 0.0, BOX, LIME))
    frames.get(FigureMoment("clamshell", 0.0, BOX, LIME))
    frames.get(FigureMoment("clamshell", 0.0, BOX, LIME, side=OTHER))
    frames.request([SizedFigure("clamshell", BOX), SizedFigure("victory", BOX)])
    frames.prefetch(budget_s=0.0)
    assert set(frames.clips) == {(SizedFigure("clamshell", BOX), True), (SizedFigure("victory", BOX), False)}


def test_a_clip_that_was_shown_leaves_memory_with_its_last_owner() -> None:
    """The cyclic garbage collector would come too late, because it counts objects rather than megabytes."""
    clip = Clip(draw_one(Drawing(CLAM, BOX), CLAM.still_step), CLAM, SizedFigure(CLAM.id, BOX))
    sprite = clip.at(FigureMoment("clamshell", 0.0, BOX, LIME, arrows=True))[0].sprite
    assert sprite
    screen_of(sprite)
    there = ref(clip)
    gc.collect()
    gc.disable()
    try:
        del clip, sprite
        assert there() is None
    finally:
        gc.enable()


def test_the_still_is_shown_until_the_clip_is_there(cache_dir: Path, tmp_path: Path, at_once: DrawnFigures) -> None:
    still, clip = (file_name(CLAM, SizedFigure(CLAM.id, BOX), kind) for kind in (STILL, CLIP))
    (tmp_path / still).write_bytes((cache_dir / still).read_bytes())
    frames = FigureFrames([CLAM], tmp_path)
    # Without its process, the clip is never drawn.
    frames.process.close()
    asked = FigureMoment("clamshell", 0.5, BOX, LIME, side=OTHER, arrows=True)
    sprite, stays_s = frames.get(asked)
    drawn = at_once.get(asked._replace(t_s=CLAM.still_s - 0.3)).sprite
    assert sprite
    assert drawn
    assert screen_of(sprite) == screen_of(drawn)
    assert not frames.settled
    assert stays_s <= UNSETTLED_S
    (tmp_path / clip).write_bytes((cache_dir / clip).read_bytes())
    assert caught_up(frames, asked).key != sprite.key


def test_a_clip_that_was_begun_is_finished_after_the_stills_of_the_next_request(tmp_path: Path) -> None:
    renderer = Renderer({CLAM.id: CLAM, JUMP.id: JUMP}, Folders([tmp_path], print))
    work = renderer.draw([SizedFigure("clamshell", BOX)])
    for _ in range(5):
        next(work)
    work = renderer.draw([SizedFigure("victory", BOX)])
    next(work)
    assert {path.name for path in tmp_path.iterdir()} == {
        file_name(figure, SizedFigure(figure.id, BOX), STILL) for figure in (CLAM, JUMP)
    }
    # Four pictures of the clip were drawn before, and none is drawn twice.
    assert sum(1 for _ in work) == len(CLAM.rows[0]) - 4 + sum(map(len, JUMP.rows))
    assert drawn_whole(tmp_path, CLAM)()
    assert drawn_whole(tmp_path, JUMP)()


def test_figures_at_stations_stand_still_on_their_ground_while_one_moves(tmp_path: Path, at_once: DrawnFigures) -> None:
    """Asking for one figure must not drop another one, and each has the pixels of a drawing on that ground."""
    ground: Colour = (0x14, 0x1A, 0x23)
    figures = FigureFrames(BOTH, tmp_path)
    sized = [SizedFigure(figure.id, BOX, ground) for figure in BOTH]
    try:
        figures.request(sized)
        files = [tmp_path / file_name(*pair, CLIP) for pair in zip(BOTH, sized, strict=True)]
        wait_for(lambda: all(file.exists() for file in files))
        moving = caught_up(figures, FigureMoment("clamshell", 0.5, BOX, LIME, ground=ground))
        for figure in BOTH:
            loop = figures.loop(figure.id)
            assert loop is not None
            moment = FigureMoment(figure.id, loop.key_s, BOX, LIME, ground=ground, still=True)
            still, drawn = figures.get(moment), at_once.get(moment).sprite
            assert still.sprite
            assert drawn
            assert still.stays_s == inf
            assert on_ground(still.sprite, ground) == on_ground(drawn, ground)
        assert moving.key == caught_up(figures, FigureMoment("clamshell", 0.5, BOX, LIME, ground=ground)).key
        assert set(figures.stills) == set(sized)
        figures.request(sized[:1])
        figures.prefetch()
        assert set(figures.stills) == set(sized[:1])
        figures.request(sized)
        while figures.prefetch():
            pass
        assert set(figures.stills) == set(sized), "read before they are shown"
    finally:
        figures.close()


class TestFiles:
    def test_an_edited_one_is_drawn_as_it_was_checked(self, tmp_path: Path) -> None:
        path = tmp_path / "clamshell.yaml"
        path.write_text("rubbish: [")
        figures = FigureFiles(
            {CLAM.id: FigureFile(path, CLAM.path.read_bytes())}, lambda error: pytest.fail(str(error))
        )
        frames = FigureFrames(figures, tmp_path / "cache")
        moment = FigureMoment(CLAM.id, 0.45, BOX, LIME)
        frames.request([SizedFigure(CLAM.id, BOX)])
        wait_for(drawn_whole(tmp_path / "cache", CLAM))
        drawn = DrawnFigures([CLAM]).get(moment).sprite
        assert drawn
        assert screen_of(caught_up(frames, moment)) == screen_of(drawn)
        frames.close()

    def test_are_read_when_they_are_needed_and_a_broken_one_is_missing(self, tmp_path: Path) -> None:
        broken, said = tmp_path / "broken.yaml", list[str]()
        broken.write_text("rubbish: [")
        files = {
            "broken": FigureFile(broken),
            "gone": FigureFile(tmp_path / "gone.yaml"),
            JUMP.id: FigureFile(JUMP.path),
        }
        figures = FigureFiles(files, lambda error: said.append(str(error)))
        frames = FigureFrames(figures, tmp_path / "cache")
        assert said == []
        frames.request([SizedFigure(name, BOX) for name in ("broken", JUMP.id)])
        for _ in range(2):
            assert frames.get(FigureMoment("broken", 0.0, BOX, LIME)) == NOTHING
            assert frames.loop("broken") is None
        assert [line.split(":")[0] for line in said] == [str(broken)]
        wait_for(drawn_whole(tmp_path / "cache", JUMP))
        frames.close()

    def test_one_that_cannot_be_drawn_does_not_hold_up_the_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        def drawing(figure: Figure, sized: SizedFigure) -> Drawing:
            if figure is CLAM:
                raise ValueError("invalid color argument")
            return Drawing(figure, sized.box_px)

        monkeypatch.setattr("kiosk.screen.figure.render.drawing_of", drawing)
        renderer = Renderer({one.id: one for one in BOTH}, Folders([tmp_path], lambda line: None))
        for _ in range(2):
            for _ in renderer.draw([SizedFigure(one.id, BOX) for one in BOTH]):
                pass
        assert drawn_whole(tmp_path, JUMP)()
        assert not drawn_whole(tmp_path, CLAM)()
        assert capfd.readouterr().out == "the figure clamshell cannot be drawn: invalid color argument\n"
