"""The pack as a file in the making: parts are added in order, then it is finished."""

from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import escape

from committee.documents.pack.outline import Entry, write_outline
from committee.documents.pack.pack_file import PackFile, pdf_string
from committee.documents.pack.page_shape import A4, FONT_NAME, Leaf
from committee.documents.pack.segment import Segment
from committee.documents.pack.segment_text import moved_identifier
from committee.documents.pack.stamps import font_dictionary, stamp_font, stamp_stream

BLANK_PAGE = "This page is intentionally left blank"
BLANK_LEAF = Leaf(A4[2], A4[3], "1 0 0 1 0 0 cm")
BLANK_TOP = f"/XYZ 0 {A4[3]} 0"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{claim}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
CLAIM = "<pdfuaid:part>1</pdfuaid:part>\n"


@dataclass(frozen=True)
class Heading:
    """What one paper is called: its title, and for the stamp its item's number and what marks it,
    such as that it is not for publication."""

    title: str
    item_number: str | None = None
    marking: str | None = None


@dataclass(frozen=True)
class Added:
    """A paper in the pack: what is added to its own object numbers, and its first page."""

    base: int
    first_page: int
    segment: Segment


class Assembly:
    """A pack being written to `file`, a part at a time and in the order of its pages."""

    def __init__(self, file: BinaryIO, title: str, language: str) -> None:
        self._file = PackFile(file)
        self._title, self._language = title, language
        self._tree = self._file.reserve()
        self._tag_root = self._file.reserve()
        self._document = self._file.reserve()
        self._font = font_dictionary(self._file)
        self._nodes: list[tuple[int, int]] = []
        self._parts: list[int] = []
        self._leaves: list[int] = []
        self._identifiers: dict[str, int] = {}
        self._accessible = True
        self._tops: list[str] = []
        self._blank: int | None = None

    @property
    def sha256(self) -> str:
        """Of the bytes written so far."""
        return self._file.sha256

    def top_of(self, page: int) -> str:
        """A destination, in PDF syntax, that shows the top of a page (counted from 1)."""
        return self._tops[page - 1]

    def add(self, segment: Segment, heading: Heading) -> Added:
        """Copy a paper behind the pages so far, stamp it and join its tags.

        Raises UnusablePaperError when it turns out to be damaged; nothing is written then.
        """
        template, source = segment.content()
        facts = segment.facts
        base = self._file.reserve(facts.size) - 1
        added = Added(base, len(self._tops) + 1, segment)
        self._file.copy(template, source, base)
        for page in facts.pages:
            self._tops.append(f"[{base + page.number} 0 R {page.top}]")
            drawn = stamp_stream(page, len(self._tops), heading.item_number, heading.marking)
            self._file.write_stream(base + page.stamp, drawn)
        self._write_node(base + facts.node, [base + page.number for page in facts.pages])
        self._file.write(base + facts.font, self._font)
        language = facts.language if facts.language != self._language else None
        kids = [base + kid for kid in facts.kids]
        self._write_part(base + facts.top, heading.title, language, kids)
        self._add_leaf([(base + key, base + value) for key, value in facts.parents])
        for identifier, number in facts.identifiers:
            self._identifiers[moved_identifier(identifier, base)] = base + number
        self._accessible = self._accessible and facts.accessible
        return added

    def _write_node(self, number: int, pages: list[int]) -> None:
        kids = " ".join(f"{page} 0 R" for page in pages)
        self._file.write(
            number,
            f"<< /Type /Pages /Parent {self._tree} 0 R /Count {len(pages)} /Kids [{kids}] >>",
        )
        self._nodes.append((number, len(pages)))

    def _write_part(self, number: int, title: str, language: str | None, kids: list[int]) -> None:
        spoken = f"/Lang {pdf_string(language)} " if language else ""
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self._file.write(
            number,
            f"<< /Type /StructElem /S /Part /P {self._document} 0 R /T {pdf_string(title)} "
            f"{spoken}/K [{listed}] >>",
        )
        self._parts.append(number)

    def _add_leaf(self, numbers: list[tuple[int, int]]) -> None:
        """Add a part's share of the table that leads from pages back to tags."""
        if not numbers:
            return
        listed = " ".join(f"{key} {value} 0 R" for key, value in numbers)
        first, last = numbers[0][0], numbers[-1][0]
        self._leaves.append(self._file.add(f"<< /Limits [{first} {last}] /Nums [{listed}] >>"))

    def add_blanks(self, count: int) -> None:
        """Add pages that say that they are left blank, each with a tag of its own."""
        for _ in range(count):
            node = self._file.reserve(4)
            page, paragraph, entry = node + 1, node + 2, node + 3
            self._tops.append(f"[{page} 0 R {BLANK_TOP}]")
            stamp = self._file.add_stream(stamp_stream(BLANK_LEAF, len(self._tops), None))
            self._file.write(
                page,
                f"<< /Type /Page /Parent {node} 0 R /MediaBox [0 0 {A4[2]} {A4[3]}] /Tabs /S "
                f"/Resources << /Font << {FONT_NAME} {self._font} >> >> /StructParents {page} "
                f"/Contents [{self._blank_content()} 0 R {stamp} 0 R] >>",
            )
            self._write_node(node, [page])
            self._file.write(
                paragraph,
                f"<< /Type /StructElem /S /P /P {self._document} 0 R /Pg {page} 0 R /K 0 >>",
            )
            self._file.write(entry, f"[{paragraph} 0 R]")
            self._parts.append(paragraph)
            self._add_leaf([(page, entry)])

    def _blank_content(self) -> int:
        if self._blank is None:
            left = (A4[2] - stamp_font().width(BLANK_PAGE) * 12) / 2
            text = f"BT {FONT_NAME} 12 Tf {left:.2f} 430 Td ({BLANK_PAGE}) Tj ET"
            drawn = f"/P <</MCID 0>> BDC\nq\n0 g\n{text}\nQ\nEMC\n"
            self._blank = self._file.add_stream(drawn.encode("ascii"))
        return self._blank

    def lead_to(self, added: Added, word: str, page: int) -> None:
        """Make the links of a part that carry `word` lead to a page of the pack."""
        for known, number in added.segment.facts.item_links:
            if known == word:
                self._file.write(added.base + number, f"<< /S /GoTo /D {self.top_of(page)} >>")

    def finish(self, outline: list[Entry]) -> None:
        """Join page tree and tags, write the bookmarks, and describe the document."""
        listed = " ".join(f"{number} 0 R" for number, _ in self._nodes)
        self._file.write(
            self._tree, f"<< /Type /Pages /Count {len(self._tops)} /Kids [{listed}] >>"
        )
        self._write_tags()
        bookmarks = write_outline(self._file, outline)
        metadata = self._file.add_stream(self._xmp(), "/Type /Metadata /Subtype /XML")
        title = pdf_string(self._title)
        information = self._file.add(f"<< /Title {title} >>")
        root = self._file.add(
            f"<< /Type /Catalog /Pages {self._tree} 0 R /StructTreeRoot {self._tag_root} 0 R "
            f"/MarkInfo << /Marked true >> /Outlines {bookmarks} 0 R /PageMode /UseOutlines "
            "/PageLabels << /Nums [0 << /S /D /St 1 >>] >> "
            f"/ViewerPreferences << /DisplayDocTitle true >> /Lang {pdf_string(self._language)} "
            f"/Metadata {metadata} 0 R >>"
        )
        self._file.finish(root, information)

    def _write_tags(self) -> None:
        parts = " ".join(f"{part} 0 R" for part in self._parts)
        self._file.write(
            self._document,
            f"<< /Type /StructElem /S /Document /P {self._tag_root} 0 R /K [{parts}] >>",
        )
        leaves = " ".join(f"{leaf} 0 R" for leaf in self._leaves)
        names = " ".join(f"{one} {at} 0 R" for one, at in sorted(self._identifiers.items()))
        self._file.write(
            self._tag_root,
            f"<< /Type /StructTreeRoot /K {self._document} 0 R "
            f"/ParentTree << /Kids [{leaves}] >> /ParentTreeNextKey {self._file.reserved} "
            + (f"/IDTree << /Names [{names}] >> " if names else "")
            + ">>",
        )

    def _xmp(self) -> bytes:
        return XMP.format(
            title=escape(self._title),
            language=escape(self._language),
            claim=CLAIM if self._accessible else "",
        ).encode("utf-8")
