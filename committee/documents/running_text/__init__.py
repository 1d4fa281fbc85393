"""Running text: one small set of blocks, read from plain text, written to every format.

The writer for Word is `committee.documents.running_text.word`, apart because it loads python-docx.
"""

from committee.documents.running_text.content import (
    Block,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from committee.documents.running_text.html import to_html
from committee.documents.running_text.numbering import number_paragraphs
from committee.documents.running_text.plain import to_plain
from committee.documents.running_text.reading import parse
from committee.documents.running_text.typst import to_typst_data

__all__ = [
    "Block",
    "Heading",
    "ListBlock",
    "ListItem",
    "Paragraph",
    "Run",
    "Table",
    "number_paragraphs",
    "parse",
    "to_html",
    "to_plain",
    "to_typst_data",
]
