"""Small Word documents made part by part, so that a test can put one wrong thing in them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{_WORD_TYPE}.document.main+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("result")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def word_part(root: str, body: str, before: str = "") -> str:
    return (
        f'{DECLARATION}{before}<w:{root} xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"{body}</w:{root}>"
    )


def document(body: str, before: str = "") -> str:
    return word_part("document", f"<w:body>{body}<w:sectPr/></w:body>", before)


def relationships(*entries: tuple[str, str, str]) -> str:
    """Entries are (kind, target, mode)."""
    lines = [
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for n, (kind, target, mode) in enumerate(entries, 1)
    ]
    return f'{DECLARATION}<Relationships xmlns="{_RELS_NS}">{"".join(lines)}</Relationships>'


def content_types(main: str = MAIN_TYPE, more: str = "") -> str:
    return (
        f'{DECLARATION}<Types xmlns="{_TYPES_NS}">'
        '<Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    )


def parts(body: str | None = None) -> dict[str, str | bytes]:
    """The parts of a sound document of one page."""
    shown = paragraph(run("The committee is asked to note the report.")) if body is None else body
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
        "word/document.xml": document(shown),
        "word/_rels/document.xml.rels": relationships(),
    }


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
    return target.getvalue()


def word(body: str | None = None, **more: str | bytes) -> bytes:
    """A document with that body; further parts by name, with __ for / and _dot_ for a full stop."""
    files = parts(body)
    for name, content in more.items():
        files[name.replace("__", "/").replace("_dot_", ".")] = content
    return zipped(files)


def with_relationship(kind: str, target: str, mode: str = "External") -> bytes:
    files = parts()
    files["word/_rels/document.xml.rels"] = relationships((kind, target, mode))
    return zipped(files)


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**parts(), name: content})


def save(folder: Path, content: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
