"""Builds a whole agenda pack from a plan: front matter, papers, stamps, bookmarks and tags."""

import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.pack.assembly import Assembly, Heading
from committee.documents.pack.front_matter import ITEM_LINK, FrontMatter, front_matter, title_of
from committee.documents.pack.layout import Layout, lay_out
from committee.documents.pack.outline import Entry, carried_over, top_of, write_outline
from committee.documents.pack.papers import CopiedPaper, OpenPaper, UnusablePaperError
from committee.documents.pack.placeholder import UNKNOWN_PROBLEM, placeholder
from committee.documents.pack.plan import PackItem, PackPaper, PackPlan, key

__all__ = ["BuiltPack", "PackedItem", "build_pack", "key", "linearise"]

Progress = Callable[[int, int, str], None]
Problems = dict[tuple[int, int], str]


@dataclass(frozen=True)
class PackedItem:
    """An item as it came out: its first and last page in the pack (None without papers), and what
    the clerk should know about it."""

    number: str
    title: str
    first_page: int | None
    last_page: int | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class BuiltPack:
    """A finished pack. `sha256` is of the file's bytes; `front_pages` is an even number."""

    path: Path
    pages: int
    sha256: str
    items: tuple[PackedItem, ...]
    warnings: tuple[str, ...]
    front_pages: int


@dataclass
class Part:
    """One paper of one item, opened, or a placeholder page with the warning that explains it."""

    paper: PackPaper
    source: OpenPaper
    warning: str | None = None


def build_pack(plan: PackPlan, target: Path, *, progress: Progress | None = None) -> BuiltPack:
    """Build the pack and put it at `target`, whole or not at all.

    `progress` is told the number of items done, the number of items, and what is being done. It may
    raise to cancel: the error passes through and nothing is left behind. The same plan and papers
    give the same bytes. A paper that cannot be used gets a placeholder page and a warning.
    """
    tell = progress or (lambda _done, _total, _label: None)
    problems: Problems = {}
    while True:
        try:
            return _build(plan, target, tell, problems)
        except _FoundDamagedError as found:
            problems[found.place] = found.problem


class _FoundDamagedError(Exception):
    """A paper opened well but proved damaged when it was copied: begin again without it."""

    def __init__(self, place: tuple[int, int], problem: str) -> None:
        super().__init__(problem)
        self.place, self.problem = place, problem


def _build(plan: PackPlan, target: Path, tell: Progress, problems: Problems) -> BuiltPack:
    tell(0, len(plan.items), "Front matter")
    parts = [
        [
            _open(paper, plan.language, problems.get((row, column)))
            for column, paper in enumerate(item.papers)
        ]
        for row, item in enumerate(plan.items)
    ]
    counts = [[part.source.pages for part in row] for row in parts]
    front = front_matter(plan, lay_out(0, counts))
    front_source = OpenPaper(Pdf.open(io.BytesIO(front.pdf)))
    layout = lay_out(front_source.pages, counts)
    assembly = Assembly(title_of(plan), plan.language)
    first = assembly.add(front_source, Heading("Agenda"))
    assembly.add_blanks(layout.front_fillers)
    copied = _add_items(assembly, plan, parts, layout, tell)
    _link_agenda(assembly, first, layout)
    write_outline(assembly.pdf, _outline(assembly, plan, first, copied, layout))
    assembly.finish()
    tell(len(plan.items), len(plan.items), "Writing the pack")
    with whole_file(target) as unfinished:
        assembly.save(unfinished)
    return _built(target, plan, parts, front, layout)


def _open(paper: PackPaper, language: str, problem: str | None) -> Part:
    if paper.path is None:
        problem = paper.problem or UNKNOWN_PROBLEM
    if paper.path is not None and problem is None:
        try:
            return Part(paper, OpenPaper(paper.path))
        except UnusablePaperError as error:
            problem = error.problem
    problem = problem or UNKNOWN_PROBLEM
    page = OpenPaper(Pdf.open(io.BytesIO(placeholder(paper, problem, language))))
    return Part(paper, page, f"“{paper.title}” is replaced by a placeholder page. {problem}")


def _add_items(
    assembly: Assembly, plan: PackPlan, parts: list[list[Part]], layout: Layout, tell: Progress
) -> list[list[CopiedPaper]]:
    copied = []
    for row, item in enumerate(plan.items):
        tell(row, len(plan.items), f"Item {item.number}: {item.title}")
        papers = []
        for column, part in enumerate(parts[row]):
            heading = Heading(part.paper.title, item.number)
            try:
                papers.append(assembly.add(part.source, heading))
            except UnusablePaperError as error:
                raise _FoundDamagedError((row, column), error.problem) from error
            assembly.add_blanks(layout.items[row].papers[column].fillers)
        copied.append(papers)
    return copied


def _link_agenda(assembly: Assembly, front: CopiedPaper, layout: Layout) -> None:
    """Turn the agenda's private links into links to the items' first pages."""
    for page in front.pages:
        for annotation in page.get("/Annots", Array()):
            action = annotation.get("/A")
            if not isinstance(action, pikepdf.Dictionary):
                continue
            wanted = str(action.get("/URI", ""))
            if wanted.startswith(ITEM_LINK):
                place = layout.items[int(wanted.removeprefix(ITEM_LINK))]
                target = top_of(assembly.pages[(place.first_page or 1) - 1])
                annotation["/A"] = Dictionary(S=Name.GoTo, D=target)


def _outline(
    assembly: Assembly,
    plan: PackPlan,
    front: CopiedPaper,
    copied: list[list[CopiedPaper]],
    layout: Layout,
) -> list[Entry]:
    entries = [Entry("Agenda", top_of(assembly.pages[0]))]
    in_agenda = _agenda_lines(plan, front)
    for row, item in enumerate(plan.items):
        first_page = layout.items[row].first_page
        target = top_of(assembly.pages[first_page - 1]) if first_page else in_agenda.get(row)
        entry = Entry(f"{item.number}. {_named(item)}", target)
        for column, paper in enumerate(copied[row]):
            own = carried_over(paper.bookmarks)
            described = item.papers[column]
            if column == 0 and described.kind == "main":
                entry.under.extend(own)
            else:
                entry.under.append(Entry(described.title, top_of(paper.pages[0]), own))
        entries.append(entry)
    return entries


def _agenda_lines(plan: PackPlan, front: CopiedPaper) -> dict[int, Object]:
    """Where each item stands in the agenda itself, for items that have no papers."""
    printed = sorted(range(len(plan.items)), key=lambda row: plan.items[row].exempt)
    return {row: mark.target for row, mark in zip(printed, front.bookmarks, strict=False)}


def _named(item: PackItem) -> str:
    return f"{item.decision_number} - {item.title}" if item.decision_number else item.title


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside `target` to write to, which takes its place once it is whole and on the disk.

    When the writing fails, nothing is left behind and `target` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _built(
    target: Path, plan: PackPlan, parts: list[list[Part]], front: FrontMatter, layout: Layout
) -> BuiltPack:
    items, warnings = [], list(front.warnings)
    for item, row, place in zip(plan.items, parts, layout.items, strict=True):
        found = tuple(part.warning for part in row if part.warning)
        warnings += [f"Item {item.number}: {one}" for one in found]
        items.append(PackedItem(item.number, item.title, place.first_page, place.last_page, found))
    return BuiltPack(
        target, layout.pages, _sha256(target), tuple(items), tuple(warnings), layout.front_pages
    )


def linearise(source: Path, target: Path) -> str:
    """Write a copy of a pack that viewers can show before all of it has arrived (fast web view).

    Gives the copy's SHA-256; the same source gives the same bytes. Raises pikepdf.PdfError when
    the source is not a PDF.
    """
    with Pdf.open(source) as pdf, whole_file(target) as unfinished:
        pdf.save(
            unfinished,
            linearize=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
            deterministic_id=True,
        )
    return _sha256(target)
