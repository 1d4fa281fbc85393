"""Typesets our own templates, and makes odd wording plainer rather than failing over it."""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from committee.documents.pack.lettering import FAMILIES, FONT_FOLDER, Wording

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "documents"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
    )


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """Typeset one of our templates as PDF/UA-1 and give its bytes.

    The same data gives the same bytes. Raises typst.TypstError when the document cannot be made
    accessible, such as when a character is in none of our fonts.
    """
    compiler = typst.Compiler(
        TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
    )
    pdf = compiler.compile(
        format="pdf", pdf_standards="ua-1", sys_inputs={"data": json.dumps(data)}, timestamp=0
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter gave no PDF")
    return pdf


def typesetting_of(language: str) -> dict[str, Any]:
    """What every template needs to know of a language tag such as "en-GB", and our fonts."""
    lang, _, region = language.partition("-")
    return {
        "lang": lang.lower(),
        "region": region.upper() if len(region) == 2 else "GB",
        "fonts": list(FAMILIES),
    }


def typeset_wording(
    template: str, contents: Callable[[Wording], dict[str, Any]]
) -> tuple[bytes, tuple[str, ...]]:
    """Typeset what `contents` gives once its words are printable; the bytes and the warnings.

    A mark that stands on a letter of another font can stop the typesetter although both can be
    printed. Then each text is tried by itself and only those that fail are made plainer; should
    that not be enough, every text is.
    """
    for wording in (Wording(), Wording(fits=_can_be_set)):
        try:
            return typeset(template, contents(wording)), wording.warnings
        except typst.TypstError:
            continue
    plain = Wording(fits=lambda _text: False)
    return typeset(template, contents(plain)), plain.warnings


def _can_be_set(text: str) -> bool:
    """Whether the text can be printed by itself, both upright and bold."""
    data = {"text": text, "fonts": list(FAMILIES)}
    try:
        typeset("trial.typ", data)
    except typst.TypstError:
        return False
    return True
