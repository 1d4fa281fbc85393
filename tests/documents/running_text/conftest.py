"""What the tests of running text share."""

import io
import re

import docx
import pytest
from bs4 import BeautifulSoup

from committee.documents.running_text import to_html, to_typst_data
from committee.documents.running_text.content import Blocks, Heading, ListBlock, Paragraph
from committee.documents.running_text.plain import words_of
from committee.documents.running_text.word import to_word


class Letters:
    """The letters that each format shows, without spaces and without the markers of lists."""

    @staticmethod
    def of_blocks(blocks: Blocks) -> str:
        """Those that the blocks hold."""
        return _bare("".join(map(_held, blocks)))

    @staticmethod
    def of_html(blocks: Blocks) -> str:
        """Those that a browser shows."""
        return _bare(BeautifulSoup(to_html(blocks), "html5lib").get_text())

    @staticmethod
    def of_word(blocks: Blocks) -> str:
        """Those in the body of a Word file that was saved and opened again."""
        document, file = docx.Document(), io.BytesIO()
        to_word(document, blocks)
        document.save(file)
        body = docx.Document(file).element.body
        return _bare("".join(one.text or "" for one in body.iter() if one.tag.endswith("}t")))

    @staticmethod
    def of_typst(blocks: Blocks) -> str:
        """Those that the typesetter is given."""
        return _bare(_lines(to_typst_data(blocks, lambda line: line.strip())))


def _held(block) -> str:
    if isinstance(block, ListBlock):
        return "".join(_held(inner) for item in block.items for inner in item.blocks)
    if isinstance(block, Heading | Paragraph):
        return words_of(block.runs)
    cells = [*block.header, *(cell for row in block.rows for cell in row)]
    return block.caption + "".join(map(words_of, cells))


def _lines(value) -> str:
    if isinstance(value, list):
        return "".join(map(_lines, value))
    if "lines" in value:
        return "".join(value["lines"])
    return value.get("caption", "") + "".join(
        _lines(value[name]) for name in ("runs", "items", "header", "rows") if name in value
    )


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="session")
def letters() -> type[Letters]:
    return Letters
