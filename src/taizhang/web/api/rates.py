"""How often one address may ask: a count per minute, shared by all web processes of the machine."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from taizhang.backends.shared_counts import SharedCounts

_LOG = logging.getLogger(__name__)
_WINDOW = 60
_MOST_ADDRESSES = 20_000


@dataclass(slots=True)
class Rates:
    """Requests of each address in the present minute. `clock` gives seconds that only grow, the same for every process.

    They stand in the file `API_COUNTS`; without one, or where it cannot be opened, in the memory of this process alone.
    """

    clock: Callable[[], float] = time.monotonic
    _file: SharedCounts | None = None
    _is_opened: bool = False
    _minute: int = -1
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, address: str) -> tuple[int, int]:
        """Count a request; how many there were in this minute with it, and the seconds until the next minute begins."""
        now = self.clock()
        minute = int(now // _WINDOW)
        left = int((minute + 1) * _WINDOW - now) + 1
        shared = self._shared()
        if shared is not None:
            return shared.count(address, minute), left
        with self._lock:
            if minute != self._minute or len(self._counts) > _MOST_ADDRESSES:
                self._minute = minute
                self._counts.clear()
            self._counts[address] = self._counts.get(address, 0) + 1
            return self._counts[address], left

    def _shared(self) -> SharedCounts | None:
        if not self._is_opened:
            with self._lock:
                if not self._is_opened and settings.API_COUNTS is not None:
                    try:
                        self._file = SharedCounts(settings.API_COUNTS, settings.SECRET_KEY)
                    except OSError:
                        _LOG.warning("the file of request counts cannot be opened; each process counts for itself")
                self._is_opened = True
        return self._file


RATES = Rates()


def address_of(request: HttpRequest) -> str:
    """The network address that asks: that of the connection, or what the last of our own proxies was told; IPv6 as its /64."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    text = told[-proxies] if 0 < proxies <= len(told) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
