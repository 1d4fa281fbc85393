"""PDFs that are refused, made harmless, or kept as they are."""

import hashlib
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from committee.documents.notices import PAGE_WORDS, WORDS
from committee.documents.refusals import Refused
from tests.documents.hostile_pdf import ALL_MADE_SAFE, HARMLESS, MENDED, REFUSED, layered
from tests.documents.making_pdf import annotate, made, new, page, raw, saved

ACTIVE_KEYS = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
    "/AcroForm", "/Names", "/RichMediaContent", "/Metadata", "/PieceInfo", "/OCProperties",
}  # fmt: skip
ACTIVE_TYPES = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/Sound", "/Movie", "/Hide",
}  # fmt: skip


def everything(pdf):
    """Every dictionary of the file, also those inside others and those that nothing points to."""
    waiting = [*pdf.objects, pdf.trailer]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += [child for child in node if isinstance(child, pikepdf.Object)]
        elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
            yield node
            waiting += [
                value
                for value in (node[key] for key in list(node.keys()))
                if isinstance(value, pikepdf.Object) and not value.is_indirect
            ]


def assert_harmless(path):
    with pikepdf.open(path) as pdf:
        assert not pdf.is_encrypted
        assert pdf.check_pdf_syntax() == []
        assert set(pdf.Root.keys()) <= {
            "/Type", "/Pages", "/Lang", "/ViewerPreferences", "/Outlines", "/StructTreeRoot",
            "/MarkInfo", "/QuorateRegister",
        }  # fmt: skip
        for node in everything(pdf):
            assert not ACTIVE_KEYS & set(node.keys())
            assert str(node.get("/S", "")) not in ACTIVE_TYPES
            address = str(node.get("/URI", "https:"))
            assert re.match(r"(https?|mailto|tel):|/URI", address)
            if isinstance(node, pikepdf.Stream):
                assert b"canary" not in node.read_bytes()


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_pdf_is_refused(upload, content, code):
    with pytest.raises(Refused) as refused:
        upload(content, "paper.pdf")
    assert refused.value.code == code


@pytest.mark.parametrize(("content", "notice"), HARMLESS.values(), ids=HARMLESS.keys())
def test_what_acts_is_taken_out_and_said(upload, content, notice):
    assert WORDS[notice] in upload(content, "paper.pdf").notices


@pytest.mark.parametrize("content", ALL_MADE_SAFE.values(), ids=ALL_MADE_SAFE.keys())
def test_nothing_that_acts_is_left_in_the_file(upload, content):
    prepared = upload(content, "paper.pdf")
    assert prepared.pages == 1
    assert_harmless(prepared.path)


@pytest.mark.parametrize(("content", "notice"), MENDED.values(), ids=MENDED.keys())
def test_a_faulty_page_is_mended_and_said(upload, content, notice):
    assert PAGE_WORDS[notice].format(pages="page 1") in upload(content, "paper.pdf").notices


def test_comments_are_counted_with_their_pages(upload):
    def change(pdf):
        for number in (0, 2, 2):
            annotate(pdf, "Text", number)

    with pytest.raises(Refused) as refused:
        upload(made(change, pages=3), "paper.pdf")
    assert refused.value.reason == "There are 3 comments left in the PDF, on pages 1 and 3."


def test_a_hidden_layer_is_named(upload):
    with pytest.raises(Refused, match="Private notes"):
        upload(layered(OFF="it"), "paper.pdf")


def test_the_same_upload_gives_the_same_bytes(upload):
    content = saved(new(3))
    first, second = upload(content, "a.pdf"), upload(content, "b.pdf")
    assert first.path == second.path
    assert first.path.stem == hashlib.sha256(first.path.read_bytes()).hexdigest()


def test_the_title_stays_and_its_author_does_not(upload):
    def change(pdf):
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["A. N. Officer"]
        pdf.docinfo["/Title"] = "Transport policy"
        pdf.docinfo["/Author"] = "A. N. Officer"

    prepared = upload(made(change), "paper.pdf")
    assert prepared.title == "Transport policy"
    with pikepdf.open(prepared.path) as pdf:
        assert dict(pdf.docinfo.items()) == {"/Title": "Transport policy"}
    assert b"Officer" not in prepared.path.read_bytes()


def test_a_title_made_by_a_program_is_cut_to_the_name(upload):
    content = made(lambda pdf: pdf.docinfo.__setitem__("/Title", "Microsoft Word - Budget.doc"))
    assert upload(content, "paper.pdf").title == "Budget.doc"


def test_links_inside_and_to_the_web_are_kept(upload):
    def change(pdf):
        annotate(pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://www.gov.uk/")))
        annotate(pdf, "Link", Dest=String("chapter"))
        annotate(pdf, "Link", A=Dictionary(S=Name.GoTo, D=Name.old))
        annotate(pdf, "Link", Dest=String("nowhere"))
        third = Array([pdf.pages[2].obj, Name.XYZ, 0, 700, None])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=[String("chapter"), third]))
        pdf.Root.Dests = Dictionary(old=Dictionary(D=[pdf.pages[1].obj, Name.Fit]))

    prepared = upload(made(change, pages=3), "paper.pdf")
    with pikepdf.open(prepared.path) as pdf:
        web, chapter, old = pdf.pages[0].obj["/Annots"]
        assert str(web["/A"]["/URI"]) == "https://www.gov.uk/"
        to_chapter, to_old = chapter["/A"]["/D"], old["/A"]["/D"]
        assert to_chapter[0].objgen == pdf.pages[2].obj.objgen
        assert float(to_chapter[3]) == 700
        assert to_old[0].objgen == pdf.pages[1].obj.objgen
    assert prepared.notices == ()


def test_bookmarks_are_kept_with_their_levels(upload):
    def change(pdf):
        with pdf.open_outline() as outline:
            chapter = OutlineItem("Chapter", 1)
            chapter.children.append(OutlineItem("Section", 2))
            outline.root.append(chapter)

    prepared = upload(made(change, pages=3), "paper.pdf")
    with pikepdf.open(prepared.path) as pdf, pdf.open_outline() as outline:
        (chapter,) = outline.root
        assert chapter.title == "Chapter"
        assert chapter.children[0].title == "Section"
        assert chapter.children[0].destination[0].objgen == pdf.pages[2].obj.objgen


def test_a_deep_outline_is_cut_off(upload):
    with pikepdf.open(upload(ALL_MADE_SAFE["outline two thousand deep"], "p.pdf").path) as pdf:
        entry, depth = pdf.Root.Outlines, 0
        while "/First" in entry:
            entry, depth = entry["/First"], depth + 1
    assert 1 < depth < 20


def test_tags_and_language_are_kept(upload):
    def change(pdf):
        page = pdf.pages[0].obj
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=0))
        tree = Dictionary(Type=Name.StructTreeRoot, K=element)
        tree.ParentTree = Dictionary(Nums=[0, Array([element])])
        pdf.Root.StructTreeRoot = pdf.make_indirect(tree)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String("en-GB")
        pdf.pages[0].obj["/StructParents"] = 0

    prepared = upload(made(change), "paper.pdf")
    assert prepared.tagged
    with pikepdf.open(prepared.path) as pdf:
        tree, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
        (paragraph,) = tree.K.K
        assert paragraph.S == Name.P
        assert paragraph.Pg.objgen == page.objgen
        assert str(pdf.Root.Lang) == "en-GB"
        key, parents = tree.ParentTree.Nums
        assert key == page["/StructParents"]
        assert parents[0].objgen == paragraph.objgen


def test_inherited_page_attributes_are_pushed_down(upload):
    tree = (
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 842 595]/Rotate 450/CropBox[-9 9 500 999]>>"
    )
    inner = "<</Type/Pages/Parent 2 0 R/Count 1/Kids[4 0 R]/Resources<</Font<<>>>>>>"
    content = raw("<</Type/Catalog/Pages 2 0 R>>", tree, inner, "<</Type/Page/Parent 3 0 R>>")
    with pikepdf.open(upload(content, "paper.pdf").path) as pdf:
        only = pdf.pages[0].obj
        assert [float(edge) for edge in only["/MediaBox"]] == [0, 0, 842, 595]
        assert [float(edge) for edge in only["/CropBox"]] == [0, 9, 500, 595]
        assert only["/Rotate"] == 90
        assert "/Font" in only["/Resources"]
        assert only["/Parent"].objgen == pdf.Root.Pages.objgen
        assert set(pdf.Root.Pages.keys()) == {"/Type", "/Kids", "/Count"}


def test_form_fields_keep_their_look(upload):
    with pikepdf.open(upload(ALL_MADE_SAFE["form"], "paper.pdf").path) as pdf:
        assert "/Annots" not in pdf.pages[0].obj
        drawn = [str(found.operator) for found in pikepdf.parse_content_stream(pdf.pages[0])]
        assert drawn.count("Do") == 1


def test_the_words_of_a_protected_pdf_come_through(upload):
    prepared = upload(ALL_MADE_SAFE["protection that allows use"], "paper.pdf")
    with pikepdf.open(prepared.path) as pdf:
        drawn = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0]))
        assert b"(Words of the paper) Tj" in drawn


def test_what_nothing_points_to_is_gone(upload):
    stray = "<</Type/Page/Contents 5 0 R>>"
    secret = "<</Length 6>>stream\ncanary\nendstream"
    content = raw(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page(),
        stray,
        secret,
    )
    assert b"canary" not in upload(content, "paper.pdf").path.read_bytes()


def test_a_file_whose_index_is_wrong_is_mended_with_a_notice(upload):
    content = saved(new(2))
    place = re.search(rb"startxref\n(\d+)", content)
    wrong = content.replace(place[0], b"startxref\n1")
    prepared = upload(wrong, "paper.pdf")
    assert prepared.pages == 2
    assert WORDS["mended"] in prepared.notices
