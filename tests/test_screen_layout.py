"""All screens, at every size, with the longest texts: nothing overflows or overlaps, and all text can be read."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pygame
import pytest

from kiosk.config import load
from kiosk.screen.compositor import compose, picture
from kiosk.screen.display_list import Item
from kiosk.screen.layout import BODY_TOP, Layout
from kiosk.screen.scenes import SCENES, paused
from kiosk.timeline import Kind, Timeline
from kiosk.view import IntervalView, Moment, PausedView, View
from tests.conftest import ROOT
from tests.screen_checks import context, contrast, faults, painted
from tests.screen_samples import SIZES, Blocks, at, circuits, moments

CIRCUITS = circuits()
MOMENTS = {circuit: moments(CIRCUITS[circuit]) for circuit in CIRCUITS}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("circuit", CIRCUITS)
def test_every_text_stays_in_its_room_and_clear_of_the_others(circuit: str, size: tuple[int, int]) -> None:
    found = []
    for name, moment in MOMENTS[circuit].items():
        found += [
            f"{name}: {fault}"
            for fault in _faults_with_panel(compose(moment, context(size)).items, context(size).layout)
        ]
    assert found == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_interval_of_what_is_shipped(size: tuple[int, int]) -> None:
    found = []
    for circuit in load(ROOT / "config").circuits:
        timeline = Timeline.of(circuit)
        # The rounds of a block look alike, and so do the sets of an exercise.
        unlike = {(one.kind, one.exercise, one.side, one.block): one for one in timeline.intervals}
        for interval in unlike.values():
            for part in (0.02, 0.3, 0.6, 0.97):
                moment = at(timeline, interval.start_s + part * interval.duration_s)
                items, layout = compose(moment, context(size)).items, context(size).layout
                # A list or stations may take the panel's place.
                here = faults(items, layout) if interval.lists_tasks else _faults_with_panel(items, layout)
                where = f"{interval.kind} of {interval.exercise.name} in {circuit.id} at {part}"
                found += [f"{where}: {fault}" for fault in here]
    assert found == []


def _faults_with_panel(items: list[Item], layout: Layout) -> list[str]:
    """Return the faults of a frame. A text across the panel's edge is a fault even if no panel is drawn."""
    texts = [] if _in_band(items) else [text for item in items for text in item.texts]
    panel = layout.panel_px
    across = [text for text in texts if text.ink.colliderect(panel) and not panel.contains(text.ink)]
    return [*faults(items, layout, 0.048), *(f"{text.text!r} across the panel's edge" for text in across)]


def _in_band(items: list[Item]) -> bool:
    return any(isinstance(item.key, tuple) and item.key[0] == "hatch" for item in items)


def test_every_kind_of_view_and_of_interval_has_a_scene() -> None:
    assert set(SCENES) == {*Kind, *get_args(View)} - {IntervalView}


@pytest.mark.parametrize(
    ("kind", "words"),
    [("get_ready", "Get ready"), ("switch", "Switch"), ("changeover", "Rest"), ("round_break", "Break")],
)
def test_a_count_in_tells_what_goes_on(kind: str, words: str) -> None:
    moment = next(moment for name, moment in MOMENTS["real"].items() if name.startswith(kind) and "count-in" in name)
    texts = [text.text for item in compose(moment, context((1280, 720))).items for text in item.texts]
    assert [text for text in texts if text.startswith(f"{words} goes on: ")]


def test_items_of_a_frame_are_told_apart() -> None:
    for moment in MOMENTS["real"].values():
        counts = Counter(item.identity for item in compose(moment, context((1280, 720))).items)
        assert [identity for identity, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280)], ids=["landscape", "portrait"])
@pytest.mark.parametrize("name", sorted(MOMENTS["real"]))
def test_text_has_a_contrast_of_7_to_1(name: str, size: tuple[int, int]) -> None:
    moment, desk = MOMENTS["real"][name], context(size)
    items = compose(moment, desk).items
    surface = painted(items, desk)
    top, height = paused.band(desk)
    band = desk.layout.rect(-1, top, 9, height)
    for item in items:
        for text in item.texts:
            if isinstance(moment.view, PausedView) and not band.contains(text.ink):
                continue
            assert contrast(surface, text.ink) >= 7.0, text.text


def test_an_ultrawide_screen_uses_the_16_to_9_in_its_middle() -> None:
    wide, usual = Layout(2560, 1080), Layout(1920, 1080)
    assert wide.w == usual.w
    assert wide.panel_px == usual.panel_px.move(320, 0)


def test_a_screen_that_is_hardly_tall_uses_the_5_to_4_in_its_middle() -> None:
    tall = Layout(1000, 1100)
    assert not tall.portrait
    assert tall.unit_px == 800
    assert tall.y(0) == (1100 - 800) // 2


@pytest.mark.parametrize(("size", "hung"), [((1080, 1920), (1920, 1080)), ((768, 1024), (1024, 768))])
def test_letters_are_no_smaller_on_a_television_hung_on_its_side(size: tuple[int, int], hung: tuple[int, int]) -> None:
    assert Layout(*size).unit_px >= Layout(*hung).unit_px


def test_in_portrait_the_parts_follow_each_other_from_top_to_bottom() -> None:
    for size in ((1080, 1920), (768, 1024), (1024, 1280), (480, 800), (1080, 2560)):
        layout = Layout(*size)
        upper = [BODY_TOP, layout.lane_top, layout.stage_bottom, layout.panel_top, layout.body_bottom]
        lower = [layout.cue_baseline, layout.footer_top, layout.label_baseline, layout.segments_bottom, layout.bottom]
        assert layout.portrait
        assert [*upper, *lower] == sorted([*upper, *lower])
        assert (layout.x0, layout.lw) == (layout.rx, layout.rc)


def test_the_same_moment_gives_the_same_pixels_without_a_display() -> None:
    for name in ("work-left", "changeover-right", "work-left-held"):
        first, second = (_bytes(MOMENTS["real"][name]) for _ in range(2))
        assert first == second
    assert not pygame.display.get_init()


def _bytes(moment: Moment) -> bytes:
    return pygame.image.tostring(picture(moment, (800, 480), Blocks()), "RGB")
