"""When a frame may begin: not so shortly before a cue that it might not be done by then."""

from __future__ import annotations

DECAY = 0.9
"""Decay of the slowest frame time with each frame. That time before a cue no frame begins."""
LONGEST_HOLD_BACK_S = 0.5
"""Maximum time that a frame is held back. Ticks come a second apart, so a frame of half a second fits in between."""


class FramePacing:
    """Remembers how long frames take.

    Frames of another view take far longer than those in which only time has gone by (`goes_on`), so the two are
    remembered apart.
    """

    def __init__(self) -> None:
        self._slowest_s = {True: 0.0, False: 0.0}

    def note(self, took_s: float, goes_on: bool) -> None:
        """Take note of how long a frame took."""
        self._slowest_s[goes_on] = max(took_s, DECAY * self._slowest_s[goes_on])

    def too_late(self, until_cue_s: float, goes_on: bool) -> bool:
        """Return whether a frame that begins now might not be done when the next cue is due."""
        return 0 < until_cue_s < min(self._slowest_s[goes_on], LONGEST_HOLD_BACK_S)
