"""Checks a Word document and writes it anew from the parts that were checked.

Runs inside the sandbox. LibreOffice is given the new file, never the upload: two readers of one
zip can see two different documents in it, and only one of them would have been checked.
"""

import zipfile
from pathlib import Path, PurePosixPath

from committee.documents import word_relationships
from committee.documents.findings import Unusable, counted
from committee.documents.word_markup import Markup, PartReader
from committee.documents.word_package import Package
from committee.documents.word_xml import PartParser

CHECKED_NAME = "checked.docx"
_TYPES = "[Content_Types].xml"
_WORD_MAIN = "wordprocessingml.document.main+xml"
_MACRO_TYPES = ("macroenabled", "vbaproject", "ms-word.vbadata")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_XML_ENDINGS = (".xml", ".rels", ".vml", ".svg", ".xhtml", ".html", ".htm", ".mht")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def read(source: Path, folder: Path) -> dict[str, object]:
    """Check the document; leave `checked.docx` in the folder and give notices."""
    return _WordDocument(Package(source)).read(folder / CHECKED_NAME)


class _WordDocument:
    """Goes through the parts of one document once: what they are, lead to, and say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._types: dict[str, str] = {}
        self._relationships: list[word_relationships.Relationship] = []
        self._markup = Markup()

    def read(self, target: Path) -> dict[str, object]:
        """Check every part and write the new document."""
        names = self._package.names
        if _TYPES not in names:
            raise Unusable("not_word")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as written:
            self._take(_TYPES, written)
            self._check_types()
            for name in names:
                if name.endswith(".rels"):
                    self._take(name, written)
            notices = word_relationships.check(self._relationships)
            notices += self._take_the_rest(names, written)
        _check_markup(self._markup)
        return {"notices": notices + _hidden_text(self._markup)}

    def _take_the_rest(self, names: list[str], written: zipfile.ZipFile) -> list[str]:
        workbooks = word_relationships.workbooks(self._relationships)
        left_out = 0
        rest = [name for name in names if name != _TYPES and not name.endswith(".rels")]
        # Styles first: they say which text is hidden by its style.
        for name in sorted(rest, key=lambda part: not part.endswith("/styles.xml")):
            if "/embeddings/" in name and PurePosixPath(name).name in workbooks:
                left_out += 1
            else:
                self._take(name, written)
        if not left_out:
            return []
        was = "was" if left_out == 1 else "were"
        return [f"{counted(left_out, 'workbook')} behind the charts {was} left out."]

    def _take(self, name: str, written: zipfile.ZipFile) -> None:
        """Copy one part into the new document, checking it on the way."""
        if PurePosixPath(name).name.lower() in _MACRO_PARTS:
            raise Unusable("macros")
        parser = self._parser(name)
        first = True
        with written.open(zipfile.ZipInfo(name, _FIXED_DATE), "w") as part:
            for chunk in self._package.chunks(name):
                if parser:
                    parser.feed(chunk)
                elif first:
                    _check_start(name, chunk)
                first = False
                part.write(chunk)
        if parser:
            parser.close()

    def _parser(self, name: str) -> PartParser | None:
        if name == _TYPES:
            return PartParser(name, reader=None, seen=self._see_type)
        if name.endswith(".rels"):
            return PartParser(name, reader=None, seen=lambda *seen: self._see_rel(name, *seen))
        if not self._is_xml(name):
            return None
        return PartParser(name, reader=PartReader(self._markup), seen=lambda *_: None)

    def _is_xml(self, name: str) -> bool:
        if name.lower().endswith(_XML_ENDINGS):
            return True
        extension = PurePosixPath(name).suffix.lstrip(".").lower()
        kind = self._types.get("/" + name.lower()) or self._types.get(extension, "")
        return kind.endswith(("+xml", "/xml"))

    def _see_type(self, element: str, attributes: dict[str, str]) -> None:
        key = {"Default": "Extension", "Override": "PartName"}.get(element)
        if key:
            self._types[attributes.get(key, "").lower()] = attributes.get("ContentType", "").lower()

    def _see_rel(self, name: str, element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            self._relationships.append(word_relationships.relationship(name, attributes))

    def _check_types(self) -> None:
        kinds = list(self._types.values())
        if any(macro in kind for kind in kinds for macro in _MACRO_TYPES):
            raise Unusable("macros")
        main = {place for place, kind in self._types.items() if kind.endswith(_WORD_MAIN)}
        if not main & {"/" + name.lower() for name in self._package.names}:
            raise Unusable("not_word")
        if any("activex" in kind for kind in kinds):
            raise Unusable("active_x")


def _check_start(name: str, chunk: bytes) -> None:
    """A part that is not XML is a picture or a font, never another document."""
    if chunk.startswith(_ZIP):
        raise Unusable("nested_archive", part=name)
    if chunk.startswith(_OLE):
        raise Unusable("embedded_object", part=PurePosixPath(name).name)


def _check_markup(markup: Markup) -> None:
    if markup.changes:
        raise Unusable(
            "tracked_changes",
            changes=counted(markup.changes, "tracked change"),
            are="is" if markup.changes == 1 else "are",
            where=markup.first_change or "an empty paragraph",
        )
    if markup.comments:
        raise Unusable(
            "comments",
            comments=counted(markup.comments, "comment"),
            are="is" if markup.comments == 1 else "are",
            where=markup.first_comment or "an empty comment",
        )


def _hidden_text(markup: Markup) -> list[str]:
    if not markup.hidden:
        return []
    return [f"Hidden text is not shown in the paper; the first of it is “{markup.first_hidden}”."]
