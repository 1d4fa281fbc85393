"""Word papers become PDFs, and LibreOffice reaches nothing while it makes them."""

import http.server
import threading
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pypdfium2
import pytest

from committee.documents import sandbox, word_conversion
from committee.documents.preparation import prepare
from committee.documents.refusals import ConverterMissing, Refused
from tests.documents.making_word import (
    field,
    paragraph,
    parts,
    relationships,
    run,
    save,
    word,
    zipped,
)
from tests.documents.test_pdf_normalising import assert_harmless

pytestmark = pytest.mark.libreoffice


def words_of(path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def heading(text: str) -> str:
    return paragraph(f'<w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run(text)}')


def test_a_paper_is_converted_with_its_tags(upload):
    prepared = upload(word(heading("Introduction") + paragraph(run("A new bus route."))), "a.docx")
    assert prepared.pages == 1
    assert prepared.tagged
    assert prepared.notices == ()
    assert "A new bus route." in words_of(prepared.path)
    assert_harmless(prepared.path)


def test_the_same_paper_gives_the_same_bytes(upload):
    content = word(heading("Introduction") + paragraph(run("A new bus route.")))
    assert upload(content, "a.docx").path == upload(content, "b.docx").path


def test_headings_become_bookmarks(upload):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    from tests.documents.making_word import content_types, word_part

    more = (
        '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.styles+xml"/>'
    )
    titled = paragraph(f'<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Recommendations")}')
    files = {
        **parts(titled),
        "[Content_Types].xml": content_types(more=more),
        "word/styles.xml": word_part("styles", styles),
        "word/_rels/document.xml.rels": relationships(("styles", "styles.xml", "")),
    }
    with pikepdf.open(upload(zipped(files), "a.docx").path) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Recommendations"]


def test_a_document_that_libreoffice_cannot_read_is_refused(tmp_path, converter_cache):
    source = save(tmp_path, zipped({"word/document.xml": "<x/>"}), "checked.docx")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(Refused) as refused:
        word_conversion.convert(source, folder=folder, cache=converter_cache)
    assert refused.value.code == "conversion_failed"


@pytest.fixture
def listener():
    """A web server on this machine that writes down every request."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    thread.join()
    server.server_close()


def linked(target: str) -> bytes:
    """A picture linked to another place, in each way that Word knows, past our own checks."""
    drawing = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><a:graphic xmlns:a="http://'
        'schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.'
        'openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.'
        'openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId1"/>'
        "</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )
    vml = f'<w:r><w:pict><v:shape><v:imagedata src="{target}/v.png"/></v:shape></w:pict></w:r>'
    fields = field(f'INCLUDEPICTURE "{target}/f.png"') + field(f'INCLUDETEXT "{target}/t.docx"')
    files = parts(paragraph(drawing + vml + fields) + '<w:altChunk r:id="rId3"/>')
    files["word/_rels/document.xml.rels"] = relationships(
        ("image", f"{target}/d.png", "External"),
        ("attachedTemplate", f"{target}/a.dotm", "External"),
        ("aFChunk", f"{target}/c.html", "External"),
    )
    return zipped(files)


def test_the_conversion_fetches_nothing(tmp_path, converter_cache, listener):
    address, requests = listener
    folder = tmp_path / "folder"
    folder.mkdir()
    source = save(tmp_path, linked(address), "linked.docx")
    word_conversion.convert(source, folder=folder, cache=converter_cache)
    assert requests == []


def test_the_conversion_reads_no_file_beside_its_own(tmp_path, converter_cache):
    canary = tmp_path / "t.docx"
    canary.write_bytes(word(paragraph(run("canary of the neighbour"))))
    (tmp_path / "c.html").write_text("<p>canary of the neighbour</p>")
    folder = tmp_path / "folder"
    folder.mkdir()
    source = save(tmp_path, linked(tmp_path.as_uri()), "linked.docx")
    converted = word_conversion.convert(source, folder=folder, cache=converter_cache)
    assert "canary" not in words_of(converted)


def test_a_conversion_that_takes_too_long_is_stopped_whole(tmp_path, converter_cache, monkeypatch):
    monkeypatch.setattr(word_conversion, "_LIMITS", sandbox.Limits(2**32, 1, 60))
    body = "".join(paragraph(run(f"Paragraph {n} of a long paper. " * 20)) for n in range(4_000))
    source = save(tmp_path, word(body), "long.docx")
    with pytest.raises(Refused) as refused:
        prepare(source, name="long.docx", folder=tmp_path, cache=converter_cache)
    assert refused.value.code == "took_too_long"


def test_several_first_conversions_at_once_make_one_profile(tmp_path):
    source = save(tmp_path, word(), "paper.docx")

    def _prepare(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        return prepare(source, name="p.docx", folder=folder, cache=tmp_path / "cache").pages

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(_prepare, range(3))) == [1, 1, 1]
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_machine_without_libreoffice_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(word_conversion, "converter_problem", lambda: "Install LibreOffice Writer.")
    source = save(tmp_path, word(), "paper.docx")
    with pytest.raises(ConverterMissing, match="Install LibreOffice Writer"):
        prepare(source, name="paper.docx", folder=tmp_path)
    assert not list(tmp_path.glob("preparing-*"))
