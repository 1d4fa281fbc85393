"""Writes a PDF file from start to end, keeping in memory only where its objects are."""

import hashlib
import zlib
from array import array
from typing import BinaryIO

from committee.documents.pack.segment_text import LARGEST_NUMBER, Template

HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"


def pdf_string(text: str) -> str:
    """Text as a string in PDF syntax."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    wide = b"\xfe\xff" + text.encode("utf-16-be", "replace")
    return f"<{wide.hex()}>"


class PackFile:
    """A PDF being written to `file`. Objects may be written in any order, each once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._position = 0
        self._offsets = array("Q", [0])
        self._write(HEADER)

    @property
    def sha256(self) -> str:
        """Of everything written so far, in hexadecimal."""
        return self._hash.hexdigest()

    @property
    def reserved(self) -> int:
        """One more than the highest object number set aside so far."""
        return len(self._offsets)

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._position += len(data)

    def reserve(self, count: int = 1) -> int:
        """Set aside `count` object numbers and give the first. Raises OverflowError beyond the
        ten million that seven digits can count."""
        first = len(self._offsets)
        if first + count > LARGEST_NUMBER:
            raise OverflowError("the pack holds too many objects")
        self._offsets.frombytes(bytes(8 * count))
        return first

    def write(self, number: int, text: str) -> None:
        """Write an object in PDF syntax under a number set aside before."""
        self._offsets[number] = self._position
        self._write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))

    def add(self, text: str) -> int:
        """Write an object under a new number and give the number."""
        number = self.reserve()
        self.write(number, text)
        return number

    def write_stream(self, number: int, data: bytes, entries: str = "") -> None:
        """Write an object with a stream; `entries` of its dictionary beside the length."""
        self._offsets[number] = self._position
        head = f"{number} 0 obj\n<< {entries} /Length {len(data)} >>\nstream\n"
        self._write(head.encode("latin-1") + data + b"\nendstream\nendobj\n")

    def add_stream(self, data: bytes, entries: str = "") -> int:
        """Write an object with a stream under a new number and give the number."""
        number = self.reserve()
        self.write_stream(number, data, entries)
        return number

    def copy(self, template: Template, source: bytes, base: int) -> None:
        """Write all objects of a template, its numbers moved by `base`; `source` is the file that
        the data of its streams comes from."""
        text, start = template.filled(base), self._position
        plain = len(template.offsets)
        first = base + 1
        moved = array("Q", [start + offset for offset in template.offsets])
        self._offsets[first : first + plain] = moved
        heads, data = memoryview(text), memoryview(source)
        self._write(heads[: template.streams[0][0]] if template.streams else heads)
        for number, (head, end, at, length) in enumerate(template.streams, start=first + plain):
            self._offsets[number] = self._position
            self._write(heads[head:end])
            self._write(data[at : at + length])
            self._write(b"\nendstream\nendobj\n")

    def finish(self, root: int, information: int) -> None:
        """Write where every object is, and close the document. Every number must be in use."""
        identity = self._hash.copy().hexdigest()[:32]
        number = self.reserve()
        self._offsets[number] = table = self._position
        count = len(self._offsets)
        wide = array("Q", self._offsets)
        wide.byteswap()  # the table is written with the highest byte first
        columns, rows = wide.tobytes(), bytearray(6 * count)
        rows[0::6] = b"\x00" + b"\x01" * (count - 1)
        for byte in range(5):
            rows[1 + byte :: 6] = columns[3 + byte :: 8]
        packed = zlib.compress(bytes(rows), 1)
        entries = (
            f"/Type /XRef /Size {count} /W [1 5 0] /Root {root} 0 R /Info {information} 0 R "
            f"/ID [<{identity}> <{identity}>] /Filter /FlateDecode"
        )
        head = f"{number} 0 obj\n<< {entries} /Length {len(packed)} >>\nstream\n".encode("ascii")
        self._write(head + packed + b"\nendstream\nendobj\n")
        self._write(f"startxref\n{table}\n%%EOF\n".encode("ascii"))
