"""What was made lately and may be asked for again: letters, shapes, fits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(value: object) -> int:
    return 1


class LruCache(Generic[K, V]):
    """Values by key, none of them None. When there are too many, the one that was not asked for longest goes."""

    def __init__(self, room: int, size_of: Callable[[V], int] = _one) -> None:
        """`room` is for so many values, or for such a sum of their sizes; the newest one is kept in any case."""
        self._values: OrderedDict[K, V] = OrderedDict()
        self._room, self._size_of = room, size_of
        self._taken = 0

    def get(self, key: K) -> V | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> V:
        """Keep a value whose key is new; return it."""
        self._values[key] = value
        self._taken += self._size_of(value)
        while self._taken > self._room and len(self._values) > 1:
            self._taken -= self._size_of(self._values.popitem(last=False)[1])
        return value
