"""A last walk over everything that is still reachable, taking out what must not be in any paper."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from committee.documents.findings import Unusable
from committee.documents.pdf_actions import ACTIVE_TYPES, name_of

# Keys that act, carry other files, or tell who made the file and with what.
FORBIDDEN_KEYS = frozenset(
    {
        "/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
        "/AcroForm", "/RichMediaContent", "/RichMediaSettings", "/Metadata", "/PieceInfo",
        "/LastModified", "/OPI", "/Alternates", "/Ref", "/PS", "/Subtype2", "/SeparationInfo",
        "/PresSteps", "/Thumb", "/B", "/Dur",
    }
)  # fmt: skip
# Pages keep what pdf_pages lets them keep; elsewhere these letters mean harmless things.
_ONLY_ON_PAGES = frozenset({"/B", "/Dur", "/Thumb", "/Ref"})
# A stream may name a file outside to take its bytes from.
_OUTSIDE_STREAM_KEYS = ("/F", "/FFilter", "/FDecodeParms")
# Dictionaries whose keys are names chosen by the author, not by the standard.
_NAME_MAPS = frozenset(
    {
        "/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties",
        "/CharProcs", "/RoleMap", "/ClassMap", "/Colorants",
    }
)  # fmt: skip
_CONTRARY_POLICIES = frozenset({"/AllOff", "/AnyOff"})

Node = Dictionary | Stream | Array


class Sweep:
    """Walks from the catalog. `pages` and `links` are the only pages and annotations there are."""

    def __init__(self, pages: set[tuple[int, int]], links: set[tuple[int, int]]) -> None:
        self._pages = pages
        self._links = links
        self._seen: set[tuple[int, int]] = set()

    def over(self, pdf: Pdf) -> None:
        """Take out of everything reachable what is forbidden there. Raises Unusable."""
        waiting: list[tuple[Object, bool]] = [(pdf.Root, False)]
        while waiting:
            node, named = waiting.pop()
            if node.is_indirect:
                if node.objgen in self._seen:
                    continue
                self._seen.add(node.objgen)
            if isinstance(node, Array):
                waiting.extend((child, False) for child in self._members(node))
            else:
                waiting.extend(self._entries(node, named))

    def _members(self, array: Object) -> Iterator[Object]:
        for number, value in enumerate(list(array)):
            if not isinstance(value, Dictionary | Stream | Array):
                continue
            if self._is_stray(value):
                array[number] = None
            else:
                yield value

    def _entries(self, node: Object, named: bool) -> Iterator[tuple[Object, bool]]:
        if not named:
            _check_policy(node)
            _take_out(node)
        for key in list(node.keys()):
            value = node[key]
            if not isinstance(value, Dictionary | Stream | Array):
                continue
            if self._is_stray(value):
                del node[key]
            else:
                yield value, key in _NAME_MAPS and not named

    def _is_stray(self, value: Object) -> bool:
        """A page that is not one of the pages, or a pointer to an annotation that is gone."""
        if not isinstance(value, Dictionary):
            return False
        kind = name_of(value.get("/Type"))
        if kind == "/Page":
            return value.objgen not in self._pages
        if kind == "/OBJR":
            target = value.get("/Obj")
            return not isinstance(target, Object) or (
                isinstance(target, Dictionary) and target.objgen not in self._links
            )
        return kind in ("/Filespec", "/F")


def _take_out(node: Object) -> None:
    is_page = name_of(node.get("/Type")) == "/Page"
    for key in FORBIDDEN_KEYS & set(node.keys()):
        if is_page or key not in _ONLY_ON_PAGES:
            del node[key]
    if isinstance(node, Stream):
        for key in _OUTSIDE_STREAM_KEYS:
            if key in node:
                del node[key]
    elif name_of(node.get("/S")) in ACTIVE_TYPES and "/P" not in node:
        for key in list(node.keys()):
            del node[key]


def _check_policy(node: Object) -> None:
    """Layers are merged, which shows what is only shown while a layer is off."""
    if name_of(node.get("/Type")) != "/OCMD":
        return
    if name_of(node.get("/P")) in _CONTRARY_POLICIES or "/VE" in node:
        raise Unusable("hidden_layers", layer="shown only while another layer is off")
