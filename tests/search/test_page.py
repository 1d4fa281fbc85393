"""The search page as a visitor meets it."""

from urllib.parse import quote

import pytest
from flask import Flask

from committee.extensions import db
from committee.search import renewal
from committee.search.models import SearchEntry
from committee.search.rules import EntryKind
from tests.pages.reader import Reader
from tests.public.conftest import statements
from tests.search import published
from tests.search.test_finding import HOSTILE


@pytest.fixture
def visitor(app: Flask) -> Reader:
    """Somebody who has not signed in."""
    return Reader(app)


def test_a_visitor_finds_a_page_of_a_paper_and_opens_it(visitor: Reader) -> None:
    meeting = published.a_meeting()
    published.publish(meeting, pack=published.a_pack(meeting, 35, 39))
    visitor.get("/search?q=bursaries+4")
    assert "1 result" in visitor.words()
    assert "Page 4 of the paper, page 38 of the pack" in visitor.words()
    assert visitor.page.select("mark")
    link = visitor.page.select_one(".app-result__title a")
    assert link is not None
    address, _, fragment = str(link["href"]).partition("#")
    assert fragment == "page=4"
    assert visitor.get(address).mimetype == "application/pdf"


def test_every_link_of_an_answer_leads_somewhere(visitor: Reader) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    visitor.get("/search?q=travel")
    links = [str(a["href"]).partition("#")[0] for a in visitor.page.select(".app-result a")]
    assert len(links) > 1
    assert {visitor.get(link).status_code for link in links} == {200}


def test_without_a_query_the_page_teaches(visitor: Reader) -> None:
    assert visitor.get("/search").status_code == 200
    assert "All your words must be on the page" in visitor.words()


def test_nothing_found_helps(visitor: Reader) -> None:
    visitor.get("/search?q=zeppelin")
    assert "Nothing was found for “zeppelin”" in visitor.words()
    assert "Check the spelling" in visitor.words()


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_get_a_sound_page(visitor: Reader, query: str) -> None:
    words = quote(query[:400])  # a longer address is refused before anybody looks at it
    answer = visitor.get(f"/search?q={words}&kind={words}&committee={words}")
    assert answer.status_code == 200


def test_a_hostile_title_stays_text(visitor: Reader) -> None:
    db.session.add(
        SearchEntry(
            kind=EntryKind.DECISION, subject_id=1, page=0, title="<script>x</script> bus",
            text="<b>bus</b>", address="/decisions/18/00016", made_of="",
        )
    )  # fmt: skip
    db.session.commit()
    visitor.get("/search?q=bus")
    assert "<script>x</script> bus" in visitor.words()


@pytest.mark.parametrize("rows", [10, 10_000])
def test_few_queries_however_much_is_found(visitor: Reader, rows: int) -> None:
    db.session.add_all(
        SearchEntry(
            kind=EntryKind.PAPER, subject_id=number // 3, page=number % 3, title="Bus", text="a",
            address=f"/{number}", made_of="",
        )
        for number in range(rows)
    )  # fmt: skip
    db.session.commit()
    with statements() as asked:
        visitor.get("/search?q=bus")
    assert 0 < len(asked) <= 15


def test_the_command_makes_the_index_anew(app: Flask) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    published.a_decision(meeting.committee)
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert done.exit_code == 0, done.output
    assert "open papers: 1. Decisions, consultations and minutes: 1." in done.output
    assert renewal.bring_up_to_date() == 0
    assert db.session.query(SearchEntry).filter_by(kind=EntryKind.PAPER).count() == 5
    app.config["HURRY_WORK"] = False
