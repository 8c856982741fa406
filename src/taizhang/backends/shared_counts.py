"""Counts that all processes of a machine share: a small file in memory, since a database would be asked at every request.

A place of the file holds a keyed digest, a period and a count. What belongs to another period than asked is free; where all
places of a digest are taken, the least is given up. So counts are exact while far fewer keys than places are in use, and the file
never grows.
"""

import fcntl
import hashlib
import mmap
import os
import struct
import threading
from pathlib import Path

_PLACE = struct.Struct("<QII")
_PLACES = 1 << 15
_TRIED = 8
_MOST = 2**32 - 1


class SharedCounts:
    """The counts in `file`, which is made if it is not there. `secret` keys the digests, so that the file tells no addresses."""

    def __init__(self, file: Path, secret: str) -> None:
        self._secret = hashlib.sha256(secret.encode()).digest()
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._descriptor, _PLACES * _PLACE.size)
        self._map = mmap.mmap(self._descriptor, _PLACES * _PLACE.size)
        self._lock = threading.Lock()

    def count(self, key: str, period: int) -> int:
        """Count once more for `key` in `period`; how often that was with this."""
        digest = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, key=self._secret).digest(), "little")
        with self._lock:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                return self._counted(digest, period & _MOST)
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _counted(self, digest: int, period: int) -> int:
        chosen, least = 0, _MOST + 1
        for step in range(_TRIED):
            at = (digest + step) % _PLACES * _PLACE.size
            there, of, count = _PLACE.unpack_from(self._map, at)
            if (there, of) == (digest, period):
                _PLACE.pack_into(self._map, at, digest, period, min(count + 1, _MOST))
                return int(count) + 1
            weight = count if of == period else 0
            if weight < least:
                chosen, least = at, weight
        _PLACE.pack_into(self._map, chosen, digest, period, 1)
        return 1
