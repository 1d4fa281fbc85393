"""The pack as a file in the making: pages are added in order, then it is finished and saved."""

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel

from committee.documents.pack.papers import CopiedPaper, OpenPaper
from committee.documents.pack.stamps import (
    A4,
    FONT_NAME,
    add_font,
    embed_font,
    leaf_of,
    stamp_font,
    stamp_stream,
)
from committee.documents.pack.tags import TagTree

BLANK_PAGE = "This page is intentionally left blank"
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
    """What one paper is called: its title, and its item's number for the stamp."""

    title: str
    item_number: str | None = None


class Assembly:
    """A pack being put together. Nothing touches the disk before `save`."""

    def __init__(self, title: str, language: str) -> None:
        self.pdf = Pdf.new()
        self._title, self._language = title, language
        self._font = embed_font(self.pdf)
        self._tags = TagTree(self.pdf)
        self._nodes: list[Object] = []
        self._accessible = True
        self.pages: list[Object] = []
        self._opening = self.pdf.make_stream(b"q\n")
        self._opening_tagged = self.pdf.make_stream(b"/P <</MCID 0>> BDC\nq\n")
        self._blank: Object | None = None

    def add(self, source: OpenPaper, heading: Heading) -> CopiedPaper:
        """Copy a paper behind the pages so far, stamp it and join its tags.

        Raises UnusablePaperError when it turns out to be damaged; the assembly is then of no use.
        """
        paper = source.copy_into(self.pdf)
        self._nodes.append(paper.node)
        add_font(paper.pages, self._font)
        if paper.tags is not None:
            self._tags.add_tagged(paper, heading.title, self._language)
        else:
            self._tags.add_untagged(paper.pages, heading.title, paper.language)
        self._accessible = self._accessible and paper.accessible
        for page in paper.pages:
            self._stamp(page, heading.item_number, wrapped=paper.tags is None)
        return paper

    def _stamp(self, page: Object, item_number: str | None, *, wrapped: bool) -> None:
        self.pages.append(page)
        page["/Tabs"] = Name.S
        opening, closing = self._opening, b"\nQ"
        if wrapped:
            opening, closing = self._opening_tagged, b"\nQ\nEMC"
        drawn = stamp_stream(leaf_of(page), len(self.pages), item_number)
        contents = page.get("/Contents")
        own = list(contents) if isinstance(contents, Array) else [contents] if contents else []
        page["/Contents"] = Array([opening, *own, self.pdf.make_stream(closing + drawn)])

    def add_blanks(self, count: int) -> None:
        """Add pages that say that they are left blank, each with a tag of its own."""
        if not count:
            return
        node = self.pdf.make_indirect(Dictionary(Type=Name.Pages, Count=count))
        pages = [self._blank_page(node) for _ in range(count)]
        node["/Kids"] = Array(pages)
        self._nodes.append(node)
        self._tags.add_untagged(pages, BLANK_PAGE, None)
        for page in pages:
            self._stamp(page, None, wrapped=True)

    def _blank_page(self, node: Object) -> Object:
        width = stamp_font().width(BLANK_PAGE) * 12
        if self._blank is None:
            text = f"BT {FONT_NAME} 12 Tf {(A4[2] - width) / 2:.2f} 430 Td ({BLANK_PAGE}) Tj ET"
            self._blank = self.pdf.make_stream(text.encode("ascii"))
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Page, Parent=node, MediaBox=list(A4), Contents=self._blank,
                Resources=Dictionary(Font=Dictionary({FONT_NAME: self._font})),
            )
        )  # fmt: skip

    def finish(self) -> None:
        """Join the page tree and the tags, and describe the document."""
        root = self.pdf.Root
        tree = self.pdf.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array(self._nodes), Count=len(self.pages))
        )
        for node in self._nodes:
            node["/Parent"] = tree
        root.Pages = tree
        self._tags.write()
        root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=1)])
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        root.Lang = self._language
        self.pdf.docinfo["/Title"] = self._title
        xmp = XMP.format(
            title=escape(self._title),
            language=escape(self._language),
            claim=CLAIM if self._accessible else "",
        )
        root.Metadata = self.pdf.make_stream(
            xmp.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML
        )

    def save(self, path: Path) -> None:
        """Write the file. The same parts give the same bytes."""
        self.pdf.save(
            path,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            stream_decode_level=StreamDecodeLevel.none,
            compress_streams=False,
            deterministic_id=True,
        )
