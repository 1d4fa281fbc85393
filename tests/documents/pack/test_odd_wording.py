"""Titles that are hard to print."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from committee.documents.pack.build import build_pack
from committee.documents.pack.front_matter import front_matter
from committee.documents.pack.layout import lay_out
from committee.documents.pack.lettering import FAMILIES, Wording, printable_characters
from committee.documents.pack.plan import PackItem, PackPaper, PackPlan
from committee.documents.pack.typesetting import typeset_wording
from tests.documents.pack.test_front_matter import pages_of

PLAN = PackPlan(
    council="Wexbury Council",
    committee="Parks and Libraries Committee",
    date=datetime.date(2026, 3, 5),
    time=datetime.time(18, 30),
    place="Market Hall",
    audience="public",
)
PRINTABLE = st.sampled_from("".join(sorted(map(chr, printable_characters()))))
MARKS = st.characters(categories=["Mn", "Me", "Mc", "Cf"])
TITLES = st.text(PRINTABLE | MARKS, max_size=8)


def with_titles(*titles: str) -> PackPlan:
    items = tuple(PackItem(str(row), title) for row, title in enumerate(titles, 1))
    return dataclasses.replace(PLAN, items=items)


def typeset_plan(plan: PackPlan) -> tuple[str, tuple[str, ...]]:
    made = front_matter(plan, lay_out(0, [[] for _ in plan.items]))
    return " ".join(pages_of(made.pdf)), made.warnings


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(TITLES, min_size=1, max_size=3), TITLES)
def test_no_title_stops_the_front_matter(titles, place):
    plan = dataclasses.replace(with_titles("Plain words", *titles), place=place)
    assert "Plain words" in typeset_plan(plan)[0]


# The typesetter sets a letter and the mark of another font as one, and then finds neither.
UNSETTABLE = {
    "\u1dec\u1dd8\u08dc\U0001f39a\u033c\u1ab5": "\U0001f39a",
    "\u061a\U0001f3d5\u1de5": "\U0001f3d5",
    "\u1531\u065a\u2276\u1dec": "\u1531\u2276",
}


@pytest.mark.parametrize("odd", UNSETTABLE)
def test_a_mark_on_a_letter_of_another_font_is_left_out_and_named(odd):
    plan = with_titles(f"Parks {odd} gates", "דוח הספרייה", "Crëyr y Ŵyl")
    text, warnings = typeset_plan(plan)
    assert "Ŵyl" in text
    assert warnings == (
        f"Accents or other marks in “Parks {UNSETTABLE[odd]} gates” cannot be printed on the "
        "agenda beside its letters and were left out.",
    )


@pytest.mark.parametrize("title", ["ł\u0955𝗎", "\u035c✭𝖩", "\ufeffParks", "a\ufff9b\ufffac\ufffb"])
def test_characters_that_only_one_weight_can_print_stop_nothing(title):
    assert "Plain words" in typeset_plan(with_titles("Plain words", title))[0]


def test_when_nothing_else_helps_every_text_is_made_plain():
    tries = []

    def contents(wording: Wording) -> dict[str, object]:
        tries.append(wording.printable("Crëyr \u05d3 ☂\u033c"))
        # Only the third try is spared the text that cannot be set.
        text = tries[-1] if len(tries) == 3 else next(iter(UNSETTABLE))
        return {"text": text, "fonts": list(FAMILIES)}

    _, warnings = typeset_wording("trial.typ", contents)
    assert tries[2] == "Crëyr □ □"
    assert len(warnings) == 3


def test_an_odd_title_of_a_missing_paper_stops_no_pack(tmp_path):
    paper = PackPaper(
        "Parks \u061a\U0001f3d5\u1de5 gates", "main", None, 1, "It was lost \u061a\U0001f3d5\u1de5."
    )
    item = PackItem("1", "Parks \u061a\U0001f3d5\u1de5 gates", papers=(paper,))
    pack = build_pack(dataclasses.replace(PLAN, items=(item,)), tmp_path / "pack.pdf")
    assert pack.items[0].first_page == 5


def test_the_title_of_a_pack_is_sound_xml(tmp_path):
    plan = dataclasses.replace(PLAN, committee="Parks\x0b & \x00Libraries\ud800\uffff")
    pack = build_pack(plan, tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as pdf:
        title = pdf.open_metadata(strict=True)["dc:title"]
    assert title == "Agenda pack: Parks  & Libraries, 5 March 2026"
