"""What a process keeps in memory, up to a number of bytes: what was not asked for longest goes first. Safe between threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = tuple[Any, ...]
V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key; `limit` gives the bytes that may be kept, and a value of more than an eighth of them is not."""

    def __init__(self, limit: Callable[[], int]) -> None:
        self._limit = limit
        self._size = 0
        self._values: OrderedDict[Key, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> V | None:
        """The value, None where it is not kept."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: V, size: int) -> None:
        """Keep a value that takes about `size` bytes, in place of an older one."""
        limit = self._limit()
        if size > limit // 8:
            return
        with self._lock:
            _, older = self._values.pop(key, (None, 0))
            self._size -= older
            self._values[key] = (value, size)
            self._size += size
            while self._size > limit:
                _, (_, dropped) = self._values.popitem(last=False)
                self._size -= dropped

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._values)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._values.clear()
            self._size = 0
