"""The papers are what they promise: exact in length, tagged, embedded, repeatable, and our own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document

from examples.layouts import LAYOUTS
from examples.papers import (
    HERE,
    PAPERS,
    benchmark_papers,
    make_example,
    make_pdf_paper,
    make_word_paper,
    meeting,
)

REAL = HERE.parent.parent / "shared" / "real"
EXACT = [name for name in PAPERS if name.endswith(".pdf")]


def page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def words_of(path: Path) -> str:
    if path.suffix == ".docx":
        document = Document(path)
        cells = (cell.text for t in document.tables for row in t.rows for cell in row.cells)
        return "\n".join([*(line.text for line in document.paragraphs), *cells])
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(
            pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))
        )
    finally:
        pdf.close()


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def test_papers_made_twice_are_the_same_bytes(example: Path, tmp_path: Path) -> None:
    make_example(tmp_path)
    for path in sorted(example.rglob("*.*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(example)).read_bytes(), (
                path.name
            )


@pytest.mark.parametrize("name", EXACT)
def test_a_pdf_paper_has_exactly_its_pages_and_none_is_empty(name: str, example: Path) -> None:
    pdf = pypdfium2.PdfDocument(example / "papers" / name)
    lengths = [page.get_textpage().count_chars() for page in pdf]
    pdf.close()
    assert len(lengths) == PAPERS[name]["pages"]
    pictorial = PAPERS[name].get("style") in ("map", "slides")
    assert min(lengths) > (40 if pictorial else 500)


@pytest.mark.parametrize("style", LAYOUTS)
@pytest.mark.parametrize("pages", [1, 2, 5, 13])
def test_any_length_in_any_style_is_exact(style: str, pages: int, tmp_path: Path) -> None:
    for seed in (1, 2, 3):
        path = tmp_path / f"{seed}.pdf"
        make_pdf_paper(path, title="A paper", pages=pages, seed=seed, style=style)
        assert page_count(path) == pages


@pytest.mark.parametrize("name", EXACT)
def test_a_pdf_paper_is_tagged_titled_and_carries_its_fonts(name: str, example: Path) -> None:
    with pikepdf.open(example / "papers" / name) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.Lang == "en-GB"
        assert pdf.docinfo["/Title"]
        embedded = [any(f"/FontFile{n}" in font for n in ("", "2", "3")) for font in fonts(pdf)]
        assert embedded
        assert all(embedded)


def test_every_figure_has_alternative_text(example: Path) -> None:
    seen = 0
    for name in EXACT:
        with pikepdf.open(example / "papers" / name) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                    seen += 1
                    assert str(item.get("/Alt", "")), name
    assert seen > 20


def test_pictures_in_word_papers_have_alternative_text(example: Path) -> None:
    seen = 0
    for path in (example / "papers").glob("*.docx"):
        for shape in Document(path).inline_shapes:
            seen += 1
            assert len(shape._inline.docPr.get("descr")) > 20
    assert seen > 3


def test_an_untagged_paper_has_no_structure(tmp_path: Path) -> None:
    make_pdf_paper(tmp_path / "plain.pdf", title="Plain", pages=2, seed=1, tagged=False)
    with pikepdf.open(tmp_path / "plain.pdf") as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_landscape_and_a3_are_among_the_papers(example: Path) -> None:
    shapes = set()
    for name in EXACT:
        with pikepdf.open(example / "papers" / name) as pdf:
            box = pdf.pages[0].mediabox
            shapes.add((round(box[2]), round(box[3])))
    assert shapes == {(595, 842), (842, 595), (1191, 842)}


def test_seeds_give_different_words(tmp_path: Path) -> None:
    for seed in (3, 15):  # the same topic
        make_pdf_paper(tmp_path / f"{seed}.pdf", title="A paper", pages=3, seed=seed)
    first, second = (set(words_of(tmp_path / f"{seed}.pdf").split("\n")) for seed in (3, 15))
    assert len(first & second) < len(first) / 5


def test_the_exempt_matter_is_in_no_open_paper(example: Path) -> None:
    exempt = meeting("council.json")["exempt_items"][0]
    closed = {Path(exempt["paper"]).name, Path(exempt["appendices"][0]["paper"]).name}
    for path in (example / "papers").iterdir():
        assert ("bidder A offers" in words_of(path).replace("Bidder", "bidder")) == (
            path.name in closed
        ), path.name


def test_a_benchmark_set_adds_up(tmp_path: Path) -> None:
    made = benchmark_papers(tmp_path, pages=75, word_every=0)
    assert sum(page_count(path) for path in made) == 75
    mixed = benchmark_papers(tmp_path / "mixed", pages=40)
    assert {path.suffix for path in mixed} == {".pdf", ".docx"}
    assert len({path.name for path in mixed}) == len(mixed)


@pytest.mark.libreoffice
def test_a_word_paper_converts_to_about_its_pages(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    wanted = {"short": 3, "usual": 10, "long": 16}
    for seed, (name, pages) in enumerate(wanted.items()):
        make_word_paper(tmp_path / f"{name}.docx", title="A paper", pages=pages, seed=seed)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    sources = [str(tmp_path / f"{name}.docx") for name in wanted]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=120)
    for name, pages in wanted.items():
        assert abs(page_count(tmp_path / f"{name}.pdf") - pages) <= max(1, pages // 5)


def sentences(text: str) -> set[str]:
    """Return the sentences of eight words and more, without numbers, spacing or case."""
    cut = re.split(r"(?<=[.;:])\s+", re.sub(r"\s+", " ", text))
    found = {" ".join(re.sub(r"[\W\d_]+", " ", part).lower().split()) for part in cut}
    return {part for part in found if len(part.split()) >= 8}


def test_no_sentence_is_a_real_councils(example: Path) -> None:
    texts = sorted(REAL.rglob("*.txt"))
    if not texts:
        pytest.skip("the real papers are not on this machine")
    real: set[str] = set()
    for path in texts:
        real |= sentences(path.read_text(encoding="utf-8"))
    ours = {path.name: sentences(words_of(path)) for path in (example / "papers").iterdir()}
    for data in sorted([*HERE.glob("*.json"), *HERE.glob("*.py")]):
        ours[data.name] = sentences(data.read_text(encoding="utf-8").replace('"', ". "))
    copied = {name: found & real for name, found in ours.items() if found & real}
    assert copied == {}
