"""The real papers of a real meeting are all taken, none of them with a complaint."""

import json
from pathlib import Path

import pytest

from committee.documents.preparation import prepare

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
MEETING = REAL / "kent-2018-05-08"
WORD = [*sorted(MEETING.glob("word/*.docx")), *sorted(REAL.glob("*/*.docx"))]
PDF = sorted(MEETING.glob("papers/*.pdf"))
there = pytest.mark.skipif(not PDF, reason="the real papers are not beside this checkout")


@there
def test_every_real_pdf_keeps_its_pages(tmp_path):
    prepared = [prepare(paper, name=paper.name, folder=tmp_path) for paper in PDF]
    assert [paper.notices for paper in prepared] == [()] * len(PDF)
    assert sum(paper.pages for paper in prepared) == 206
    assert json.loads((MEETING / "meeting.json").read_text(encoding="utf-8"))


@there
@pytest.mark.libreoffice
@pytest.mark.parametrize("paper", WORD, ids=lambda paper: paper.stem)
def test_every_real_word_paper_is_taken(tmp_path, converter_cache, paper):
    prepared = prepare(paper, name=paper.name, folder=tmp_path, cache=converter_cache)
    assert prepared.notices == ()
    assert prepared.tagged
    assert prepared.pages > 1
