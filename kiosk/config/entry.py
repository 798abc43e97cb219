"""The entries of a circuit as they are written: exercises, blocks, together, stations, AMRAP and for time.

What an entry does not say, it has from the block around it. So a whole circuit is read first and resolved then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import yaml

from kiosk.circuit import LONGEST_INTERVAL_S, Exercise
from kiosk.config.exercise import NAME, sides_of
from kiosk.config.keys import Keys
from kiosk.config.problem import ContentError, closest, either, natural_order, possible, problem_at, quoted, warn, wrong
from kiosk.config.values import Read, duration, expected, items, line_of, text, truth, whole, without_quotes
from kiosk.config.written import UNTIL_PRESSED_S, Kind, Said, Written
from kiosk.errors import Problem
from kiosk.plural import count_of
from kiosk.printable import shown

MOST_EXERCISES = 30
"""Maximum number of entries in a list, as many as somebody can survey."""
MOST_STATIONS = 24
"""Maximum number of stations. With more, their numbers could not be read from afar."""
MOST_ROUNDS = 99
DEEPEST = 4
"""Maximum number of blocks around an exercise, besides the circuit."""
AMOUNT = 14

T = TypeVar("T")


class Names:
    """The exercises that have a file, by its name and by their title. `complete` is whether all titles are known."""

    def __init__(self, ids: Collection[str], titles: Mapping[str, str], *, complete: bool = True) -> None:
        """Take the names of the files, and the title of each that is known."""
        self.ids = ids
        self.complete = complete
        self._titles = titles
        self._by_title: dict[str, list[str]] = {}
        for id_, title in titles.items():
            self._by_title.setdefault(_shape(title), []).append(id_)

    def read(self, node: yaml.Node) -> str:
        """Return the name of the file of an exercise. Raises ContentError if there is none."""
        name = line_of(node)
        if name in self.ids:
            return name
        found = self._by_title.get(_shape(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise wrong(node, f"several exercises are called {quoted(name)}", f"write {either(found)}")
        if not self.complete:
            # It may be the title of a file that cannot be read.
            return ""
        if meant := closest(name, [*self._titles.values(), *self.ids]):
            right = f'did you mean "{meant}"?'
        else:
            files = possible(sorted(self.ids, key=natural_order)) if self.ids else "there are none yet: add one"
            right = f'{files}; or write "name: {name}" for one without a file'
        raise wrong(node, f"there is no exercise {quoted(name)}", right)


# --- values -----------------------------------------------------------------------------------------------------------

_work = duration(0, LONGEST_INTERVAL_S, above=True)
_rest = duration(0, LONGEST_INTERVAL_S)


def _work_or_open(node: yaml.Node) -> float:
    if isinstance(node, yaml.ScalarNode) and (word := without_quotes(node).strip()):
        if word == "open":
            return UNTIL_PRESSED_S
        if not word[0].isdigit() and closest(word, ("open",)):
            raise wrong(node, f"{quoted(word)} is not possible here", 'did you mean "open"?')
    return _work(node)


def _clock(node: yaml.Node) -> float:
    """Return the time of an AMRAP, or the cap of "for time". Both are thought of in minutes, and written so too."""
    clock_s = _work(node)
    if clock_s < 60 and isinstance(node, yaml.ScalarNode) and node.value.isdecimal():
        warn(node, f"this is only {count_of(int(node.value), 'second')}", f"write {node.value}:00 if you mean minutes")
    return clock_s


def _amount(node: yaml.Node) -> str:
    """Return an amount, "" for none. A number needs no quotes here."""
    if not isinstance(node, yaml.ScalarNode):
        raise expected(node, "an amount", "write it such as 12 or 500 m")
    if not (amount := " ".join(without_quotes(node).split())):
        raise wrong(node, "the amount is empty", "write it such as 12 or 500 m, or none")
    if not amount.isprintable():
        return line_of(node)
    if len(amount) > AMOUNT:
        warn(node, f"{len(amount)} characters are more than the wall has room for", f"{AMOUNT} fit")
    return "" if amount == "none" else amount


def _each(read: Read[T]) -> Read[T | tuple[T, ...]]:
    """Return a reader of a value, or of a list with a value for each round."""
    read_all = items(read, 1, MOST_ROUNDS)
    return lambda node: read_all(node) if isinstance(node, yaml.SequenceNode) else read(node)


_INHERITED: Mapping[str, tuple[str, Read[Any]]] = {
    # The key, the field of Said, and the reader.
    "work": ("work_s", _each(_work_or_open)),
    "changeover": ("changeover_s", _each(_rest)),
    "switch": ("switch_s", _rest),
    "round_break": ("round_break_s", _each(_rest)),
    "amount": ("amount", _each(_amount)),
    "easy": ("easy", truth),
    "cap": ("cap_s", _work),
}
_SINGLE: Mapping[str, Read[Any]] = {"work": _work_or_open, "changeover": _rest, "amount": _amount}
"""The readers where there are no rounds."""

_COUNTS = {
    Kind.EXERCISE: ("work", "changeover", "switch", "amount", "easy", "cap"),
    Kind.TOGETHER: ("work", "changeover", "amount", "easy", "cap"),
    Kind.BLOCK: tuple(_INHERITED),
    Kind.STATIONS: ("work", "changeover", "round_break", "amount", "easy", "cap"),
    Kind.AMRAP: ("changeover", "amount"),
    Kind.FOR_TIME: ("changeover", "amount"),
}
"""The inherited keys that an entry of each kind may have."""


# --- entries ----------------------------------------------------------------------------------------------------------


class EntryReader:
    """Reads entries, and notes where work has no length. `names` are the exercises that have a file."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._lacking: list[yaml.Node] = []
        """What needs a length of its work and has none."""
        self._some_work = False
        """Whether anything says how long the work is."""

    def circuit(self, node: yaml.Node) -> tuple[Written, float]:
        """Return the outermost entry, and the time to get ready. Raises ContentError."""
        keys = Keys(node)
        kind = _kind_of(keys)
        if kind is None or kind is Kind.EXERCISE:
            kind = Kind.BLOCK
        name = keys.required("name", text(NAME), "")
        get_ready_s = keys.optional("get_ready", _rest, 10.0)
        written = self._composite(keys, kind, 0, work=False)._replace(name=name)
        problems: tuple[Problem, ...] = ()
        try:
            keys.close(_instead(keys, kind, circuit=True))
        except ContentError as error:
            problems = error.problems
        if problems := (*problems, *self._without_work(node, problems)):
            raise ContentError(*problems)
        return written, get_ready_s

    def _entry(self, node: yaml.Node, depth: int, *, work: bool) -> Written:
        """Return an entry that lies in `depth` blocks. `work`: a block around it says how long the work is."""
        if isinstance(node, yaml.ScalarNode):
            if node.value.casefold() in _RESTS and node.value not in self._names.ids:
                raise _no_entry(node, "")
            if not work:
                self._lacking.append(node)
            return Written(Kind.EXERCISE, exercise=self._names.read(node))
        keys = Keys(node)
        if len(keys.names) == 1:
            only = next(iter(keys.names))
            if only in _RESTS:
                raise _no_entry(node, _scalar(keys, only))
            if isinstance(keys.node(only), yaml.SequenceNode) and not (
                _kind_of(keys) or _instead(keys, Kind.BLOCK)(only)
            ):
                right = f'write "name: {shown(only)}" and "exercises:", with the list below it'
                raise wrong(node, f"{quoted(only)} is not a key", right)
        kind = _kind_of(keys) or Kind.EXERCISE
        if kind is Kind.EXERCISE:
            said = self._said(keys, kind)
            self._note_work(keys, work)
            rounds = self._rounds(keys, said)
            written = Written(kind, exercise=self._exercise(keys), said=said, rounds=rounds)
        elif kind is Kind.BLOCK and depth == DEEPEST:
            raise wrong(node, f"this block lies {depth + 1} deep", f"blocks may lie {DEEPEST} deep: take one away")
        else:
            name = keys.optional("name", text(NAME), "")
            written = self._composite(keys, kind, depth + 1, work=work)._replace(name=name)
        written = written._replace(rest_s=keys.optional("rest", _rest, None))
        keys.close(_instead(keys, kind))
        return written

    def _composite(self, keys: Keys, kind: Kind, depth: int, *, work: bool) -> Written:
        """Return an entry that has a list, without its name and its rest. What is in a block's list is `depth` deep."""
        said = self._said(keys, kind)
        if kind in (Kind.AMRAP, Kind.FOR_TIME):
            clock_s = keys.required("amrap" if kind is Kind.AMRAP else "for_time", _clock, 1.0)
            entries = keys.required("exercises", items(partial(self._task, kind), 1, MOST_EXERCISES), ())
            return Written(kind, said=said, clock_s=clock_s, entries=entries)
        rounds, sets = self._rounds(keys, said), 1
        work = work or keys.has("work")
        self._some_work |= keys.has("work")
        if kind is Kind.BLOCK:
            read = items(partial(self._entry, depth=depth, work=work), 1, MOST_EXERCISES)
            return Written(kind, said=said, rounds=rounds, entries=keys.required("exercises", read, ()))
        self._note_work(keys, work)
        if kind is Kind.STATIONS:
            sets = keys.optional("sets", whole(1, MOST_ROUNDS), 1)
            entries = keys.required("stations", items(self._station, 1, MOST_STATIONS), ())
        else:
            entries = keys.required("together", items(partial(self._task, kind), 1, MOST_EXERCISES), ())
        return Written(kind, said=said, rounds=rounds, sets=sets, entries=entries)

    def _station(self, node: yaml.Node) -> Written:
        """Return what is done at a station: an exercise, or several together."""
        if isinstance(node, yaml.ScalarNode) or _kind_of(keys := Keys(node)) is not Kind.TOGETHER:
            return self._task(Kind.STATIONS, node)
        said = Said(amount=keys.optional("amount", _amount, None))
        entries = keys.required("together", items(partial(self._task, Kind.STATIONS), 1, MOST_EXERCISES), ())
        keys.close(_instead_in(keys, Kind.STATIONS))
        return Written(Kind.TOGETHER, said=said, entries=entries)

    def _task(self, around: Kind, node: yaml.Node) -> Written:
        """Return an exercise that has no time of its own."""
        if isinstance(node, yaml.ScalarNode):
            return Written(Kind.EXERCISE, exercise=self._names.read(node))
        keys = Keys(node)
        kind = _kind_of(keys) or Kind.EXERCISE
        if kind is not Kind.EXERCISE:
            raise wrong(node, f"{kind.value} cannot stand in {around.value}", "write exercises here")
        exercise = self._exercise(keys)
        said = Said(amount=keys.optional("amount", _amount, None))
        keys.close(_instead_in(keys, around))
        return Written(Kind.EXERCISE, exercise=exercise, said=said)

    def _exercise(self, keys: Keys) -> str | Exercise:
        """Return the name of an exercise's file, or an exercise that has none."""
        if keys.has("exercise") or not keys.has("name"):
            return keys.required("exercise", self._names.read, "")
        name = keys.required("name", text(NAME), "")
        sides, first_side = sides_of(keys)
        return Exercise("", name, name, sides=sides, first_side=first_side)

    def _said(self, keys: Keys, kind: Kind) -> Said:
        single = kind in (Kind.AMRAP, Kind.FOR_TIME)
        values: dict[str, Any] = {}
        for key in _COUNTS[kind]:
            field, read = _INHERITED[key]
            values[field] = keys.optional(key, _SINGLE[key] if single else read, None)
        return Said(**values)

    def _rounds(self, keys: Keys, said: Said) -> int:
        """Return the number of rounds. A list has a value for each of them, and says how many there are."""
        rounds = keys.optional("rounds", whole(1, MOST_ROUNDS), 0)
        values = {key: getattr(said, field) for key, (field, _) in _INHERITED.items()}
        lists = {key: value for key, value in values.items() if isinstance(value, tuple)}
        if not lists:
            return rounds or 1
        first = next(iter(lists))
        for key, each in lists.items():
            count = count_of(len(each), "value")
            if rounds and len(each) != rounds:
                right = "write one value for each round, or a single one without brackets"
                keys.complain(key, f"there {_are(rounds, 'round')}, but {count} here", right)
            elif not keys.has("rounds") and len(each) != len(lists[first]):
                right = "write one value for each round in both"
                keys.complain(key, f'"{first}" has {count_of(len(lists[first]), "value")}, but this has {count}', right)
        return rounds or len(lists[first])

    def _note_work(self, keys: Keys, work: bool) -> None:
        if keys.has("work"):
            self._some_work = True
        elif not work:
            self._lacking.append(keys.group)

    def _without_work(self, root: yaml.Node, problems: tuple[Problem, ...]) -> Iterator[Problem]:
        """Yield a problem for all work that has no length, unless that is said by another one."""
        if not self._lacking or any(_SAYS_WORK.search(one.right) and not one.key for one in problems):
            return
        if not self._some_work:
            yield problem_at(
                root, 'the key "work" is missing', "add it: a duration, or open for work that a press ends"
            )
            return
        for node in self._lacking:
            yield problem_at(node, 'the key "work" is missing', "add it here, or to the block around it")


def _instead(keys: Keys, kind: Kind, *, circuit: bool = False) -> Callable[[str], str | None]:
    """Return a function that says what is right instead of a key that an entry of this kind does not have."""

    def right(key: str) -> str | None:
        # Imported only after a mistake: nobody else should wait for it.
        from kiosk.config.misplaced import instead_of

        return instead_of(key, _scalar(keys, key), kind, circuit=circuit)

    return right


def _instead_in(keys: Keys, around: Kind) -> Callable[[str], str | None]:
    """Return the same for an exercise in a list of the kind `around`."""

    def right(key: str) -> str | None:
        from kiosk.config.misplaced import instead_of_in

        return instead_of_in(key, _scalar(keys, key), around)

    return right


def _scalar(keys: Keys, key: str) -> str:
    node = keys.node(key)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _no_entry(node: yaml.Node, value: str) -> ContentError:
    from kiosk.config.misplaced import instead_of_rest

    return wrong(node, "a rest is no entry of its own", instead_of_rest(value))


def _kind_of(keys: Keys) -> Kind | None:
    """Return the kind of an entry, also if its key is misspelt; None if there is no telling."""
    for key, kind in _KINDS.items():
        if keys.has(key) and not (kind in (Kind.AMRAP, Kind.FOR_TIME) and keys.has("exercise")):
            return kind
    for name in keys.names:
        if name in _KNOWN or _instead(keys, Kind.BLOCK)(name):
            continue
        lists = isinstance(keys.node(name), yaml.SequenceNode)
        fitting = [key for key in _KINDS if lists == (key in ("exercises", "together", "stations"))]
        if meant := closest(name, fitting):
            return _KINDS[meant]
    return Kind.EXERCISE if keys.has("name") else None


_KINDS = {
    "amrap": Kind.AMRAP,
    "for_time": Kind.FOR_TIME,
    "stations": Kind.STATIONS,
    "together": Kind.TOGETHER,
    "exercises": Kind.BLOCK,
    "exercise": Kind.EXERCISE,
}
"""The key by which each kind of entry is known."""
_RESTS = frozenset({"rest", "break", "pause", "recovery"})
"""What people write as an entry of its own."""
_SAYS_WORK = re.compile('(did you mean|write|is) "work')
"""What a problem says that is about the length of work."""
_KNOWN = frozenset({*_INHERITED, "name", "rounds", "sets", "rest", "get_ready"})
"""Keys that do not tell the kind."""


def _are(number: int, thing: str) -> str:
    return f"{'is' if number == 1 else 'are'} {count_of(number, thing)}"


def _shape(title: str) -> str:
    return " ".join(title.casefold().split())
