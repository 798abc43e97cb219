"""Recovers from a power cut. The position in the circuit is kept on disk and offered at the next start."""

from __future__ import annotations

import logging

from kiosk.app import App
from kiosk.session import Session
from kiosk.stop import Stop
from kiosk.system.checkpoint import Checkpoint, CheckpointStore

log = logging.getLogger("kiosk")


class Recovery:
    """A background task that keeps the position in the circuit on disk."""

    def __init__(self, stop: Stop, store: CheckpointStore | None = None) -> None:
        self._stop = stop
        self._store = store or CheckpointStore()
        self._offered: Checkpoint | None = None

    def offer(self, session: Session) -> Session:
        """Return the start screen. If a circuit was interrupted, the start screen offers to resume the circuit."""
        checkpoint = self._store.load()
        if checkpoint is None:
            return session
        position = checkpoint.position
        index = position.index_in(session.timelines)
        if index is None:
            log.info("no circuit to resume: %s has been changed", position.circuit)
            self._store.clear()
            return session
        self._offered = checkpoint
        offered = session.restoring(index, position.elapsed_s, position.jumped_s, position.results)
        log.info("interrupted: %s can be resumed", offered.timeline.circuit.name)
        return offered

    def turn(self, app: App, now_s: float) -> Session:
        session = app.session
        if not session.restored:
            self._offered = None
        elif self._offered is not None and self._store.expired(self._offered):
            # A Pi's clock has no battery, so the time that the Pi was off is unknown until the clock has been set.
            log.info("the interrupted circuit has expired")
            session = session.discarding()
        self._store.note(session)
        return session

    def close(self) -> None:
        if self._stop.reason and not self._stop.by_signal:
            # A person closed the window and does not want the circuit back. An upgrade or a shutdown sends a signal.
            self._store.clear()
        self._store.close()
