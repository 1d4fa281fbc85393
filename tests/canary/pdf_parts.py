"""Takes a PDF apart: every object, every revision, and the text of whatever could be a page.

A page that was taken out of a PDF may still be in it, and its text is no text but numbers of signs
in a font. So each thing that is like a page is put into a PDF of its own and read there.
"""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream

_END = re.compile(rb"%%EOF")
_TEXT = re.compile(rb"\bT[jJ]\b|'\s|\bDo\b")
DEEPEST = 12  # arrays within arrays
WHOLE_PAGE = (0, 0, 842, 1191)
MOST_FONTS = 40  # sets of fonts that a stray stream of text is tried with


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every string, stream and text in the file and in its earlier revisions."""
    ends = [found.end() for found in _END.finditer(content)]
    for number, end in enumerate(ends[:-1], start=1):
        for how, inner in _parts(content[:end] + b"\n"):
            yield f"PDF revision {number} {how}", inner
    for how, inner in _parts(content):
        yield f"PDF {how}", inner


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return
    with pdf:
        yield "trailer", _strings(pdf.trailer)
        for made in pdf.objects:
            yield from _of_object(made)
        yield from _texts(pdf)
    yield from _pictures(content)


def _of_object(made: pikepdf.Object) -> Iterator[tuple[str, bytes]]:
    kind = str(made.get("/Type", "")) if isinstance(made, Dictionary | Stream) else ""
    yield f"object{kind}", _strings(made)
    if not isinstance(made, Stream):
        return
    if made.get("/Subtype") == Name.Image:
        yield from _picture(made)
        return
    try:
        plain = made.read_bytes()
    except pikepdf.PdfError:
        plain = made.read_raw_bytes()
    yield f"stream{kind}", plain


def _strings(made: pikepdf.Object, depth: int = 0) -> bytes:
    """All strings and names directly within an object, each by itself, in bytes and in text."""
    found: list[bytes] = []
    if isinstance(made, pikepdf.String):
        found += [bytes(made), str(made).encode("utf-8", "replace")]
    elif isinstance(made, Name):
        found.append(str(made).encode("utf-8", "replace"))
    elif depth < DEEPEST and isinstance(made, Dictionary | Stream):
        for key in made.keys():  # noqa: SIM118 - such an object is no mapping
            found.append(key.encode("utf-8", "replace"))
            found.append(_strings_within(made[key], depth))
    elif depth < DEEPEST and isinstance(made, Array):
        found += [_strings_within(each, depth) for each in made]
    return b"\n".join(each for each in found if each)


def _strings_within(made: object, depth: int) -> bytes:
    if not isinstance(made, pikepdf.Object):
        return str(made).encode() if isinstance(made, str) else b""
    # Another object of the file is looked at by itself.
    return b"" if made.is_indirect else _strings(made, depth + 1)


def _picture(made: pikepdf.Object) -> Iterator[tuple[str, bytes]]:
    try:
        drawn = io.BytesIO()
        pikepdf.PdfImage(made).as_pil_image().convert("RGB").save(drawn, "PNG")
    except Exception:
        return  # a picture in a form that nothing here can draw; pages are drawn besides
    yield "picture", drawn.getvalue()


# --- text ---


def _texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """The text of each page, of what was one, of each form drawn by itself, and of stray text."""
    apart = pikepdf.new()
    names: list[str] = []
    resources: list[Dictionary] = []
    shown: set[tuple[int, int]] = set()
    for made in pdf.objects:
        if _is_like_a_page(made):
            names.append("page" if made in _reachable(pdf) else "page out of reach")
            _add_page(apart, made, resources, shown)
        elif isinstance(made, Stream) and made.get("/Subtype") == Name.Form:
            names.append("form")
            _add_form(apart, made, resources)
    for made in pdf.objects:
        if _is_stray(made, shown):
            for fonts in resources[:MOST_FONTS]:
                names.append("stray text")
                _add(apart, made.read_bytes(), fonts)
    if names:
        yield from zip(names, _text_of_pages(apart), strict=True)


def _reachable(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [page.obj for page in pdf.pages]


def _is_like_a_page(made: pikepdf.Object) -> bool:
    if not isinstance(made, Dictionary) or isinstance(made, Stream):
        return False
    return made.get("/Type") == Name.Page or ("/Contents" in made and "/Resources" in made)


def _is_stray(made: pikepdf.Object, shown: set[tuple[int, int]]) -> bool:
    if not isinstance(made, Stream) or made.objgen in shown:
        return False
    if made.get("/Type") in (Name.ObjStm, Name.XRef, Name.Metadata) or "/Subtype" in made:
        return False
    try:
        plain = made.read_bytes()
    except pikepdf.PdfError:
        return False
    return b"BT" in plain and bool(_TEXT.search(plain))


def _inherited(page: Dictionary, name: str) -> pikepdf.Object | None:
    for _ in range(DEEPEST):
        if name in page:
            return page[name]
        if "/Parent" not in page or not isinstance(page["/Parent"], Dictionary):
            return None
        page = page["/Parent"]
    return None


def _add_page(
    apart: pikepdf.Pdf, page: Dictionary, known: list[Dictionary], shown: set[tuple[int, int]]
) -> None:
    fonts = _inherited(page, "/Resources")
    contents = page.get("/Contents", Array([]))
    streams = [contents] if isinstance(contents, Stream) else list(contents)
    plain = b""
    for each in streams:
        if isinstance(each, Stream):
            shown.add(each.objgen)
            plain += each.read_bytes() + b"\n"
    fonts = fonts if isinstance(fonts, Dictionary) else Dictionary()
    known.append(fonts)
    _add(apart, plain, fonts)


def _add_form(apart: pikepdf.Pdf, form: Stream, known: list[Dictionary]) -> None:
    fonts = form.get("/Resources", Dictionary())
    fonts = fonts if isinstance(fonts, Dictionary) else Dictionary()
    known.append(fonts)
    _add(apart, form.read_bytes(), fonts)


def _add(apart: pikepdf.Pdf, plain: bytes, fonts: Dictionary) -> None:
    holder = fonts if fonts.is_indirect else None
    apart.add_blank_page(page_size=WHOLE_PAGE[2:])
    added = apart.pages[-1].obj
    copied = apart.copy_foreign(holder) if holder is not None else _copied(apart, fonts)
    added["/Resources"] = copied
    added["/Contents"] = apart.make_stream(plain)


def _copied(apart: pikepdf.Pdf, fonts: Dictionary) -> Dictionary:
    """A dictionary of its own with the same things in it."""
    made = Dictionary()
    for key in fonts.keys():  # noqa: SIM118 - such an object is no mapping
        value = fonts[key]
        if not isinstance(value, pikepdf.Object):
            continue
        if value.is_indirect:
            made[key] = apart.copy_foreign(value)
        elif isinstance(value, Dictionary):
            made[key] = _copied(apart, value)
        else:
            made[key] = value
    return made


def _text_of_pages(apart: pikepdf.Pdf) -> Iterator[bytes]:
    saved = io.BytesIO()
    apart.save(saved)
    read = pypdfium2.PdfDocument(saved.getvalue())
    try:
        for page in read:
            text = page.get_textpage()
            yield text.get_text_range().encode("utf-8", "replace")
            text.close()
            page.close()
    finally:
        read.close()


def _pictures(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each page as it is drawn, small: the colours of its pictures can be seen in it."""
    try:
        read = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return  # one that no reader can draw; its objects are looked at all the same
    try:
        for number, page in enumerate(read, start=1):
            drawn = io.BytesIO()
            page.render(scale=0.5).to_pil().convert("RGB").save(drawn, "PNG", compress_level=1)
            page.close()
            yield f"page {number} as drawn", drawn.getvalue()
    finally:
        read.close()
