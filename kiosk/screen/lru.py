"""A cache that drops its least recently used values first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from pygame import Surface

V = TypeVar("V")


class LruCache(Generic[V]):
    """A cache of values by key. When the cache is full, the least recently used values are dropped."""

    def __init__(self, room: int, size_of: Callable[[V], int] = lambda value: 1) -> None:
        """Make an empty cache. `room` is the maximum sum of the values' sizes. The newest value is kept in any case."""
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._room, self._size_of, self._taken = room, size_of, 0

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the cached value of the key. If there is none, call `make`, and cache the value that it returns."""
        try:
            self._values.move_to_end(key)
            return self._values[key]
        except KeyError:
            value = self._values[key] = make()
        self._taken += self._size_of(value)
        while self._taken > self._room and len(self._values) > 1:
            self._taken -= self._size_of(self._values.popitem(last=False)[1])
        return value


def bytes_of(surface: Surface) -> int:
    """Return the size of a picture in memory, in bytes, before SDL encodes it."""
    return surface.get_width() * surface.get_height() * 4
