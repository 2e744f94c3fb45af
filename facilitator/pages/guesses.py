"""How fast codes can be guessed: wrong ones of one address wait in a line, right ones never."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections import Counter
from collections.abc import Callable

#: Wrong codes of one address in a minute before it has to wait, and how many seconds each then.
WRONG_FREELY, WAIT = 30, 2.0
#: Seconds of the longest line. While it is full, nothing typed from that address is looked at: only
#: somebody who tries many at once gets there. The secret of a QR code is never held up.
LONGEST_LINE = 16.0


class Guesses:
    """Counts the wrong codes of each address within a minute, and makes them wait one by one.

    Only failures are counted: a whole hall shares one address. An address is kept as a hash under
    a key that lives as long as the minute does, in the memory of this process.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.minute = -1
        self.key = b""
        self.wrong: Counter[bytes] = Counter()
        #: When the last one in the line of an address will have waited.
        self.until: dict[bytes, float] = {}

    def is_full(self, address: str) -> bool:
        """Whether so many wrong codes of this address wait that no more can be tried now."""
        return self.until.get(self._name(address), 0.0) - self.clock() >= LONGEST_LINE

    def wait(self, address: str) -> float:
        """Note one more wrong code; the seconds that its answer has to wait, after those before."""
        name, moment = self._name(address), self.clock()
        self.wrong[name] += 1
        if self.wrong[name] <= WRONG_FREELY:
            return 0.0
        self.until[name] = max(moment, self.until.get(name, 0.0)) + WAIT
        return self.until[name] - moment

    def _name(self, address: str) -> bytes:
        minute = int(self.clock() // 60)
        if minute != self.minute:
            self.minute, self.key = minute, secrets.token_bytes(16)
            self.wrong.clear()
            self.until.clear()
        return hashlib.blake2b(network(address).encode(), key=self.key, digest_size=16).digest()


def network(address: str) -> str:
    """Whose an address is: IPv6 is handed out by the /64, so all of one count together."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))
