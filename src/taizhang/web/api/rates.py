"""How often one address may ask: a count per minute, kept in the memory of this process and bounded."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_WINDOW = 60
_MOST_ADDRESSES = 20_000


@dataclass(slots=True)
class Rates:
    """Requests of each address in the present minute. `clock` gives seconds that only grow."""

    clock: Callable[[], float] = time.monotonic
    _minute: int = -1
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, address: str) -> tuple[int, int]:
        """Count a request; how many there were in this minute with it, and the seconds until the next minute begins."""
        now = self.clock()
        minute = int(now // _WINDOW)
        with self._lock:
            if minute != self._minute or len(self._counts) > _MOST_ADDRESSES:
                self._minute = minute
                self._counts.clear()
            self._counts[address] = self._counts.get(address, 0) + 1
            return self._counts[address], int((minute + 1) * _WINDOW - now) + 1


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
