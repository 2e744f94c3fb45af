"""The bytes of Yjs (its encoding, version 1): numbers, texts and scalars, read with suspicion.

A clock counts UTF-16 units, which is what JavaScript calls the length of a text.
"""

from __future__ import annotations

import struct

#: What a browser's numbers count to exactly.
LAST_CLIENT = (1 << 53) - 1
LAST_CLOCK = (1 << 31) - 1

#: Scalars set under one key at once, and the length of a text among them.
MOST_SCALARS = 256
LONGEST_SCALAR = 200

#: Of each byte of a number seven bits count; the eighth says that more follow.
MORE, LOW = 0x80, 0x7F
#: What has more bits is no number that JavaScript can count to.
MOST_BITS = 49

TEXT, FLOAT64, FLOAT32, INTEGER = 119, 123, 124, 125
_WORDS: dict[int, bool | None] = {120: True, 121: False, 126: None, 127: None}

#: One UTF-16 unit, or one entry of a map: the client who made it, and the client's clock.
Id = tuple[int, int]
Scalar = str | float | bool | None


class BadUpdate(ValueError):
    """An update that is not stored. The reason is for the log, not for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def utf16_len(text: str) -> int:
    """The length of a text as Yjs counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class Cursor:
    """A place in some bytes. Nothing is believed: no count, no length, no end."""

    __slots__ = ("_at", "_data", "_end")

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._end = data, 0, len(data)

    def byte(self) -> int:
        """The next byte."""
        if self._at >= self._end:
            raise BadUpdate("cut short")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        """A variable length number of at most 53 bits: what JavaScript can count to."""
        data, at = self._data, self._at
        value = shift = 0
        while True:
            if at >= self._end:
                raise BadUpdate("cut short")
            part = data[at]
            at += 1
            value |= (part & LOW) << shift
            if part < MORE:
                break
            shift += 7
            if shift > MOST_BITS:
                raise BadUpdate("number")
        if value > LAST_CLIENT:
            raise BadUpdate("number")
        self._at = at
        return value

    def count(self, most: int) -> int:
        """How many of something follow: each takes two bytes at least."""
        count = self.number()
        if count > most or count * 2 > self._end - self._at:
            raise BadUpdate("too many")
        return count

    def client(self) -> int:
        """A client's id."""
        return self.number()

    def clock(self) -> int:
        """A client's clock."""
        clock = self.number()
        if clock > LAST_CLOCK:
            raise BadUpdate("clock")
        return clock

    def place(self) -> Id:
        """A client's id and clock."""
        return self.client(), self.clock()

    def text(self) -> str:
        """A text with its length in bytes before it."""
        try:
            return self._take(self.number()).decode()
        except UnicodeDecodeError:
            raise BadUpdate("not UTF-8") from None

    def scalars(self) -> tuple[int, Scalar]:
        """How many, and the last: the one that counts."""
        count = self.number()
        if not 1 <= count <= MOST_SCALARS:
            raise BadUpdate("scalars")
        value: Scalar = None
        for _ in range(count):
            value = self._scalar()
        return count, value

    def _scalar(self) -> Scalar:
        """Nothing that nests, no bytes, and no big integers, which browsers cannot add up."""
        sort = self.byte()
        if sort in _WORDS:
            return _WORDS[sort]
        if sort == INTEGER:
            return self._integer()
        if sort == FLOAT32:
            return float(struct.unpack(">f", self._take(4))[0])
        if sort == FLOAT64:
            return float(struct.unpack(">d", self._take(8))[0])
        if sort != TEXT:
            raise BadUpdate("not a scalar")
        text = self.text()
        if len(text) > LONGEST_SCALAR:
            raise BadUpdate("scalar too long")
        return text

    def _integer(self) -> int:
        """A signed number: its first byte has a bit for the sign."""
        part = self.byte()
        sign = -1 if part & 64 else 1
        value, shift = part & 63, 6
        while part >= MORE:
            if shift > MOST_BITS:
                raise BadUpdate("number")
            part = self.byte()
            value |= (part & LOW) << shift
            shift += 7
        return sign * value

    def _take(self, size: int) -> bytes:
        start, self._at = self._at, self._at + size
        if self._at > self._end:
            raise BadUpdate("cut short")
        return self._data[start : self._at]

    def finish(self) -> None:
        """Refuse what follows the end."""
        if self._at != self._end:
            raise BadUpdate("something follows")


def numbers(*values: int) -> bytes:
    """Write numbers of variable length."""
    out = bytearray()
    for value in values:
        rest = value
        while rest >= MORE:
            out.append(rest & LOW | MORE)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def text_bytes(text: str) -> bytes:
    """Write a text."""
    data = text.encode()
    return numbers(len(data)) + data


def scalar_bytes(value: Scalar) -> bytes:
    """Write a value of a map."""
    if value is None:
        return b"\x7e"
    if isinstance(value, bool):
        return b"\x78" if value else b"\x79"
    if isinstance(value, str):
        return bytes([TEXT]) + text_bytes(value)
    return bytes([FLOAT64]) + struct.pack(">d", value)
