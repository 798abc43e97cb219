"""A cache that drops what was not asked for longest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(value: object) -> int:
    return 1


class LruCache(Generic[K, V]):
    """Values by key, none of them None. When there are too many, the least recently used ones are dropped."""

    def __init__(self, room: int, size_of: Callable[[V], int] = _one) -> None:
        """`room` is the maximum sum of the values' sizes. The newest value is kept in any case."""
        self._values: OrderedDict[K, V] = OrderedDict()
        self._room, self._size_of = room, size_of
        self._taken = 0

    def get(self, key: K) -> V | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> V:
        """Keep a value whose key is new, and return it."""
        self._values[key] = value
        self._taken += self._size_of(value)
        while self._taken > self._room and len(self._values) > 1:
            self._taken -= self._size_of(self._values.popitem(last=False)[1])
        return value

    def values(self) -> Iterable[V]:
        return self._values.values()

    def clear(self) -> None:
        self._values.clear()
        self._taken = 0
