"""Papers for officers to send: of the example council's kind, and one that must be refused."""

import shutil
from pathlib import Path

from examples.papers import make_pdf_paper, make_word_paper

CONVERTER = shutil.which("soffice") and shutil.which("bwrap")
# A marker word that the exempt paper alone holds.
SECRET = "Quillfeather"


def pdf(folder: Path, name: str, *, pages: int, seed: int, title: str | None = None) -> Path:
    """A tagged PDF of exactly so many pages."""
    path = folder / name
    make_pdf_paper(path, title=title or f"Report {seed}", pages=pages, seed=seed)
    return path


def word(folder: Path, name: str, *, pages: int, seed: int) -> Path:
    """A Word paper of about so many pages."""
    path = folder / name
    make_word_paper(path, title=f"Report {seed}", pages=pages, seed=seed)
    return path


def not_word(folder: Path, name: str) -> Path:
    """A web page that calls itself a Word paper, as some programs save them."""
    path = folder / name
    path.write_text("<html><body><h1>Accounts</h1><p>Saved from a browser.</p></body></html>")
    return path
