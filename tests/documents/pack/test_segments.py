"""Segments: papers that are PDFs like any other and can be copied into a pack as they are."""

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from committee.documents.pack.build import build_pack
from committee.documents.pack.papers import UnusablePaperError
from committee.documents.pack.segment import Segment, is_segment
from committee.documents.pack.segment_making import segment_of


def test_a_segment_is_a_sound_pdf_with_the_same_words(tagged_paper, as_segment):
    paper = tagged_paper("Heron", 3)
    made = as_segment(paper)
    with Pdf.open(made) as pdf:
        assert len(pdf.pages) == 3
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert "/Outlines" in pdf.Root
    for path in (paper, made):
        with pypdfium2.PdfDocument(path) as document:
            assert "Heron summary" in document[0].get_textpage().get_text_bounded()


def test_making_a_segment_gives_the_same_bytes_each_time(tagged_paper):
    paper = tagged_paper("Heron")
    assert segment_of(paper) == segment_of(paper.read_bytes())


def test_what_is_a_segment_and_what_is_not(tagged_paper, as_segment, tmp_path):
    paper = tagged_paper("Heron")
    assert is_segment(as_segment(paper))
    assert not is_segment(paper)
    assert not is_segment(tmp_path / "absent.pdf")
    facts = Segment(as_segment(paper)).facts
    assert (facts.tagged, facts.accessible, len(facts.pages)) == (True, True, 2)


def test_strings_that_look_like_references_stay_as_they_are(
    untagged_paper, tmp_path, plan_of, item_of
):
    """Only true references may be moved, whatever stands in strings, names and streams."""
    odd = ["1 0 R", "100% (5 0 R) \\ 7 0 R", "%07d %s %%", "/StructParent 3", "line\nend 2 0 R"]
    paper = untagged_paper("odd", 2)
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        notes = [
            Dictionary(
                Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(words)
            )
            for words in odd
        ]
        notes.append(Dictionary(Subtype=Name.Text, Rect=[0, 0, 9, 9], Name=Name("/A%B 1 0 R")))
        notes.append(Dictionary(Subtype=Name.Text, Rect=[0, 0, 9.5, 9], Contents=String(b"\xff(")))
        page["/Annots"] = Array([pdf.make_indirect(note) for note in notes])
        page.Resources["/XObject"] = Dictionary(
            X=pdf.make_stream(
                b"endobj\n1 0 obj\nendstream\nendobj\n%%EOF", Subtype=Name.Form, BBox=[0, 0, 1, 1]
            )
        )
        pdf.save(paper)
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        assert pdf.check_pdf_syntax() == []
        page = pdf.pages[pack.items[0].first_page - 1].obj
        assert [str(note.Contents) for note in list(page.Annots)[: len(odd)]] == odd
        assert str(page.Annots[len(odd)].Name) == "/A%B 1 0 R"
        assert bytes(page.Annots[len(odd) + 1].Contents) == b"\xff("
        assert b"endobj" in page.Resources.XObject.X.read_bytes()


def test_what_a_page_need_not_bring_stays_behind(untagged_paper, tmp_path, plan_of, item_of):
    paper = untagged_paper(
        "plain", PieceInfo=Dictionary(Secret=String("Wolfsbane")), AA=Dictionary()
    )
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        page = pdf.pages[pack.items[0].first_page - 1].obj
        assert not {"/PieceInfo", "/AA"} & set(page.keys())
        assert "Wolfsbane" not in str(list(pdf.objects))


def test_attributes_from_above_come_along(tmp_path, plan_of, item_of, untagged_paper):
    paper = untagged_paper("inherits")
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        pdf.Root.Pages["/Resources"] = page.Resources
        pdf.Root.Pages["/MediaBox"] = Array([0, 0, 842, 1191])
        pdf.Root.Pages["/Rotate"] = 90
        del page["/Resources"], page["/MediaBox"]
        pdf.save(paper)
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    with pypdfium2.PdfDocument(pack.path) as document:
        page = document[pack.items[0].first_page - 1]
        assert (round(page.get_width()), round(page.get_height())) == (1191, 842)
        assert "inherits" in page.get_textpage().get_text_bounded()


def test_a_file_behind_a_password_is_refused_in_words(untagged_paper, tmp_path):
    locked = tmp_path / "locked.pdf"
    with Pdf.open(untagged_paper("locked")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnusablePaperError) as refused:
        segment_of(locked)
    assert "password" in refused.value.problem
