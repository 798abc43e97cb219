"""Frame pacing. A frame that might not be done before the next cue has to wait until after the cue."""

from __future__ import annotations

DECAY = 0.9
"""Factor by which the slowest frame time shrinks with each frame. No frame begins within that time before a cue."""
LONGEST_HOLD_BACK_S = 0.5
"""Maximum time that a frame is held back. Ticks come a second apart, so a frame of half a second fits in between."""


class FramePacing:
    """A memory of how long frames take.

    A frame that shows a new view takes far longer than a frame that continues the same view (`goes_on`), so the two
    kinds are remembered separately.
    """

    def __init__(self) -> None:
        self._slowest_s = {True: 0.0, False: 0.0}

    def note(self, took_s: float, goes_on: bool) -> None:
        """Remember that a frame took `took_s` seconds."""
        self._slowest_s[goes_on] = max(took_s, DECAY * self._slowest_s[goes_on])

    def too_late(self, until_cue_s: float, goes_on: bool) -> bool:
        """Return whether a frame that begins now might not be done when the next cue is due."""
        return 0 < until_cue_s < min(self._slowest_s[goes_on], LONGEST_HOLD_BACK_S)
