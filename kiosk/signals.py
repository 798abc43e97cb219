"""What each cue sounds like, and which cues sound: one table and one rule for buzzer, speakers and terminal.

Whoever hears it lies face down on a mat in a noisy room. A buzzer with one tone has only the rhythm to tell the cues
apart, so the rhythms form families that can be learned, and the tones say the same once more:

- work begins (go, resume): it ends in a long beep, the tones rise;
- work ends: change is two even beeps, a round three, the finish three long ones, the last the longest;
- turn over (switch): short, long. Pause is the reverse of it: long, short;
- do nothing, just know (tick, halfway): one short beep, two short beeps;
- the button has been felt (press): a click.

A signal that is cut short is another signal: "switch" without its long beep is "halfway". So no signal cuts another,
except one that says what to do now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from kiosk.timeline import Cue, DueCue

# Equal-tempered notes in Hz. Between 800 and 2,200 Hz small buzzers and television speakers are loud, and hearing that
# has aged has not yet weakened.
A5 = 880.0
B5 = 987.8
C6 = 1046.5
D6 = 1174.7
E6 = 1318.5
G6 = 1568.0
A6 = 1760.0
C7 = 2093.0

CLICK_S = 0.04
"""The shortest beep: lgpio starts a tone up to 20 ms late (its thread wakes 50 times a second), half is left then."""
SHORT_S = 0.1
EVEN_S = 0.22
LONG_S = 0.5
GAP_S = 0.1
"""Shorter gaps run together in a hall that echoes."""


class Beep(NamedTuple):
    """A tone in Hz (an active buzzer has only its own) for `on_s` seconds, then silence for `off_s` seconds."""

    tone_hz: float
    on_s: float
    off_s: float = 0.0


class Edge(NamedTuple):
    """At `at_s` seconds after the start of a signal the sound changes: to a tone in Hz, or to silence (None)."""

    at_s: float
    tone_hz: float | None


SIGNALS: Mapping[Cue, tuple[Beep, ...]] = MappingProxyType(
    {
        Cue.TICK: (Beep(A5, SHORT_S),),
        # Without gaps: one long beep where there is but one tone.
        Cue.GO: (Beep(A5, 0.15), Beep(D6, 0.15), Beep(A6, LONG_S)),
        Cue.CHANGE: (Beep(A6, EVEN_S, GAP_S), Beep(D6, EVEN_S)),
        Cue.SWITCH: (Beep(D6, SHORT_S, GAP_S), Beep(G6, LONG_S)),
        Cue.HALFWAY: (Beep(E6, SHORT_S, GAP_S), Beep(E6, SHORT_S)),
        Cue.ROUND: (Beep(A6, EVEN_S, GAP_S), Beep(E6, EVEN_S, GAP_S), Beep(C6, EVEN_S)),
        Cue.FINISH: (Beep(C6, LONG_S, GAP_S), Beep(E6, LONG_S, GAP_S), Beep(C7, 1.2)),
        Cue.PAUSE: (Beep(E6, LONG_S, GAP_S), Beep(B5, SHORT_S)),
        Cue.RESUME: (Beep(A5, SHORT_S, GAP_S), Beep(D6, SHORT_S, GAP_S), Beep(A6, LONG_S)),
        Cue.PRESS: (Beep(A6, CLICK_S),),
    }
)
"""Each is over before the tick that may come a second later; the finish has nothing after it."""

GIVE_WAY = frozenset({Cue.TICK, Cue.HALFWAY, Cue.PRESS})
"""Signals that ask for nothing: they are dropped while another one sounds. The others say what to do now and cut it."""
SILENCE_S = GAP_S / 2
"""Shortest silence before a signal that gives way. A tick one second after "resume" has twice that, so a loop that is
a few milliseconds late does not drop it."""


class Audible(NamedTuple):
    """The cues that sound, and when the last of their signals is over."""

    cues: tuple[DueCue, ...]
    over_s: float


def audible(cues: Iterable[DueCue], over_s: float = -inf) -> Audible:
    """Return which cues sound, given their moments in order and when the signal before them is over."""
    sound: list[DueCue] = []
    for due in cues:
        if due.cue not in GIVE_WAY or due.at_s >= over_s + SILENCE_S:
            sound.append(due)
            over_s = due.at_s + length_s(due.cue)
    return Audible(tuple(sound), over_s)


def length_s(cue: Cue) -> float:
    """Return the length of a signal, without the silence that follows it."""
    return _LENGTHS_S[cue]


def edges(beeps: tuple[Beep, ...]) -> tuple[Edge, ...]:
    """Return when the sound changes, from the first tone at 0 s to the silence at the end.

    Beeps that follow each other without a gap have no silence between them.
    """
    found: list[Edge] = []
    now_s = 0.0
    for beep in beeps:
        found.append(Edge(now_s, beep.tone_hz))
        now_s += beep.on_s
        if beep.off_s > 0:
            found.append(Edge(now_s, None))
            now_s += beep.off_s
    if found and found[-1].tone_hz is not None:
        found.append(Edge(now_s, None))
    return tuple(found)


_LENGTHS_S = {cue: edges(beeps)[-1].at_s for cue, beeps in SIGNALS.items()}
