"""From an uploaded paper to a prepared PDF: our own rewrite, safe to open, join and publish."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from committee.documents.file_kind import identify
from committee.documents.pack.whole_file import sha256_of
from committee.documents.reading import read
from committee.documents.refusals import ConverterMissing, PreparationFailed, Refused, refusal
from committee.documents.word_conversion import convert, converter_problem

__all__ = [
    "ConverterMissing",
    "PreparationFailed",
    "Prepared",
    "Refused",
    "converter_problem",
    "prepare",
]

# What the readers call their products.
_CHECKED_WORD = "checked.docx"
_PREPARED_PDF = "prepared.pdf"


@dataclass(frozen=True)
class Prepared:
    """A paper that can go into a pack. `notices` say what was left out of it, in plain English."""

    path: Path
    pages: int
    tagged: bool
    notices: tuple[str, ...]
    title: str | None


def prepare(source: Path, *, name: str, folder: Path, cache: Path | None = None) -> Prepared:
    """Check the uploaded file, convert it where it is a Word document, and rewrite it as a PDF.

    `name` is the name it was uploaded under. The new file lies in `folder`, named by its own
    SHA-256: the same bytes in give the same bytes out. `cache` keeps what makes the next
    conversion fast and may be shared by any number of processes. Raises Refused,
    PreparationFailed (it may be tried again) and ConverterMissing.
    """
    source, folder = source.resolve(), folder.resolve()
    kind = identify(source, name)
    with tempfile.TemporaryDirectory(dir=folder, prefix="preparing-") as working:
        notices: list[str] = []
        pdf = source
        if kind == "word":
            pdf = _from_word(source, Path(working), notices, cache)
        result = read("pdf", pdf, _new_folder(working, "pdf"))
        # LibreOffice's own remarks on a file that it wrote itself say nothing about the paper.
        notices += result["notices"] if kind == "pdf" else []
        path = _keep(Path(working) / "pdf" / _PREPARED_PDF, folder)
    return Prepared(path, result["pages"], result["tagged"], tuple(notices), result["title"])


def _from_word(source: Path, working: Path, notices: list[str], cache: Path | None) -> Path:
    checked = _new_folder(working, "checked")
    notices += read("word", source, checked)["notices"]
    return convert(checked / _CHECKED_WORD, folder=_new_folder(working, "converted"), cache=cache)


def _new_folder(working: Path | str, name: str) -> Path:
    folder = Path(working) / name
    folder.mkdir()
    return folder


def _keep(product: Path, folder: Path) -> Path:
    """Move the product to its lasting name, by one rename."""
    if product.is_symlink() or not product.is_file():
        raise refusal("damaged")
    return product.replace(folder / f"{sha256_of(product)}.pdf")
