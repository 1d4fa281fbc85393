"""Tags of joined papers."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from committee.documents.pack.build import build_pack
from committee.documents.pack.segment import Segment
from tests.documents.pack.pdf_reading import check_tags, marked_contents


def roles_of(elements) -> list[str]:
    return [str(one.S) for one in elements]


def test_every_paper_is_one_part_under_one_document(
    tmp_path, tagged_paper, untagged_paper, plan_of, item_of
):
    plan = plan_of(item_of("1", tagged_paper("Heron")), item_of("2", untagged_paper("Otter", 2)))
    pack = build_pack(plan, tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        check_tags(pdf)
        document = pdf.Root.StructTreeRoot.K
        parts = [(str(one.S), str(one.get("/T", ""))) for one in document.K]
        assert Name.Document == document.S
        assert pdf.Root.MarkInfo.Marked is True
    assert parts == [
        ("/Part", "Agenda"),
        ("/P", ""),
        ("/Part", "Paper 1.0"),
        ("/Part", "Paper 2.0"),
    ]


def test_pages_without_tags_can_still_be_read_aloud(tmp_path, untagged_paper, plan_of, item_of):
    pack = build_pack(plan_of(item_of("1", untagged_paper("Otter", 2))), tmp_path / "pack.pdf")
    first = pack.items[0].first_page
    with Pdf.open(pack.path) as pdf:
        for page in pdf.pages[first - 1 : first + 1]:
            assert marked_contents(page) == [0]
        part = pdf.Root.StructTreeRoot.K.K[-1]
        assert roles_of(part.K) == ["/P", "/P"]


def test_papers_that_name_things_alike_keep_their_own_meaning(
    tmp_path, tagged_paper, plan_of, item_of
):
    """Same role name for other roles, same class for other attributes, same identifiers."""
    papers = []
    for word, meaning, width in (("Heron", "H1", 10), ("Pike", "P", 20)):
        paper = tagged_paper(word)
        with Pdf.open(paper, allow_overwriting_input=True) as pdf:
            root = pdf.Root.StructTreeRoot
            heading = next(
                one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == "/H1"
            )
            heading["/S"] = Name("/Ours")
            heading["/C"] = Name("/Wide")
            root["/RoleMap"] = Dictionary(
                {"/Ours": Name("/Theirs"), "/Theirs": Name(f"/{meaning}")}
            )
            root["/ClassMap"] = Dictionary(Wide=Dictionary(O=Name.Layout, Width=width))
            pdf.save(paper)
        papers.append(paper)
    pack = build_pack(plan_of(item_of("1", *papers)), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        elements = check_tags(pdf)
        assert "/Ours" not in roles_of(elements)
        widths = {}
        for one in elements:
            for attribute in one.get("/A", Array()) if isinstance(one.get("/A"), Array) else []:
                if "/Width" in attribute:
                    widths[str(one.S)] = int(attribute.Width)
        assert widths == {"/H1": 10, "/P": 20}
        named = pdf.Root.StructTreeRoot.IDTree.Names
        found = [bytes(named[at]) for at in range(0, len(named), 2)]
        assert found == sorted(found)
        assert {named[at + 1].objgen for at in range(0, len(named), 2)} <= {
            one.objgen for one in elements
        }
        headers = [
            bytes(name)
            for one in elements
            for attribute in _many(one.get("/A"))
            for name in attribute.get("/Headers", Array())
        ]
        assert headers
        assert set(headers) <= set(found)


def _many(value) -> list:
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def test_a_paper_in_another_language_says_so(tmp_path, tagged_paper, plan_of, item_of):
    paper = tagged_paper("Crëyr")
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        pdf.Root.Lang = String("cy")
        pdf.save(paper)
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.Root.StructTreeRoot.K.K[-1].Lang) == "cy"


def declares_pdf_ua(pdf: Pdf) -> bool:
    return b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()


def test_the_pack_claims_to_be_accessible_only_when_every_paper_does(
    tmp_path, tagged_paper, untagged_paper, upload, plan_of, item_of
):
    """The papers are prepared as uploads are: that takes their metadata, but not their word."""
    good = item_of("1", upload(tagged_paper("Heron").read_bytes(), "heron.pdf").path)
    poor = item_of("2", upload(untagged_paper("Otter").read_bytes(), "otter.pdf").path)
    for items, claims in (((), True), ((good,), True), ((good, poor), False)):
        pack = build_pack(plan_of(*items), tmp_path / "pack.pdf")
        with Pdf.open(pack.path) as pdf:
            assert declares_pdf_ua(pdf) is claims
            assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
            assert "Parks and Libraries" in str(pdf.docinfo.Title)


def _attach(pdf: Pdf) -> None:
    pdf.attachments["sums.txt"] = b"12"


def _add_watermark(pdf: Pdf) -> None:
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    mark = Dictionary(
        Type=Name.Annot, Subtype=Name.Watermark, Rect=[9, 9, 18, 18], AP=Dictionary(N=look)
    )
    page = pdf.pages[-1].obj
    page["/Annots"] = Array([*page.get("/Annots", Array()), pdf.make_indirect(mark)])


def _break_link(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 18, 18])
    page = pdf.pages[-1].obj
    page["/Annots"] = Array([*page.get("/Annots", Array()), pdf.make_indirect(link)])


def _forget_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


def _lose_tags(pdf: Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


@pytest.mark.parametrize(
    "change", [None, _attach, _add_watermark, _break_link, _forget_language, _lose_tags]
)
def test_a_paper_that_was_changed_no_longer_vouches_for_itself(tagged_paper, upload, change):
    paper = tagged_paper("Heron")
    if change is not None:
        with Pdf.open(paper, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(paper)
    prepared = upload(paper.read_bytes(), "heron.pdf")
    assert Segment(prepared.path).facts.accessible is (change is None)
    with Pdf.open(prepared.path) as pdf:
        assert "/Metadata" not in pdf.Root


def test_tags_of_pictures_and_forms_follow_their_paper(tmp_path, tagged_paper, plan_of, item_of):
    papers = []
    for word in ("Heron", "Pike"):
        paper = tagged_paper(word)
        with Pdf.open(paper, allow_overwriting_input=True) as pdf:
            root, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
            drawing = pdf.make_stream(
                b"/P <</MCID 0>> BDC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]
            )
            drawing["/StructParents"] = 500
            page.Resources["/XObject"] = Dictionary(D=drawing)
            part = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Figure, P=root.K[0], Alt=String(word))
            )
            part["/K"] = Dictionary(Type=Name.MCR, Pg=page, Stm=drawing, MCID=0)
            root.K[0].K.append(part)
            pikepdf.NumberTree(root.ParentTree)[500] = Array([part])
            pdf.save(paper)
        papers.append(paper)
    pack = build_pack(plan_of(item_of("1", *papers)), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        drawings = [page.obj.Resources.get("/XObject") for page in pdf.pages]
        found = [
            str(parents[int(one.D.StructParents)][0].Alt) for one in drawings if one is not None
        ]
    assert found == ["Heron", "Pike"]
