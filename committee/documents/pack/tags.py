"""A paper's accessibility tags, brought into the one form that can be joined with others.

Each paper may use role names, classes and identifiers of its own, and two papers may mean different
things by the same name. So before a paper meets others, roles become the standard ones that they
stand for, classes become plain attributes, and identifiers get a number of the paper's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from committee.documents.pack.segment_text import IDENTIFIER

Place = tuple[int, int]

STANDARD_ROLES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4
    H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code
    Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD = frozenset(f"/{role}" for role in STANDARD_ROLES.split())
UNKNOWN_ROLE = "/Div"


@dataclass
class TagFacts:
    """What joining needs to know: the topmost element with its children, the entries of the parent
    tree in the order of their keys, and the elements that have identifiers."""

    top: Object
    kids: list[Object] = field(default_factory=list)
    parents: list[tuple[int, Object]] = field(default_factory=list)
    identified: list[Object] = field(default_factory=list)


def elements_under(root: Object) -> Iterator[Object]:
    """Every structure element beneath `root`, in no special order."""
    waiting = [root.get("/K")]
    seen: set[Place] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            if one.objgen != (0, 0) and one.objgen in seen:
                continue
            seen.add(one.objgen)
            yield one
            waiting.append(one.get("/K"))


def tag_root(pdf: Pdf) -> Object | None:
    """The root of the paper's tags, None when it has none worth the name."""
    tags = pdf.Root.get("/StructTreeRoot")
    if isinstance(tags, pikepdf.Dictionary) and isinstance(
        tags.get("/K"), pikepdf.Dictionary | pikepdf.Array
    ):
        return tags
    return None


def join_ready(pdf: Pdf, pages: list[Object]) -> TagFacts:
    """Rewrite the tags of a tagged paper in memory."""
    old = pdf.Root.StructTreeRoot
    ours = {page.objgen for page in pages}
    roles = _Roles(old)
    classes = old.get("/ClassMap")
    identified = []
    for element in elements_under(old):
        roles.settle(element)
        _forget_other_pages(element, ours)
        if "/C" in element:
            _inline_classes(element, classes)
        if isinstance(element.get("/ID"), pikepdf.String):
            element["/ID"] = _identifier(element["/ID"])
            identified.append(element)
        if "/A" in element:
            _rename_headers(element["/A"])
    facts = _under_one_top(pdf, old)
    facts.identified = identified
    facts.parents = [(key, _indirect(pdf, value)) for key, value in _parent_numbers(old)]
    _drop_loose_keys(pages, {key for key, _ in facts.parents})
    _write_root(pdf, facts)
    return facts


def page_by_page(pdf: Pdf, pages: list[Object]) -> TagFacts:
    """Give a paper without tags one paragraph for each page, whose whole content is marked as 0."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    facts = TagFacts(top)
    for number, page in enumerate(pages):
        paragraph = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=0)
        )
        page["/StructParents"] = number
        facts.kids.append(paragraph)
        facts.parents.append((number, pdf.make_indirect(Array([paragraph]))))
    top["/K"] = Array(facts.kids)
    _drop_loose_keys(pages, set(range(len(pages))), annotations_too=True)
    _write_root(pdf, facts)
    return facts


class _Roles:
    """Looks up which standard role a paper's own role stands for."""

    def __init__(self, root: Object) -> None:
        role_map = root.get("/RoleMap")
        self._map: dict[str, str] = {}
        if isinstance(role_map, pikepdf.Dictionary):
            self._map = {role: str(meaning) for role, meaning in role_map.items()}
        self._known: dict[str, str] = {}

    def settle(self, element: Object) -> None:
        role = str(element["/S"])
        if role not in self._known:
            self._known[role] = self._standard(role)
        if self._known[role] != role:
            element["/S"] = Name(self._known[role])

    def _standard(self, role: str) -> str:
        seen: set[str] = set()
        while role in self._map and role not in seen:
            seen.add(role)
            role = self._map[role]
        return role if role in STANDARD else UNKNOWN_ROLE


def _many(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _inline_classes(element: Object, classes: Object | None) -> None:
    found: list[Object] = _many(element.get("/A"))
    if isinstance(classes, pikepdf.Dictionary):
        for name in _many(element["/C"]):
            if isinstance(name, pikepdf.Name):
                found += _many(classes.get(str(name)))
    if found:
        element["/A"] = Array(found)
    del element["/C"]


def _forget_other_pages(element: Object, ours: set[Place]) -> None:
    """Take away what an element holds of pages that are no longer in the paper, words included."""
    kids = _many(element.get("/K"))
    kept = [kid for kid in kids if not _on_other_page(kid, ours)]
    if "/Pg" in element and element["/Pg"].objgen not in ours:
        del element["/Pg"]
        kept = [kid for kid in kept if isinstance(kid, pikepdf.Dictionary)]
    if len(kept) == len(kids):
        return
    for key in ("/K",) if kept else ("/K", "/T", "/Alt", "/ActualText", "/E"):
        if key in element:
            del element[key]
    if kept:
        element["/K"] = Array(kept)


def _on_other_page(kid: Object, ours: set[Place]) -> bool:
    if not isinstance(kid, pikepdf.Dictionary) or "/S" in kid:
        return False
    return "/Pg" in kid and kid["/Pg"].objgen not in ours


def _identifier(name: Object) -> Object:
    """The identifier in a form that the pack can make its own: see `segment_text`."""
    return String(IDENTIFIER + bytes(name).hex().encode("ascii"))


def _rename_headers(attributes: Object) -> None:
    """A table cell names its header cells by their identifiers."""
    for one in _many(attributes):
        if isinstance(one, pikepdf.Dictionary) and isinstance(one.get("/Headers"), Array):
            one["/Headers"] = Array([_identifier(name) for name in one["/Headers"]])


def _under_one_top(pdf: Pdf, root: Object) -> TagFacts:
    kids: list[Object] = [
        _indirect(pdf, kid) for kid in _many(root.get("/K")) if isinstance(kid, pikepdf.Dictionary)
    ]
    language: Object | None = None
    if len(kids) == 1 and kids[0].get("/S") == Name.Document and _holds_elements_only(kids[0]):
        language = kids[0].get("/Lang")
        kids = [_indirect(pdf, kid) for kid in _many(kids[0].get("/K"))]
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(kids)))
    if language is not None:
        top["/Lang"] = language
    for kid in kids:
        kid["/P"] = top
    return TagFacts(top, kids)


def _holds_elements_only(element: Object) -> bool:
    return all(
        isinstance(kid, pikepdf.Dictionary) and "/S" in kid for kid in _many(element.get("/K"))
    )


def _indirect(pdf: Pdf, value: Object) -> Object:
    return value if value.is_indirect else pdf.make_indirect(value)


def _parent_numbers(root: Object) -> list[tuple[int, Object]]:
    tree = root.get("/ParentTree")
    if not isinstance(tree, pikepdf.Dictionary):
        return []
    found = {key: value for key, value in NumberTree(tree).items() if key >= 0}
    return [
        (key, found[key])
        for key in sorted(found)
        if isinstance(found[key], pikepdf.Dictionary | pikepdf.Array)
    ]


def _write_root(pdf: Pdf, facts: TagFacts) -> None:
    listed: list[Object | int] = []
    for key, value in facts.parents:
        listed += [key, value]
    root = Dictionary(
        Type=Name.StructTreeRoot,
        K=facts.top,
        ParentTree=pdf.make_indirect(Dictionary(Nums=Array(listed))),
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    facts.top["/P"] = pdf.Root.StructTreeRoot
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _drop_loose_keys(
    pages: list[Object], known: set[int], *, annotations_too: bool = False
) -> None:
    """Take away references into the parent tree that lead nowhere."""
    for page in pages:
        _keep_known(page, "/StructParents", known)
        annotations = page.get("/Annots")
        if isinstance(annotations, Array):
            for annotation in annotations:
                if isinstance(annotation, pikepdf.Dictionary):
                    _keep_known(annotation, "/StructParent", set() if annotations_too else known)


def _keep_known(holder: Object, name: str, known: set[int]) -> None:
    if name in holder and holder[name] not in known:
        del holder[name]
