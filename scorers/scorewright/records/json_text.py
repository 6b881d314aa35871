"""JSON as somebody wrote it: numbers of any length, keys that stand twice, and what is wrong in words."""

import json
from collections import Counter
from decimal import Decimal

from scorewright.diagnostics import quoted
from scorewright.records.file_lines import MAX_LINE
from scorewright.records.record import RowCode, RowRefusal
from scorewright.results import InputCode

_LONG = 20
_MOST_DIGITS = 400


class JsonReader:
    """Reads one text after the other."""

    def __init__(self) -> None:
        self._twice: list[str] = []
        self._decode = json.JSONDecoder(object_pairs_hook=self._object).decode
        self._decode_long = json.JSONDecoder(object_pairs_hook=self._object, parse_int=_whole).decode

    def read(self, line: bytes) -> object:
        """Read a line; what cannot be read comes back as a refusal."""
        self._twice.clear()
        if len(line) > MAX_LINE:
            return RowRefusal(
                "", RowCode.TOO_LONG.value, f"the line is longer than {MAX_LINE // 1024**2} MiB"
            )
        return self.read_text(line)

    def read_text(self, data: bytes) -> object:
        """Read a text of any length."""
        self._twice.clear()
        try:
            return self._parse(data.decode().rstrip())
        except UnicodeDecodeError as error:
            return not_json(f"not UTF-8 text: byte 0x{data[error.start]:02X} in column {error.start + 1}")
        except json.JSONDecodeError as error:
            return not_json(f"{error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}")
        except RecursionError:
            return not_json("nested too deep")

    def twice(self) -> tuple[RowRefusal, ...]:
        """Name the keys that stood twice in an object of what was read last."""
        return tuple(_given_twice(name) for name in dict.fromkeys(self._twice))

    def _parse(self, text: str) -> object:
        try:
            return self._decode(text)
        except json.JSONDecodeError:
            raise
        except ValueError:
            # Python refuses to read integers of thousands of digits as such.
            return self._decode_long(text)

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            self._twice += [name for name, count in counts.items() if count > 1]
        return value


def not_json(why: str) -> RowRefusal:
    """Refuse a line that holds no object."""
    return RowRefusal("", RowCode.NOT_JSON.value, f"this line is not a JSON object: {why}")


def _given_twice(name: str) -> RowRefusal:
    return RowRefusal(name, InputCode.INCONSISTENT.value, f"{quoted(name)} is given twice")


def _whole(digits: str) -> int | Decimal:
    if len(digits) <= _LONG:
        return int(digits)
    # Past this size only its size matters.
    return Decimal(digits if len(digits) <= _MOST_DIGITS else f"{digits[:_LONG]}e{len(digits) - _LONG}")
