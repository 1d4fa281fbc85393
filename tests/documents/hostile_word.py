"""Word documents that must be refused, each with the code of its refusal."""

import io
import struct
import zipfile

import pytest

from tests.documents.making_word import (
    MAIN_TYPE,
    content_types,
    document,
    field,
    paragraph,
    parts,
    run,
    with_part,
    with_relationship,
    word,
    word_part,
    zipped,
)

DOCTYPE = '<!DOCTYPE x [<!ENTITY canary SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
CHANGE = 'w:id="1" w:author="Officer" w:date="2026-01-01T00:00:00Z"'
OLE = b"\xd0\xcf\x11\xe0" + bytes(100)
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
INSERTION = f"<w:ins {CHANGE}>{run('x')}</w:ins>"
FOOTNOTE = f"<w:footnote>{paragraph(INSERTION)}</w:footnote>"
COMMENT = f'<w:comment w:id="0">{paragraph(run("Is this right?"))}</w:comment>'
BOLDED = f"<w:b/><w:rPrChange {CHANGE}><w:rPr/></w:rPrChange>"
MOVED_IN = f"<w:pPr><w:pPrChange {CHANGE}><w:pPr/></w:pPrChange></w:pPr>"
OBJECT = '<w:r><w:object><o:OLEObject ProgID="Excel"/></w:object></w:r>'
VML_PICTURE = '<w:r><w:pict><v:imagedata src="http://example.org/a"/></w:pict></w:r>'
ACTIVE_X = '<Override PartName="/x.xml" ContentType="application/vnd.ms-office.activeX+xml"/>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
LEAVES_OPEN = " D</w:instrText></w:r><w:r><w:instrText>DE x y"
TEMPLATE = "http://example.org/evil.dotm"


def with_types(main: str = MAIN_TYPE, more: str = "") -> bytes:
    return zipped({**parts(), "[Content_Types].xml": content_types(main, more)})


def changed(tag: str, inside: str) -> bytes:
    return word(paragraph(run("Before ") + f"<w:{tag} {CHANGE}>{inside}</w:{tag}>"))


def repeated_part() -> bytes:
    """Two parts of one name, of which readers choose different ones."""
    target = io.BytesIO(word())
    with zipfile.ZipFile(target, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", document(""))
    return target.getvalue()


def many_parts(count: int) -> bytes:
    return zipped({**parts(), **{f"word/media/{n}.txt": b"" for n in range(count)}})


def lying_size(content: bytes, claimed: int) -> bytes:
    """A part whose size in the zip's directory is not the true one."""
    made = bytearray(zipped({**parts(), "word/media/lie.bin": content}))
    at = made.rindex(b"PK\x01\x02", 0, made.rindex(b"word/media/lie.bin"))
    struct.pack_into("<I", made, at + 24, claimed)
    return bytes(made)


def overlapping() -> bytes:
    """A zip whose directory names the same packed bytes twice."""
    made = bytearray(
        zipped({**parts(), "word/media/a.bin": b"a" * 50, "word/media/b.bin": b"a" * 50})
    )
    first = made.index(b"word/media/a.bin") - 30
    entry = made.rindex(b"word/media/b.bin") - 46
    struct.pack_into("<I", made, entry + 42, first)
    return bytes(made)


def marked_encrypted() -> bytes:
    made = bytearray(word())
    at = made.index(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


BOMB = b"\0" * (24 * 1024 * 1024)

REFUSED = {
    # Programs and other files inside
    "macro project": (with_part("word/vbaProject.bin", OLE), "macros"),
    "macro project elsewhere": (with_part("custom/vbaProject.bin", b"x"), "macros"),
    "macro content type": (with_types(MACRO_TYPE), "macros"),
    "macro relationship": (with_relationship("vbaProject", "x.bin", ""), "macros"),
    "object relationship": (
        with_relationship("oleObject", "embeddings/a.bin", ""),
        "embedded_object",
    ),
    "object in the text": (word(paragraph(OBJECT)), "embedded_object"),
    "object bytes": (with_part("word/media/picture.png", OLE), "embedded_object"),
    "package relationship": (
        with_relationship("package", "embeddings/a.xlsx", ""),
        "embedded_object",
    ),
    "zip in the zip": (with_part("word/media/more.bin", zipped({"a": BOMB[:9]})), "nested_archive"),
    "ActiveX relationship": (with_relationship("control", "activeX/activeX1.xml", ""), "active_x"),
    "ActiveX content type": (with_types(more=ACTIVE_X), "active_x"),
    # Content from elsewhere
    "linked picture": (with_relationship("image", "http://example.org/a.png"), "linked_picture"),
    "picture from a file": (with_relationship("image", "file:///etc/passwd"), "linked_picture"),
    "picture without a mode": (
        with_relationship("image", "http://example.org/a.png", ""),
        "linked_picture",
    ),
    "picture from a share": (with_relationship("image", r"\\server\a.png"), "linked_picture"),
    "VML picture": (word(paragraph(VML_PICTURE)), "linked_picture"),
    "template from the web": (with_relationship("attachedTemplate", TEMPLATE), "remote_template"),
    "template from a share": (
        with_relationship("attachedTemplate", r"\\server\t.dotm"),
        "remote_template",
    ),
    "altChunk": (word('<w:altChunk r:id="rId9"/>'), "inserted_file"),
    "altChunk relationship": (with_relationship("aFChunk", "more.html", ""), "inserted_file"),
    "sub-document": (with_relationship("subDocument", "other.docx"), "inserted_file"),
    "sub-document in the text": (word('<w:subDoc r:id="rId9"/>'), "inserted_file"),
    "frame": (with_relationship("frame", "http://example.org/"), "linked_content"),
    "mail merge source": (
        with_relationship("mailMergeSource", "file:///c:/a.mdb"),
        "linked_content",
    ),
    "object linked": (with_relationship("oleObject", "file:///c:/a.xlsx"), "linked_content"),
    "DDE field": (word(paragraph(field('DDEAUTO c:\\\\cmd.exe "/k calc"'))), "dde"),
    "DDE over two runs": (word(paragraph(field(LEAVES_OPEN))), "dde"),
    "DDE simple field": (word(paragraph('<w:fldSimple w:instr="DDE excel a b"/>')), "dde"),
    "DDE in a header": (
        with_part("word/header1.xml", word_part("hdr", paragraph(field("DDE a b")))),
        "dde",
    ),
    "INCLUDETEXT": (word(paragraph(field('INCLUDETEXT "c:\\\\x.docx"'))), "linked_content"),
    "INCLUDEPICTURE": (
        word(paragraph(field('INCLUDEPICTURE "http://example.org/a"'))),
        "linked_content",
    ),
    "INCLUDEPICTURE in an IF": (
        word(paragraph(field(" IF ") + field("INCLUDEPICTURE x"))),
        "linked_content",
    ),
    "LINK": (word(paragraph(field("LINK Excel.Sheet c:\\\\x.xlsx"))), "linked_content"),
    "link to a file": (with_relationship("hyperlink", "file:///C:/Users/x.docx"), "unsafe_link"),
    "link to a script": (with_relationship("hyperlink", "javascript:alert(1)"), "unsafe_link"),
    "link to a neighbour": (with_relationship("hyperlink", "other.docx"), "unsafe_link"),
    "link field to a file": (
        word(paragraph(field('HYPERLINK "file:///etc/passwd"'))),
        "unsafe_link",
    ),
    # XML
    "entity in the document": (
        zipped({**parts(), "word/document.xml": document("", DOCTYPE)}),
        "doctype",
    ),
    "entities that multiply": (
        zipped({**parts(), "word/document.xml": document("", LAUGHS)}),
        "doctype",
    ),
    "entity in a header": (with_part("word/header1.xml", word_part("hdr", "", DOCTYPE)), "doctype"),
    "entity in custom data": (
        with_part("customXml/item1.xml", DOCTYPE + "<x>&canary;</x>"),
        "doctype",
    ),
    "entity in relationships": (
        with_part("word/_rels/header1.xml.rels", DOCTYPE + "<x/>"),
        "doctype",
    ),
    "entity in properties": (with_part("docProps/core.xml", DOCTYPE + "<x/>"), "doctype"),
    "entity in the types": (
        zipped({**parts(), "[Content_Types].xml": DOCTYPE + "<x/>"}),
        "doctype",
    ),
    "entity in a drawing": (with_part("word/media/a.svg", DOCTYPE + "<svg/>"), "doctype"),
    "document type in UTF-16": (
        with_part("word/header1.xml", (DOCTYPE + "<x/>").encode("utf-16")),
        "doctype",
    ),
    "XML that does not end": (zipped({**parts(), "word/document.xml": "<w:document"}), "damaged"),
    "XML in an odd encoding": (
        with_part("word/a.xml", '<?xml version="1.0" encoding="utf-7"?><x/>'),
        "damaged",
    ),
    # The zip
    "flat bomb": (with_part("word/media/zero.bin", BOMB), "zip_bomb"),
    "bomb that claims to be small": (lying_size(BOMB, 100), "damaged"),
    "bomb in the text": (word(paragraph(run("A" * 20_000_000))), "zip_bomb"),
    "overlapping parts": (overlapping(), "zip_bomb"),
    "too many parts": (many_parts(2_001), "too_many_parts"),
    "two parts of one name": (repeated_part(), "damaged"),
    "names that differ in case": (with_part("WORD/DOCUMENT.XML", document("")), "damaged"),
    "name that climbs": (with_part("../../evil.xml", "<x/>"), "damaged"),
    "name from the root": (with_part("/etc/evil.xml", "<x/>"), "damaged"),
    "encrypted part": (marked_encrypted(), "encrypted"),
    "not a Word document": (zipped({"a.txt": "b"}), "not_word"),
    "spreadsheet inside": (with_types(SHEET_TYPE), "not_word"),
    "no main part": (
        zipped({k: v for k, v in parts().items() if k != "word/document.xml"}),
        "not_word",
    ),
    # What people leave behind
    "insertion": (changed("ins", run("new")), "tracked_changes"),
    "deletion": (changed("del", "<w:r><w:delText>old</w:delText></w:r>"), "tracked_changes"),
    "move": (changed("moveTo", run("moved")), "tracked_changes"),
    "formatting": (word(paragraph(run("x", BOLDED))), "tracked_changes"),
    "paragraph formatting": (word(paragraph(MOVED_IN)), "tracked_changes"),
    "change in a footnote": (
        with_part("word/footnotes.xml", word_part("footnotes", FOOTNOTE)),
        "tracked_changes",
    ),
    "comments": (with_part("word/comments.xml", word_part("comments", COMMENT)), "comments"),
}
