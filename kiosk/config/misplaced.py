"""What to write instead of keys that people know from elsewhere, or write in the wrong place."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.config.written import Kind

_AMOUNT = 'write "amount: {}"'
_REPS = _AMOUNT + '; with "work: open" a press says that they are done'
_ROUNDS = 'write "rounds: {}"'
_WORK = 'write "work: {}"'
_BLOCK = 'a block is an entry with a list of its own: "exercises: [...]"'
_EASY = 'write an entry such as "{{name: Easy jog, work: 5:00, easy: true}}"'
_REST = 'write "changeover" between exercises, "round_break" between rounds, "rest" after an entry'
_CARD = "write it in the exercise's own file in exercises/"
_CAP = 'write the cap after "for_time", or "cap" beside "work: open"'
_OWN_ENTRY = "write it in an entry of its own"
_ONE_EXERCISE = "write it beside the one exercise that it is about"

_ANYWHERE: Mapping[str, tuple[str, str]] = {
    # The key, what is right instead, and an example for what the file has as its value.
    **dict.fromkeys(("reps", "rep", "repetitions", "count", "times"), (_REPS, "12")),
    **dict.fromkeys(("distance", "metres", "meters", "calories", "weight", "load"), (_AMOUNT, "500 m")),
    **dict.fromkeys(("laps", "lap", "repeat", "repeats", "cycles", "round"), (_ROUNDS, "3")),
    "sets": (_ROUNDS + ": the rounds of an exercise are its sets", "3"),
    **dict.fromkeys(("time", "duration", "seconds", "length", "on"), (_WORK, "40")),
    **dict.fromkeys(("time_cap", "timecap"), (_CAP, "")),
    **dict.fromkeys(("blocks", "block", "parts", "sections", "groups", "list", "workout"), (_BLOCK, "")),
    **dict.fromkeys(("superset", "supersets", "circuits", "tasks", "movements", "items"), (_BLOCK, "")),
    **dict.fromkeys(("warm_up", "warmup", "warm-up", "cool_down", "cooldown", "cool-down"), (_EASY, "")),
    **dict.fromkeys(("pause", "recovery", "break", "rest_between", "off"), (_REST, "")),
    **dict.fromkeys(("short", "muscles", "why", "how", "steps", "tip", "cues"), (_CARD, "")),
    **dict.fromkeys(("equipment", "easier", "figure"), (_CARD, "")),
    "emom": ('every minute on the minute is "work: 60", "changeover: 0" and "rounds: 10"', ""),
    "tabata": ('write "work: 20", "changeover: 10" and "rounds: 8"', ""),
    "title": ('write "name"', ""),
    "side": ('write "sides: each"', ""),
    "station": ('write "stations" with a list', ""),
    "get_ready": ("it belongs to the circuit alone", ""),
    "sides": (_ONE_EXERCISE, ""),
    "first_side": (_ONE_EXERCISE, ""),
    "switch": ("only an exercise with two sides has it", ""),
}

_CLOCK = {
    "rounds": 'put it in the list of a block that has "rounds"',
    "round_break": 'the rest after it is "changeover" or "rest"',
    "easy": "what is done against the clock is not easy",
    **dict.fromkeys(("amrap", "for_time"), "one entry is either the one or the other"),
    **dict.fromkeys(("together", "stations"), 'write "exercises"'),
}
_BY_KIND: Mapping[Kind, Mapping[str, str]] = {
    Kind.EXERCISE: {
        "round_break": 'between the sets of an exercise comes "changeover"',
        "name": 'an exercise with a file has its name there: write either "exercise" or "name"',
        **dict.fromkeys(("sides", "first_side"), _CARD),
        **dict.fromkeys(("amrap", "for_time"), 'write it beside "exercises: [...]" in an entry of its own'),
        **dict.fromkeys(("exercises", "together", "stations"), _OWN_ENTRY),
    },
    Kind.TOGETHER: {
        "round_break": 'between the sets comes "changeover"',
        **dict.fromkeys(("exercises", "stations", "amrap", "for_time", "exercise"), _OWN_ENTRY),
    },
    Kind.BLOCK: dict.fromkeys(("together", "stations", "exercise"), _OWN_ENTRY + ' in the list of "exercises"'),
    Kind.STATIONS: dict.fromkeys(("exercises", "together", "amrap", "for_time", "exercise"), _OWN_ENTRY),
    Kind.AMRAP: {"work": 'the time is the value of "amrap"', "cap": 'the time is the value of "amrap"', **_CLOCK},
    Kind.FOR_TIME: {
        "work": 'the cap is the value of "for_time"',
        "cap": 'the cap is the value of "for_time"',
        **_CLOCK,
    },
}
_OF_CIRCUIT = {
    "rest": 'nothing comes after a circuit; between exercises comes "changeover", between rounds "round_break"',
    "exercise": 'write "exercises" with a list',
}
_TIMES = ("work", "easy", "cap", "changeover", "switch", "round_break", "rest", "rounds", "sets", "time", "duration")


def instead_of(key: str, value: str, kind: Kind, *, circuit: bool = False) -> str | None:
    """Return what is right instead of a key in an entry of a kind, None if nobody knows. `value` is what it has."""
    if circuit and key in _OF_CIRCUIT:
        return _OF_CIRCUIT[key]
    if key in _BY_KIND[kind]:
        return _BY_KIND[kind][key]
    right, example = _ANYWHERE.get(key, ("", ""))
    return right.format(value or example) or None


def instead_of_rest(value: str) -> str:
    """Return what is right instead of a rest that is an entry of its own."""
    rest = value if value[:1].isdigit() else "60"
    return f'write it beside the entry before it, such as "{{exercise: squats, rest: {rest}}}"'


def instead_of_in(key: str, value: str, around: Kind) -> str | None:
    """Return what is right instead of a key at an exercise in a list that has one clock for all of them."""
    if key not in _TIMES:
        return instead_of(key, value, Kind.EXERCISE)
    if around in (Kind.AMRAP, Kind.FOR_TIME):
        return f'nothing in {around.value} has a time of its own; write "amount", such as 12 or 3 x 10'
    return f"all of them share one clock: write it beside {around.value}"
