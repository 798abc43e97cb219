"""The place in the circuit, kept over a power cut and offered again after it."""

from __future__ import annotations

import logging

from kiosk.app import App
from kiosk.stop import Stop
from kiosk.system.checkpoint import Checkpoint, Keeper

log = logging.getLogger("kiosk")


class Place:
    """A chore: notes where the circuit is, and offers at the start what was interrupted."""

    def __init__(self, app: App, stop: Stop, keeper: Keeper | None = None) -> None:
        self._stop = stop
        self._keeper = keeper or Keeper()
        self._offered = self._keeper.load()
        if self._offered is not None:
            self._offer(app, self._offered)

    def turn(self, app: App, now_s: float) -> None:
        if not app.session.restored:
            self._offered = None
        elif self._offered is not None and self._keeper.expired(self._offered):
            # A Pi has no battery for its clock, and only now it knows how long it was off.
            log.info("the interrupted circuit is too long ago")
            app.session = app.session.discarding()
        self._keeper.note(app.session)

    def close(self) -> None:
        if self._stop.reason and not self._stop.by_signal:
            # Somebody closed the window: they do not want the circuit back. An upgrade or a shutdown sends a signal.
            self._keeper.clear()
        self._keeper.close()

    def _offer(self, app: App, checkpoint: Checkpoint) -> None:
        position = checkpoint.position
        index = position.index_in(app.session.timelines)
        if index is None:
            log.info("no circuit to resume: %s has been changed", position.circuit)
            self._keeper.clear()
            return
        app.session = app.session.restoring(index, position.elapsed_s)
        log.info("interrupted: %s can be resumed", app.session.timeline.circuit.name)
