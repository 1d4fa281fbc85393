"""Builds a whole agenda pack from a plan: front matter, papers, stamps, bookmarks and tags."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Object

from committee.documents.pack import linearising
from committee.documents.pack.assembly import Added, Assembly, Heading
from committee.documents.pack.front_matter import ITEM_LINK, title_of
from committee.documents.pack.layout import Layout, lay_out
from committee.documents.pack.numbering import Front, front_for, sheet_row, with_sheet
from committee.documents.pack.outline import Entry, carried_over
from committee.documents.pack.papers import UnusablePaperError
from committee.documents.pack.placeholder import UNKNOWN_PROBLEM, placeholder
from committee.documents.pack.plan import PackItem, PackPaper, PackPlan, key
from committee.documents.pack.segment import Segment
from committee.documents.pack.segment_making import segment_of
from committee.documents.pack.whole_file import sha256_of, whole_file

__all__ = ["BuiltPack", "PackedItem", "build_pack", "key", "linearise"]

Progress = Callable[[int, int, str], None]
WRITE_AT_ONCE = 1 << 20
"""Bytes."""
REPAIRED = "The file is damaged. What could still be read of it is in the pack."
Problems = dict[tuple[int, int], str]


@dataclass(frozen=True)
class PackedItem:
    """An item as it came out: its first and last page in the pack (None without papers), what the
    clerk should know about it, and whether it is not open."""

    number: str
    title: str
    first_page: int | None
    last_page: int | None
    warnings: tuple[str, ...]
    exempt: bool = False


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
    segment: Segment
    place: tuple[int, int]
    warning: str | None = None

    @property
    def pages(self) -> int:
        """Number of pages that the file really has."""
        return len(self.segment.facts.pages)


def build_pack(plan: PackPlan, target: Path, *, progress: Progress | None = None) -> BuiltPack:
    """Build the pack and put it at `target`, whole or not at all.

    `progress` is told the number of items done, the number of items, and what is being done. It may
    raise to cancel: the error passes through and nothing is left behind. The same plan and papers
    give the same bytes. A paper that cannot be used gets a placeholder page and a warning.
    """
    tell = progress or (lambda _done, _total, _label: None)
    problems: Problems = {}
    # Beside the target: whoever clears that folder after a killed run clears this as well.
    beside, prefix = target.parent, f".{target.name}."
    beside.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            with tempfile.TemporaryDirectory(dir=beside, prefix=prefix) as folder:
                return _Build(plan, target, tell, Path(folder), problems).run()
        except _FoundDamagedError as found:
            problems[found.place] = found.problem


class _FoundDamagedError(Exception):
    """A paper opened well but proved damaged when it was copied: begin again without it."""

    def __init__(self, place: tuple[int, int], problem: str) -> None:
        super().__init__(problem)
        self.place, self.problem = place, problem


class _Build:
    """One run. `folder` takes what is made on the way."""

    def __init__(
        self, plan: PackPlan, target: Path, tell: Progress, folder: Path, problems: Problems
    ) -> None:
        self._plan, self._target, self._tell = plan, target, tell
        self._folder, self._problems = folder, problems

    def run(self) -> BuiltPack:
        plan, total = self._plan, len(self._plan.items)
        self._tell(0, total, "Front matter")
        parts = [
            [self._open(paper, (row, column)) for column, paper in enumerate(item.papers)]
            for row, item in enumerate(plan.items)
        ]
        front = front_for(plan, _counts(parts))
        if front.sheet is not None:
            plan = self._plan = with_sheet(plan)
            _add_sheet(plan, parts, front.sheet)
        front_segment = Segment(segment_of(front.pdf, _item_link))
        layout = lay_out(len(front_segment.facts.pages), _counts(parts), reserved=front.reserved)
        with (
            whole_file(self._target) as unfinished,
            unfinished.open("wb", buffering=WRITE_AT_ONCE) as file,
        ):
            assembly = Assembly(file, title_of(plan), plan.language)
            first = assembly.add(front_segment, Heading("Agenda"))
            assembly.add_blanks(layout.front_fillers)
            added = self._add_items(assembly, parts, layout)
            _link_agenda(assembly, first, layout)
            self._tell(total, total, "Finishing the pack")
            assembly.finish(_outline(assembly, plan, first, added))
        return _built(self._target, assembly.sha256, plan, parts, front, layout)

    def _open(self, paper: PackPaper, place: tuple[int, int]) -> Part:
        problem = self._problems.get(place)
        if paper.path is None:
            problem = paper.problem or UNKNOWN_PROBLEM
        if paper.path is not None and problem is None:
            try:
                segment = self._segment(paper.path, place)
                return Part(paper, segment, place, REPAIRED if segment.facts.repaired else None)
            except UnusablePaperError as error:
                problem = error.problem
        problem = problem or UNKNOWN_PROBLEM
        page = Segment(segment_of(placeholder(paper, problem, self._plan.language)))
        warning = f"“{paper.title}” is replaced by a placeholder page. {problem}"
        return Part(paper, page, place, warning)

    def _segment(self, path: Path, place: tuple[int, int]) -> Segment:
        """Papers come as segments; one that does not is made into one for this build alone."""
        try:
            return Segment(path)
        except UnusablePaperError:
            made = self._folder / f"{place[0]}-{place[1]}.pdf"
            made.write_bytes(segment_of(path))
            return Segment(made)

    def _add_items(
        self, assembly: Assembly, parts: list[list[Part]], layout: Layout
    ) -> list[list[Added]]:
        everything = []
        for row, item in enumerate(self._plan.items):
            title = item.public_title or item.title  # for all who look on, whatever they may read
            self._tell(row, len(self._plan.items), f"Item {item.number}: {title}")
            added = []
            for column, part in enumerate(parts[row]):
                heading = Heading(part.paper.title, item.number, part.paper.marking)
                try:
                    added.append(assembly.add(part.segment, heading))
                except UnusablePaperError as error:
                    raise _FoundDamagedError(part.place, error.problem) from error
                assembly.add_blanks(layout.items[row].papers[column].fillers)
            everything.append(added)
        return everything


def _counts(parts: list[list[Part]]) -> list[list[int]]:
    return [[part.pages for part in row] for row in parts]


def _add_sheet(plan: PackPlan, parts: list[list[Part]], sheet: bytes) -> None:
    row = sheet_row(plan)
    parts[row].insert(0, Part(plan.items[row].papers[0], Segment(segment_of(sheet)), (row, -1)))


def _item_link(action: Object) -> str | None:
    target = str(action.get("/URI", ""))
    return target if target.startswith(ITEM_LINK) else None


def _link_agenda(assembly: Assembly, front: Added, layout: Layout) -> None:
    """Lead each line of the agenda to its item's first page."""
    for row, place in enumerate(layout.items):
        if place.first_page is not None:
            assembly.lead_to(front, f"{ITEM_LINK}{row}", place.first_page)


def _outline(
    assembly: Assembly, plan: PackPlan, front: Added, added: list[list[Added]]
) -> list[Entry]:
    entries = [Entry("Agenda", assembly.top_of(1))]
    in_agenda = _agenda_lines(plan, front)
    for row, item in enumerate(plan.items):
        papers = added[row]
        target = assembly.top_of(papers[0].first_page) if papers else in_agenda.get(row)
        entry = Entry(f"{item.number}. {_named(item)}", target)
        for column, paper in enumerate(papers):
            own = carried_over(paper.segment.facts.bookmarks, paper.base)
            described = item.papers[column]
            if column == 0 and described.kind == "main":
                entry.under.extend(own)
            else:
                target = assembly.top_of(paper.first_page)
                entry.under.append(Entry(described.title, target, own))
        entries.append(entry)
    return entries


def _agenda_lines(plan: PackPlan, front: Added) -> dict[int, str]:
    """Where each item stands in the agenda itself, for items that have no papers."""
    printed = sorted(range(len(plan.items)), key=lambda row: plan.items[row].exempt)
    lines = carried_over(front.segment.facts.bookmarks, front.base)
    return {row: line.target for row, line in zip(printed, lines, strict=False) if line.target}


def _named(item: PackItem) -> str:
    return f"{item.decision_number} - {item.title}" if item.decision_number else item.title


def _built(
    target: Path,
    sha256: str,
    plan: PackPlan,
    parts: list[list[Part]],
    front: Front,
    layout: Layout,
) -> BuiltPack:
    items, warnings = [], list(front.warnings)
    for item, row, place in zip(plan.items, parts, layout.items, strict=True):
        found = tuple(part.warning for part in row if part.warning)
        warnings += [f"Item {item.number}: {one}" for one in found]
        pages = (place.first_page, place.last_page)
        items.append(PackedItem(item.number, item.title, *pages, found, item.exempt))
    return BuiltPack(
        target, layout.pages, sha256, tuple(items), tuple(warnings), layout.front_pages
    )


def linearise(source: Path, target: Path) -> str:
    """Write a copy of a pack that viewers can show before all of it has arrived (fast web view).

    Gives the copy's SHA-256; the same source gives the same bytes. Takes longer than building, and
    is done by a process of its own. Raises subprocess.CalledProcessError when the source is not a
    PDF; `target` then stays as it was.
    """
    with whole_file(target) as unfinished:
        subprocess.run(
            [sys.executable, "-I", linearising.__file__, str(source), str(unfinished)],
            check=True,
            capture_output=True,
        )
    return sha256_of(target)
