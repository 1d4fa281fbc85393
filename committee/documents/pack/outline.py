"""The pack's bookmarks: front matter, items, appendices, and the papers' own beneath them."""

from dataclasses import dataclass, field

from committee.documents.pack.pack_file import PackFile, pdf_string


@dataclass
class Entry:
    """One bookmark of the pack: where it leads, as a destination in PDF syntax (None for a heading
    alone), and what is under it."""

    title: str
    target: str | None
    under: list["Entry"] = field(default_factory=list)


def carried_over(bookmarks: list[tuple[str, int, int, str]], base: int) -> list[Entry]:
    """A paper's own bookmarks as entries, each beneath the last one of a lesser depth.

    They are given as title, depth, page's object number and view; `base` is added to the number.
    """
    outermost: list[Entry] = []
    trail: list[tuple[int, Entry]] = []
    for title, depth, page, view in bookmarks:
        entry = Entry(title, f"[{base + page} 0 R {view}]")
        while trail and trail[-1][0] >= depth:
            trail.pop()
        (trail[-1][1].under if trail else outermost).append(entry)
        trail.append((depth, entry))
    return outermost


def write_outline(file: PackFile, entries: list[Entry]) -> int:
    """Write the bookmarks and give the number of the object that holds them all."""
    root = file.reserve()
    first, last = _write_under(file, root, entries)
    file.write(
        root, f"<< /Type /Outlines /Count {len(entries)} /First {first} 0 R /Last {last} 0 R >>"
    )
    return root


def _write_under(file: PackFile, parent: int, entries: list[Entry]) -> tuple[int, int]:
    """Write `entries` beneath `parent`, closed; gives the numbers of the first and the last."""
    first = file.reserve(len(entries))
    last = first + len(entries) - 1
    for number, entry in enumerate(entries, start=first):
        told = [f"/Title {pdf_string(entry.title)} /Parent {parent} 0 R"]
        if entry.target is not None:
            told.append(f"/Dest {entry.target}")
        if number > first:
            told.append(f"/Prev {number - 1} 0 R")
        if number < last:
            told.append(f"/Next {number + 1} 0 R")
        if entry.under:
            inner = _write_under(file, number, entry.under)
            told.append(f"/First {inner[0]} 0 R /Last {inner[1]} 0 R /Count -{len(entry.under)}")
        file.write(number, f"<< {' '.join(told)} >>")
    return first, last
