"""Facts of a finished pack, read back with libraries that had no part in writing it."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name, NumberTree, Pdf


def outline_of(pdf: Pdf) -> list[tuple[int, str, int | None]]:
    """Depth, title and page (from 1) of every bookmark, in order."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def under(parent, depth: int) -> Iterator[tuple[int, str, int | None]]:
        entry = parent.get("/First")
        while entry is not None:
            target = entry.get("/Dest")
            yield depth, str(entry.Title), pages[target[0].objgen] if target is not None else None
            yield from under(entry, depth + 1)
            entry = entry.get("/Next")

    return list(under(pdf.Root.Outlines, 1))


def inner_links(pdf: Pdf) -> list[tuple[int, int]]:
    """The page that each link within the pack stands on, and the page that it leads to."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    found = []
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", Array()):
            action = annotation.get("/A")
            if action is not None and action.get("/S") == Name.GoTo:
                found.append((number, pages[action.D[0].objgen]))
    return found


def marked_contents(page: pikepdf.Page) -> list[int]:
    """Numbers of the marked contents that the page's drawing holds."""
    found = []
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        entries = instruction.operands[1]
        if isinstance(entries, pikepdf.Dictionary) and "/MCID" in entries:
            found.append(int(entries.MCID))
    return found


def check_tags(pdf: Pdf) -> list:
    """Assert that tags and pages lead to each other, and give all elements."""
    root = pdf.Root.StructTreeRoot
    parents = dict(NumberTree(root.ParentTree).items())
    elements = list(_elements(root))
    known = {element.objgen for element in elements}
    used: list[int] = []
    for page in pdf.pages:
        marked = marked_contents(page)
        assert len(set(marked)) == len(marked)
        if marked:
            used.append(int(page.obj.StructParents))
            assert {parents[used[-1]][number].objgen for number in marked} <= known
        for annotation in page.obj.get("/Annots", Array()):
            if "/StructParent" in annotation:
                used.append(int(annotation.StructParent))
                assert parents[used[-1]].objgen in known
    assert len(used) == len(set(used)), "two pages or links share an entry of the parent tree"
    _check_elements(elements)
    return elements


def _check_elements(elements: list) -> None:
    for element in elements:
        for kid in _many(element.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen
    names = [bytes(one.ID) for one in elements if "/ID" in one]
    assert len(names) == len(set(names))


def _many(value) -> list:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _elements(root) -> Iterator:
    waiting = [root.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            if "/K" in one:
                waiting.append(one.K)
