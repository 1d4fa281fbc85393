"""Reads one XML part of a Word document as it streams by. No part may declare a document type."""

from collections.abc import Callable
from xml.sax import SAXException, handler
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml import DefusedXmlException
from defusedxml import sax as defused_sax

from committee.documents.findings import Unusable
from committee.documents.word_markup import PartReader

Seen = Callable[[str, dict[str, str]], None]


class PartParser:
    """Feeds the part's bytes to a parser, and each element to those who want to know."""

    def __init__(self, name: str, *, reader: PartReader | None, seen: Seen) -> None:
        self._name = name
        self._reader = reader
        self._parser = defused_sax.make_parser()
        self._parser.forbid_dtd = True
        self._parser.setFeature(handler.feature_namespaces, True)
        self._parser.setContentHandler(_Elements(reader, seen))

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises Unusable for a document type or for what is not XML."""
        self._guarded(lambda: self._parser.feed(chunk))

    def close(self) -> None:
        """The part is at its end."""
        self._guarded(self._parser.close)
        if self._reader:
            self._reader.finish()

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except DefusedXmlException as problem:
            raise Unusable("doctype", part=self._name) from problem
        except (SAXException, ValueError, LookupError) as problem:
            raise Unusable("damaged") from problem


class _Elements(handler.ContentHandler):
    """Passes elements on by (namespace, local name), with attributes by local name."""

    def __init__(self, reader: PartReader | None, seen: Seen) -> None:
        super().__init__()
        self._reader = reader
        self._seen = seen

    def startElementNS(  # noqa: N802 - the interface's own name
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002 - part of the interface
        attrs: AttributesNSImpl,
    ) -> None:
        attributes = {key[1]: value for key, value in attrs.items()}
        self._seen(name[1], attributes)
        if self._reader:
            self._reader.start(name, attributes)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802, ARG002
        if self._reader:
            self._reader.end(name)

    def characters(self, content: str) -> None:
        if self._reader:
            self._reader.characters(content)
