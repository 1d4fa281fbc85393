"""Finds tokens in bytes, in whatever way they are written there."""

import base64
import binascii
import gzip
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from PIL import Image, UnidentifiedImageError

from tests.canary.pdf_parts import parts_of
from tests.canary.tokens import Tokens

DEEPEST = 4  # files within files
MOST = 40_000_000  # bytes that one packed thing may unpack to
_TAGS = re.compile(rb"<[^>]*>")
_NO_LETTERS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff-]+")
_ESCAPED = re.compile(rb"\\(?:u00|x)([0-9a-fA-F]{2})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){14,}")
_QUOTED = re.compile(rb"=([0-9A-F]{2})")
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
# Of a colour's parts: what a picture that was packed again may differ by.
NEAR = 5


@dataclass
class Decoder:
    """Looks for known tokens; what it has seen before it does not take apart again."""

    tokens: Tokens
    _seen: dict[bytes, dict[str, str]] = field(default_factory=dict)

    def tokens_in(self, content: bytes) -> dict[str, str]:
        """Each token in the content, with the way in which it was written there."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._seen:
            found: dict[str, str] = {}
            for how, token in self._look(content, "", 0):
                found.setdefault(token, how or "as it is")
            self._seen[digest] = found
        return self._seen[digest]

    def tokens_in_text(self, text: str) -> dict[str, str]:
        """The same for text."""
        return self.tokens_in(text.encode("utf-8", "surrogateescape"))

    def _look(self, content: bytes, how: str, depth: int) -> Iterator[tuple[str, str]]:
        for way, plain in spellings(content):
            for token in self.tokens.within(plain.decode("latin-1")):
                yield (f"{how} > {way}" if how and way else how or way), token
        for name in self._colours(content):
            yield f"{how} > colour", name
        if depth < DEEPEST:
            for way, inner in insides(content):
                yield from self._look(inner, f"{how} > {way}" if how else way, depth + 1)

    def _colours(self, content: bytes) -> Iterator[str]:
        if not content.startswith(_PICTURES) or not self.tokens.colours:
            return
        try:
            with Image.open(io.BytesIO(content)) as picture:
                counted = picture.convert("RGB").getcolors(1 << 24) or []
        except (UnidentifiedImageError, OSError, ValueError):
            return
        for colour, name in self.tokens.colours.items():
            area = sum(n for n, seen in counted if _near(seen, colour))
            if area >= 64:
                yield name


def _near(one: object, other: tuple[int, int, int]) -> bool:
    return isinstance(one, tuple) and all(
        abs(a - b) <= NEAR for a, b in zip(one, other, strict=True)
    )


def spellings(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content as it is, and as it reads once each usual way of writing text is undone."""
    yield "", content
    if b"\x00" in content:
        yield "UTF-16", content.replace(b"\x00", b"")
    if b"%" in content:
        once = unquote_to_bytes(content)
        yield "percent", once
        yield "percent twice", unquote_to_bytes(once)
    text = content.decode("utf-8", "ignore")
    if "&" in text:
        yield "HTML entities", html.unescape(html.unescape(text)).encode()
    if b"\\" in content:
        yield "escapes", _ESCAPED.sub(lambda m: bytes.fromhex(m[1].decode()), content)
    if b"<" in content:
        yield "between tags", _TAGS.sub(b"", content)
    if b"=" in content:
        unfolded = content.replace(b"=\r\n", b"").replace(b"=\n", b"")
        yield "quoted-printable", _QUOTED.sub(lambda m: bytes.fromhex(m[1].decode()), unfolded)
    yield "spaced", _NO_LETTERS.sub("", text).encode()


def insides(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed, encoded or enclosed in the content."""
    yield from _unpacked(content)
    if b"PK\x03\x04" in content[:4]:
        yield from _members(content)
    if b"%PDF" in content[:1024]:
        yield from parts_of(content)
    elif not content.startswith((*_PICTURES, b"PK", b"wOF2")):
        yield from _in_letters(content)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"\x1f\x8b"):
        try:
            yield "gzip", gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            yield from ()
    for place in list(_PACKED.finditer(content))[:400]:
        try:
            plain = zlib.decompressobj().decompress(content[place.start() :], MOST)
        except zlib.error:
            continue
        if plain:
            yield "deflate", plain


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield "ZIP comment", package.comment
            for member in package.infolist():
                yield "ZIP member’s name", member.filename.encode()
                if member.file_size < MOST:
                    yield f"ZIP member {member.filename}", package.read(member)
    except (zipfile.BadZipFile, OSError, zlib.error, NotImplementedError):
        return


def _in_letters(content: bytes) -> Iterator[tuple[str, bytes]]:
    unfolded = re.sub(rb"[\r\n]", b"", content)
    for run in {*_BASE64.findall(content), *_BASE64.findall(unfolded)}:
        letters = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = letters[start : len(letters) - (len(letters) - start) % 4]
            with_rest = letters[start:] + b"=" * (-(len(letters) - start) % 4)
            for each in (with_rest, part):
                try:
                    plain = base64.b64decode(each, validate=True)
                except (binascii.Error, ValueError):
                    continue
                if b"zq" in plain.lower() or b"\x00" in plain or plain[:2] in (b"\x1f\x8b", b"PK"):
                    yield "base64", plain
                break
    for run in _HEX.findall(content):
        for start in (0, 1):
            even = run[start : len(run) - (len(run) - start) % 2]
            yield "hexadecimal", bytes.fromhex(even.decode())
