"""Reads a downloaded pack as its readers' programs do."""

import subprocess
from pathlib import Path

import pikepdf


def words(pack: Path, page: int | None = None) -> str:
    """The text of one page, counted from 1, or of the whole pack."""
    only = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run(
        ["pdftotext", *only, str(pack), "-"], check=True, capture_output=True, text=True
    )
    return " ".join(done.stdout.split())


def outline(pack: Path) -> list[tuple[str, int]]:
    """The entries of the outline, each with the page to which it leads, counted from 1."""
    with pikepdf.open(pack) as pdf:
        place = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        found: list[tuple[str, int]] = []

        def collect(entries: list[pikepdf.OutlineItem]) -> None:
            for entry in entries:
                target = entry.destination
                if target is None and entry.action is not None:
                    target = entry.action.D
                if isinstance(target, pikepdf.Array):
                    found.append((str(entry.title), place[target[0].objgen]))
                collect(entry.children)

        with pdf.open_outline() as opened:
            collect(opened.root)
    return found


def every_byte(pack: Path) -> bytes:
    """Everything in the file, unpacked: streams of objects that no page uses too."""
    with pikepdf.open(pack) as pdf:
        parts = [str(each).encode() for each in pdf.objects]
        parts += [_unpacked(each) for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join(parts)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture, which is kept as the camera packed it
        return stream.read_raw_bytes()
