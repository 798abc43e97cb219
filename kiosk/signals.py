"""The signal of each cue, and the rule that decides which cues are played by buzzer, loudspeakers and terminal.

People lie face down on a mat in a noisy room when they hear the signals. On a buzzer with a single tone, only rhythm
distinguishes the signals. So the rhythms form families that are easy to learn. Where there are several tones, the tones
support the rhythm:

- work begins (go, last round, resume): the signal ends in a long beep, and the tones rise;
- work ends: two even beeps for a change, three for a round, four quick beeps for moving on to the next station, three
  long beeps for the finish, the last of them longest and with the sharpest tone of all;
- turn over (switch): one short beep, then one long beep; a pause is the reverse, long and then short;
- nothing to do: one short beep for a tick, two short beeps for halfway;
- the button was noticed (press): a click; two of them when it counted a round (tally), three when it chose a circuit.

A signal that is cut short sounds like another signal. For example, "switch" with its long beep cut short is like
"halfway". So only a signal that tells people what to do may cut off another signal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from kiosk.timeline import Cue, DueCue

# Equal-tempered notes in Hz. From 800 to 2,200 Hz, small buzzers and television speakers are loud, and older people
# still hear well.
A5 = 880.0
B5 = 987.8
C6 = 1046.5
D6 = 1174.7
E6 = 1318.5
G6 = 1568.0
A6 = 1760.0
C7 = 2093.0

CLICK_S = 0.04
"""Length of the shortest beep. lgpio may start a tone 20 ms late (its thread wakes 50 times a second). Half remains."""
SHORT_S = 0.1
QUICK_S = 0.14
EVEN_S = 0.22
LONG_S = 0.5
GAP_S = 0.1
"""Gap between beeps. In a hall with an echo, shorter gaps cannot be heard."""


class Beep(NamedTuple):
    """A tone for `on_s` seconds, then silence for `off_s` seconds. An active buzzer plays its own tone instead."""

    tone_hz: float
    on_s: float
    off_s: float = 0.0


class Edge(NamedTuple):
    """A change of the sound, `at_s` seconds after the start of a signal: to a tone in Hz, or to silence (None)."""

    at_s: float
    tone_hz: float | None


SIGNALS: Mapping[Cue, tuple[Beep, ...]] = MappingProxyType(
    {
        Cue.TICK: (Beep(A5, SHORT_S),),
        # GO has no gaps, so that it is one long beep on an active buzzer.
        Cue.GO: (Beep(A5, 0.15), Beep(D6, 0.15), Beep(A6, LONG_S)),
        Cue.LAST_ROUND: (
            Beep(A5, SHORT_S, GAP_S),
            Beep(C6, SHORT_S, GAP_S),
            Beep(E6, SHORT_S, GAP_S),
            Beep(A6, 0.3),
        ),
        Cue.CHANGE: (Beep(A6, EVEN_S, GAP_S), Beep(D6, EVEN_S)),
        Cue.MOVE_ON: (
            Beep(A6, QUICK_S, GAP_S),
            Beep(G6, QUICK_S, GAP_S),
            Beep(E6, QUICK_S, GAP_S),
            Beep(D6, QUICK_S),
        ),
        Cue.SWITCH: (Beep(D6, SHORT_S, GAP_S), Beep(G6, LONG_S)),
        Cue.HALFWAY: (Beep(E6, SHORT_S, GAP_S), Beep(E6, SHORT_S)),
        Cue.ROUND: (Beep(A6, EVEN_S, GAP_S), Beep(E6, EVEN_S, GAP_S), Beep(C6, EVEN_S)),
        Cue.FINISH: (Beep(C6, LONG_S, GAP_S), Beep(E6, LONG_S, GAP_S), Beep(C7, 1.2)),
        Cue.PAUSE: (Beep(E6, LONG_S, GAP_S), Beep(B5, SHORT_S)),
        Cue.RESUME: (Beep(A5, SHORT_S, GAP_S), Beep(D6, SHORT_S, GAP_S), Beep(A6, LONG_S)),
        Cue.PRESS: (Beep(A6, CLICK_S),),
        Cue.TALLY: (Beep(E6, CLICK_S, GAP_S), Beep(A6, CLICK_S)),
        Cue.CHOSEN: (Beep(D6, CLICK_S, GAP_S), Beep(E6, CLICK_S, GAP_S), Beep(A6, CLICK_S)),
    }
)
"""The signal of each cue. Each one ends before a tick one second later, except the finish, which nothing follows."""

GIVE_WAY = frozenset({Cue.TICK, Cue.HALFWAY, Cue.PRESS, Cue.TALLY, Cue.CHOSEN})
"""Cues that are dropped while a signal is playing. The other cues tell people what to do, so they cut a signal off."""
SILENCE_S = GAP_S / 2
"""Minimum silence before a cue that gives way. A tick one second after "resume" has twice this silence before it, so
the tick is not dropped if the loop is a few milliseconds late."""


class Audible(NamedTuple):
    """The cues to play, and the moment at which the last signal ends."""

    cues: tuple[DueCue, ...]
    over_s: float


def audible(cues: Iterable[DueCue], over_s: float = -inf) -> Audible:
    """Return the cues to play. `cues` are in order of time, and the signal before them ends at `over_s`."""
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
    """Return the edges of a signal, from the first tone at 0 s to the silence at the end."""
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
