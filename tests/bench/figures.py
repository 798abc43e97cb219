"""Fills the kiosk's figure cache beforehand, because a gym's wall has a full cache from its second day on."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.circuit import Circuit
from kiosk.config import shipped
from kiosk.figure.loading import load_figure
from kiosk.figure.model import Figure
from kiosk.look import TOUR_CARD_S, TOUR_LIST_S, look
from kiosk.screen.context import Context
from kiosk.screen.figure.files import CLIP, file_name
from kiosk.screen.figures import Figures, SizedFigure
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import scene_of
from kiosk.session import Rules, Session, step
from kiosk.timeline import Timeline
from kiosk.view import View
from tests.screen_samples import at

ROOT = Path(__file__).parents[2]
PATIENCE_S = 900.0


def shipped_figures() -> list[Figure]:
    return [load_figure(path) for path in sorted((shipped("assets") / "figures").glob("*.yaml"))]


def wanted(circuit: Circuit, size: tuple[int, int], places: int | None = None) -> list[SizedFigure]:
    """Return the figures that the circuit's screens show or prefetch, each with its box size in pixels.

    With `places`, return only the figures of that many exercises from the start of the circuit.
    """
    context = Context(Layout(*size), figures=Figures(shipped_figures()))
    wants = [want for view in _views(circuit, places) for want in scene_of(view).figures_ahead(view, context)]
    return list(dict.fromkeys(wants))


def fill(cache: Path, wants: Sequence[SizedFigure]) -> float:
    """Have the kiosk's drawing process draw the clips that `cache` lacks; return the seconds that took."""
    figures = {figure.id: figure for figure in shipped_figures()}
    began_s = time.monotonic()
    files = [str(figure.path.resolve()) for figure in figures.values()]
    command = [sys.executable, "-m", "kiosk.screen.figure.render", json.dumps([str(cache)]), *files]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdin is not None
        process.stdin.write((json.dumps(wants) + "\n").encode())
        process.stdin.flush()
        while _missing(cache, figures, wants):
            if process.poll() is not None or time.monotonic() - began_s > PATIENCE_S:
                raise RuntimeError(f"the figures were not drawn: exit status {process.poll()}")
            time.sleep(0.2)
    return time.monotonic() - began_s


def _missing(cache: Path, figures: dict[str, Figure], wants: Iterable[SizedFigure]) -> bool:
    return any(not (cache / file_name(figures[one.name], one, CLIP)).exists() for one in wants)


def _views(circuit: Circuit, places: int | None) -> Iterable[View]:
    timeline = Timeline.of(circuit)
    tour = Session.start_screen((timeline,), 0.0, Rules(dim_after_s=0.0))
    places = places or len(circuit.exercises)
    for place in range(places):
        for part_s in (0.0, TOUR_LIST_S):
            yield look(step(tour, place * (TOUR_LIST_S + TOUR_CARD_S) + part_s).session).view
    for interval in (one for one in timeline.intervals if one.place < places):
        yield at(timeline, interval.start_s).view
