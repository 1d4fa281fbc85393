"""A token is found however it is written; what does not find it would prove nothing."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pikepdf
import pytest
import typst
from pikepdf import AttachedFileSpec, Dictionary, Name, OutlineItem, Pdf, String

from tests.canary.decoding import Decoder
from tests.canary.making_files import a_pdf_file, a_square, a_word_file
from tests.canary.tokens import Tokens
from tests.documents.making_pdf import annotate, made, new, saved

TOKENS = Tokens()
TOKEN = TOKENS.make("the secret")
COLOUR = TOKENS.colour("the picture")


def zipped(name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


WAYS: dict[str, bytes] = {
    "as it is": f"The title is {TOKEN}.".encode(),
    "in capitals": TOKEN.upper().encode(),
    "cut short": f"{TOKEN[:9]}…".encode(),
    "percent": "".join(f"%{ord(c):02X}" for c in TOKEN).encode(),
    "percent twice": quote("".join(f"%{ord(c):02X}" for c in TOKEN)).encode(),
    "entities": "".join(f"&#{ord(c)};" for c in TOKEN).encode(),
    "hexadecimal entities": "".join(f"&#x{ord(c):x};" for c in TOKEN).encode(),
    "escapes": json.dumps(TOKEN).replace("z", "\\u007a").encode(),
    "between tags": f"{TOKEN[:5]}<mark>{TOKEN[5:8]}</mark>{TOKEN[8:]}".encode(),
    "with soft hyphens": f"{TOKEN[:5]}\u00ad{TOKEN[5:]}".encode(),
    "on two lines": f"{TOKEN[:6]}\r\n {TOKEN[6:]}".encode(),
    "quoted-printable": "".join(f"={ord(c):02X}" for c in TOKEN).encode(),
    "UTF-16": TOKEN.encode("utf-16"),
    "UTF-16, big end first": TOKEN.encode("utf-16-be"),
    "base64": base64.b64encode(f"etag:{TOKEN}".encode()),
    "base64 in a longer run": b"abc" + base64.b64encode(f"/{TOKEN}/".encode()),
    "base64 for addresses": base64.urlsafe_b64encode(f"??>>{TOKEN}".encode()).rstrip(b"="),
    "hexadecimal": TOKEN.encode().hex().encode(),
    "hexadecimal, begun in the middle": b"a" + TOKEN.encode().hex().encode(),
    "gzip": gzip.compress(TOKEN.encode()),
    "deflate": b"before" + zlib.compress(TOKEN.encode() * 3),
    "ZIP member": zipped("a.txt", TOKEN),
    "ZIP member’s name": zipped(f"{TOKEN}.txt", "words"),
    "base64 of gzip": base64.b64encode(gzip.compress(TOKEN.encode())),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_token_is_found_in_each_way_of_writing(way: str) -> None:
    assert list(Decoder(TOKENS).tokens_in(WAYS[way])) == [TOKEN]


@pytest.mark.parametrize(
    "innocent", [b"", b"zq", b"zqaaaaaaaaaaaa", TOKEN[:7].encode(), bytes(range(256)) * 40]
)
def test_nothing_is_found_where_nothing_is(innocent: bytes) -> None:
    assert Decoder(TOKENS).tokens_in(innocent) == {}


def typeset() -> Pdf:
    """Three pages in a font of which only the signs that are used are kept, by their numbers."""
    source = f"First page\n#pagebreak()\nThe second: {TOKEN}\n#pagebreak()\nThird page"
    return pikepdf.open(io.BytesIO(typst.compile(source.encode())))


def page_subtracted(pdf: Pdf) -> bytes:
    """The second page taken out, as is usually done."""
    del pdf.pages[1]
    return saved(pdf)


def page_orphaned(pdf: Pdf) -> bytes:
    """The second page out of the tree of pages, but still in the file."""
    pdf.Root["/Kept"] = pdf.pages[1].obj
    del pdf.pages[1]
    return saved(pdf)


def stray_text(pdf: Pdf) -> bytes:
    """Only what the second page drew is left, where nothing says that it is text."""
    second = pdf.pages[1].obj
    pdf.Root["/Kept"] = second.Contents
    fonts = second.Resources
    del pdf.pages[1]
    pdf.pages[0].obj["/Resources"] = fonts
    return saved(pdf)


def earlier_revision(pdf: Pdf) -> bytes:
    """A whole PDF, and after it another revision that shows other things."""
    return saved(pdf) + saved(new())


@pytest.mark.parametrize("change", [saved, page_subtracted, page_orphaned, stray_text])
def test_text_in_numbers_of_signs_is_read(change: Callable[[Pdf], bytes]) -> None:
    content = change(typeset())
    assert TOKEN.encode() not in content
    assert TOKEN in Decoder(TOKENS).tokens_in(content)


def test_an_earlier_revision_is_read() -> None:
    assert TOKEN in Decoder(TOKENS).tokens_in(earlier_revision(typeset()))


def add_outline(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(TOKEN, 0))


def add_metadata(pdf: Pdf) -> None:
    with pdf.open_metadata() as about:
        about["dc:title"] = TOKEN


def add_attachment(pdf: Pdf) -> None:
    spec = AttachedFileSpec(pdf, zipped("x", TOKEN), filename="x.zip")
    pdf.attachments["x.zip"] = spec


def add_form(pdf: Pdf) -> None:
    stream = pdf.make_stream(f"BT /F1 9 Tf [({TOKEN[:6]}) -1 ({TOKEN[6:]})] TJ ET".encode())
    stream["/Subtype"], stream["/BBox"] = Name.Form, [0, 0, 100, 100]
    stream["/Resources"] = pdf.pages[0].obj.Resources
    pdf.Root["/Kept"] = pdf.make_indirect(stream)


def add_picture(pdf: Pdf) -> None:
    picture = pdf.make_stream(bytes(COLOUR) * 24 * 24)
    picture["/Type"], picture["/Subtype"] = Name.XObject, Name.Image
    picture["/Width"] = picture["/Height"] = 24
    picture["/ColorSpace"], picture["/BitsPerComponent"] = Name.DeviceRGB, 8
    pdf.Root["/Kept"] = pdf.make_indirect(picture)


CHANGES: dict[str, Callable[[Pdf], object]] = {
    "outline": add_outline,
    "metadata": add_metadata,
    "attachment": add_attachment,
    "form": add_form,
    "title": lambda pdf: pdf.docinfo.__setitem__("/Title", String(TOKEN)),
    "title in UTF-16": lambda pdf: pdf.docinfo.__setitem__("/Title", String(TOKEN + " – “x”")),
    "annotation": lambda pdf: annotate(pdf, "Text", Contents=String(TOKEN)),
    "structure": lambda pdf: pdf.Root.__setitem__(
        "/StructTreeRoot", Dictionary(K=Dictionary(Alt=String(TOKEN)))
    ),
    "name": lambda pdf: pdf.Root.__setitem__("/Dests", Dictionary({f"/{TOKEN}": 1})),
    "page label": lambda pdf: pdf.Root.__setitem__(
        "/PageLabels", Dictionary(Nums=[0, Dictionary(P=String(TOKEN))])
    ),
}


@pytest.mark.parametrize("part", CHANGES)
@pytest.mark.parametrize("packed", [True, False])
def test_each_part_of_a_pdf_is_read(part: str, packed: bool) -> None:
    pdf = new()
    CHANGES[part](pdf)
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    content = saved(pdf, object_stream_mode=mode)
    assert TOKEN in Decoder(TOKENS).tokens_in(content)


def test_a_picture_is_known_by_its_colour() -> None:
    found = Decoder(TOKENS).tokens_in(made(add_picture))
    assert found == {"the picture": found["the picture"]}
    assert "the picture" in Decoder(TOKENS).tokens_in(a_square(COLOUR))


@pytest.mark.parametrize("make", [a_word_file, a_pdf_file])
def test_every_token_of_a_made_paper_can_be_found_in_it(
    make: Callable[[Tokens, str], bytes],
) -> None:
    tokens = Tokens()
    content = make(tokens, "paper")
    wanted = set(tokens.names) | set(tokens.colours.values())
    assert len(wanted) >= 8
    assert set(Decoder(tokens).tokens_in(content)) == wanted
