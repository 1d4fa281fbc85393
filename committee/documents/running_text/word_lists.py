"""Lists of a Word document: each gets a numbering of its own, so that none runs into another."""

from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from committee.documents.running_text.content import Marker

INDENT_MM = 8
"""How much deeper each list stands than what it belongs to."""

_TWIPS_IN_A_MM = 56.7
_FORMATS: dict[Marker, tuple[str, str]] = {
    "-": ("bullet", "•"),
    "1.": ("decimal", "%1."),
    "1)": ("decimal", "%1)"),
    "(1)": ("decimal", "(%1)"),
    "a)": ("lowerLetter", "%1)"),
    "(a)": ("lowerLetter", "(%1)"),
    "i)": ("lowerRoman", "%1)"),
    "(i)": ("lowerRoman", "(%1)"),
}


@dataclass(frozen=True)
class WordList:
    """A numbering definition of the document, by its number there."""

    number: int

    def mark(self, paragraph: Paragraph) -> None:
        """Make the paragraph the list's next item."""
        entry = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        entry.get_or_add_ilvl().val = 0
        entry.get_or_add_numId().val = self.number


def new_list(document: Document, marker: Marker, start: int, depth: int) -> WordList:
    """Define a list that begins at `start`; `depth` is how many lists it stands within."""
    numbering = document.part.numbering_part.element
    number = 1 + _highest(numbering, "w:abstractNum", "w:abstractNumId")
    kind, text = _FORMATS[marker]
    indent, hanging = (round(INDENT_MM * _TWIPS_IN_A_MM * times) for times in (depth + 1, 1))
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>'
    )
    # Word refuses a file in which a definition stands behind one of its uses.
    first_use = numbering.find(qn("w:num"))
    if first_use is None:
        numbering.append(definition)
    else:
        first_use.addprevious(definition)
    return WordList(numbering.add_num(number).numId)


def _highest(numbering: object, tag: str, name: str) -> int:
    found = numbering.findall(qn(tag))  # type: ignore[attr-defined]
    return max((int(one.get(qn(name))) for one in found), default=0)
