"""One accessibility tag tree for the whole pack, joined from those of its parts."""

from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from committee.documents.pack.papers import CopiedPaper
from committee.documents.pack.tag_names import TagNames

Number = tuple[int, Object]


class TagTree:
    """Collects the tags of each part in page order; `write` then gives them to the pack."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self._kids: list[Object] = []
        self._leaves: list[Object] = []
        self._next_key = 0
        self._names = TagNames()
        self._namespaces: list[Object] = []

    def add_tagged(self, paper: CopiedPaper, title: str, language: str) -> None:
        """Add a paper that has tags of its own, as one part of the document."""
        root = paper.tags
        if root is None:
            raise ValueError("the paper has no tags")
        self._names.add(root)
        self._namespaces.extend(_listed(root.get("/Namespaces")))
        part = self._part_of(root)
        part["/T"] = String(title)
        if paper.language and paper.language != language:
            part["/Lang"] = String(paper.language)
        numbers = _parent_numbers(root)
        _shift_pages(paper.pages, self._next_key, {key for key, _ in numbers})
        self._leaf(numbers)

    def _part_of(self, root: Object) -> Object:
        kids = _listed(root.get("/K"))
        if len(kids) == 1 and kids[0].get("/S") == Name.Document:
            part = kids[0]
            part["/S"] = Name.Part
        else:
            part = self._element(Name.Part, self._document)
            part["/K"] = Array(kids)
            for kid in kids:
                kid["/P"] = part
        part["/P"] = self._document
        self._kids.append(part)
        return part

    def add_untagged(self, pages: Iterable[Object], title: str, language: str | None) -> None:
        """Add a paper without tags: each page becomes one paragraph (marked content 0) of its part,
        so that a screen reader can at least read it in the order of its content."""
        part = self._element(Name.Part, self._document)
        part["/T"] = String(title)
        if language:
            part["/Lang"] = String(language)
        numbers: list[Number] = []
        kids: list[Object] = []
        for number, page in enumerate(pages):
            paragraph = self._element(Name.P, part)
            paragraph["/Pg"] = page
            paragraph["/K"] = 0
            page["/StructParents"] = self._next_key + number
            kids.append(paragraph)
            numbers.append((number, self._pdf.make_indirect(Array([paragraph]))))
        part["/K"] = Array(kids)
        self._kids.append(part)
        self._leaf(numbers)

    def _element(self, role: Name, parent: Object) -> Object:
        return self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=role, P=parent))

    def _leaf(self, numbers: list[Number]) -> None:
        """Put one part's numbers behind all earlier ones."""
        if not numbers:
            return
        base, listed = self._next_key, []
        for key, value in numbers:
            listed += [base + key, value]
        self._next_key = base + numbers[-1][0] + 1
        self._leaves.append(
            self._pdf.make_indirect(Dictionary(Limits=[listed[0], listed[-2]], Nums=Array(listed)))
        )

    def write(self) -> None:
        """Make the collected tags the pack's own."""
        self._document["/K"] = Array(self._kids)
        root = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=self._document,
                ParentTree=self._pdf.make_indirect(Dictionary(Kids=Array(self._leaves))),
                ParentTreeNextKey=self._next_key,
            )
        )
        self._document["/P"] = root
        self._names.write(self._pdf, root)
        if self._namespaces:
            root["/Namespaces"] = Array(self._namespaces)
        self._pdf.Root.StructTreeRoot = root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)


def _listed(value: Object | None) -> list[Object]:
    """Structure elements, given as one or as many."""
    many = value if isinstance(value, Array) else [value]
    return [one for one in many if isinstance(one, pikepdf.Dictionary)]


def _parent_numbers(root: Object) -> list[Number]:
    tree = root.get("/ParentTree")
    if not isinstance(tree, pikepdf.Dictionary):
        return []
    nums = tree.get("/Nums")
    if isinstance(nums, Array) and "/Kids" not in tree:
        flat = list(nums)
        pairs = [(int(flat[at]), flat[at + 1]) for at in range(0, len(flat) - 1, 2)]
    else:
        pairs = list(NumberTree(tree).items())
    return sorted(
        ((key, value) for key, value in pairs if key >= 0 and value is not None),
        key=lambda pair: pair[0],
    )


def _shift(holder: Object, name: str, by: int, known: set[int], seen: set[int]) -> None:
    """Move a reference into the parent tree, or take it away when it leads nowhere."""
    key = holder.get(name)
    if key is None:
        return
    if isinstance(key, int) and key in known:
        seen.add(key)
        holder[name] = key + by
    else:
        del holder[name]


def _shift_pages(pages: list[Object], by: int, known: set[int]) -> None:
    seen: set[int] = set()
    for page in pages:
        _shift(page, "/StructParents", by, known, seen)
        annotations = page.get("/Annots")
        if isinstance(annotations, Array):
            for annotation in annotations:
                if isinstance(annotation, pikepdf.Dictionary):
                    _shift(annotation, "/StructParent", by, known, seen)
    if known - seen:
        _shift_drawings(pages, by, known, seen)


def _shift_drawings(pages: list[Object], by: int, known: set[int], seen: set[int]) -> None:
    """Pictures and forms within pages can have tags of their own: rare, so looked for last."""
    visited: set[tuple[int, int]] = set()
    waiting = [page.get("/Resources") for page in pages]
    while waiting:
        resources = waiting.pop()
        drawings = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(drawings, pikepdf.Dictionary):
            continue
        for _, drawing in drawings.items():
            if not isinstance(drawing, pikepdf.Stream) or drawing.objgen in visited:
                continue
            visited.add(drawing.objgen)
            _shift(drawing, "/StructParents", by, known, seen)
            _shift(drawing, "/StructParent", by, known, seen)
            waiting.append(drawing.get("/Resources"))
