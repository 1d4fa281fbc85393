"""The pack panel, by its page."""

from contextlib import closing
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask

from committee.agendas.rules import Part
from committee.clock import now
from committee.confidentiality.rules import Classification
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people.roles import Role
from committee.storage import current_storage
from committee.work import service as work
from committee.work.models import SignOfLife
from tests.builders import a_pdf, opened_or_closed
from tests.pages.conftest import Furnished, signed_in
from tests.pages.reader import Reader


def panel(furnished: Furnished) -> str:
    return f"/meetings/{furnished.meeting.id}/packs"


@pytest.fixture
def built(furnished: Furnished) -> Pack:
    """A restricted pack that was built some time ago."""
    return a_built_pack(furnished, Audience.RESTRICTED)


def a_built_pack(furnished: Furnished, audience: Audience) -> Pack:
    pack = packs.ask_for(furnished.meeting, audience)
    pack.status, pack.pages, pack.finished_at, pack.key = PackStatus.BUILT, 6, now(), "then"
    pack.file_sha256 = current_storage().save(BytesIO(a_pdf(6))).sha256
    pack.contents = [
        {
            "number": "1",
            "title": "Apologies",
            "first_page": None,
            "last_page": None,
            "warnings": [],
        },
        {"number": "2", "title": "Places", "first_page": 3, "last_page": 6, "warnings": ["Hm."]},
    ]
    pack.warnings = ["Item 2, Appendix: the file sent could not be used."]
    db.session.commit()
    return pack


@pytest.mark.parametrize("audience", list(Audience))
def test_a_pack_is_asked_for_and_stopped(
    officer: Reader, furnished: Furnished, audience: Audience
) -> None:
    officer.follow(officer.post(panel(furnished), {"audience": audience.value}))
    assert "Waiting to start" in officer.words()
    pack = packs.latest(furnished.meeting, audience)
    told = officer.get(f"/packs/{pack.id}/progress").json
    assert (told["status"], told["finished"]) == ("queued", False)
    officer.follow(officer.post(f"/packs/{pack.id}/cancel"))
    assert officer.get(f"/packs/{pack.id}/progress").json["finished"]
    officer.follow(officer.post(f"/packs/{pack.id}/cancel"))
    assert "cannot become" in officer.words()


def test_a_build_shows_how_far_it_is(officer: Reader, furnished: Furnished) -> None:
    pack = packs.ask_for(furnished.meeting, Audience.PUBLIC)
    packs.begin(pack, now=now())
    pack.done, pack.total, pack.label = 1, 3, "Item 2"
    db.session.commit()
    officer.get(panel(furnished))
    assert "1 of 3 done. Now: Item 2." in officer.words()
    bar = officer.page.select_one("progress")
    assert (bar["value"], bar["max"]) == ("1", "3")
    assert officer.get(f"/packs/{pack.id}/progress").json["current"] == "1 of 3 done. Now: Item 2."


def test_a_built_pack_is_read_while_the_next_is_built(
    officer: Reader, furnished: Furnished, built: Pack
) -> None:
    officer.follow(officer.post(panel(furnished), {"audience": "restricted"}))
    assert "Download the restricted pack" in officer.words()
    answer = officer.get(f"/packs/{built.id}/download")
    assert_copy_of_six_pages(answer.data)
    assert f"{furnished.meeting.held_on} " in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    read = officer.get(f"/packs/{built.id}/download?show=1")
    assert_copy_of_six_pages(read.data)
    assert read.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" not in read.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == read.headers["Cache-Control"] == "private, no-store"


def assert_copy_of_six_pages(pdf: bytes) -> None:
    """That this is the pack that was built, each page with the name of who reads it."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) == 6
    for number, text in enumerate(texts, 1):
        assert f"Paper {number}" in text
        assert "Copy for " in text


@pytest.mark.parametrize("audience", list(Audience))
def test_no_member_reads_a_draft(
    pages_app: Flask, furnished: Furnished, audience: Audience
) -> None:
    built = a_built_pack(furnished, audience)
    member = signed_in(pages_app, Role.COMMITTEE_MEMBER)
    assert member.get(f"/packs/{built.id}/download").status_code == 404


def test_a_pack_says_what_it_holds_and_that_it_is_out_of_date(
    officer: Reader, furnished: Furnished, built: Pack
) -> None:
    officer.get(panel(furnished))
    for words in (
        "Out of date.",
        "1 thing to look at in this pack",
        "Item 2, Appendix: the file sent could not be used.",
        "2. Places, pages 3 to 6",
        "1. Apologies, no pages",
    ):
        assert words in officer.words()


def test_a_failed_build_says_why_and_can_be_tried_again(
    officer: Reader, furnished: Furnished, built: Pack
) -> None:
    pack = packs.ask_for(furnished.meeting, Audience.RESTRICTED)
    packs.begin(pack, now=now())
    packs.record_failed(pack, "The disk is full.", now=now())
    db.session.commit()
    officer.get(panel(furnished))
    assert "The last build failed. The disk is full." in officer.words()
    assert "Download the restricted pack" in officer.words()
    assert "Build the restricted pack again" in officer.words()


@pytest.mark.parametrize("audience", ["", "everyone"])
def test_an_audience_that_there_is_not_is_refused(
    officer: Reader, furnished: Furnished, audience: str
) -> None:
    assert officer.post(panel(furnished), {"audience": audience}).status_code == 400
    assert packs.history(furnished.meeting) == []


def test_a_pack_is_not_read_by_others(
    visitor: Reader, author: Reader, furnished: Furnished, built: Pack
) -> None:
    assert visitor.get(f"/packs/{built.id}/download").status_code == 303
    assert author.get(f"/packs/{built.id}/download").status_code == 404
    assert author.post(f"/packs/{built.id}/cancel").status_code == 404


def test_a_pack_that_nobody_builds_says_so(officer: Reader, furnished: Furnished) -> None:
    work.seen("sweep")
    db.session.commit()
    packs.ask_for(furnished.meeting, Audience.PUBLIC)
    db.session.commit()
    officer.get(panel(furnished))
    assert "background work has stopped" not in officer.words()
    db.session.execute(db.update(SignOfLife).values(seen_at=now() - timedelta(minutes=2)))
    db.session.commit()
    officer.get(panel(furnished))
    assert "background work has stopped" in officer.words()


# --- where nothing is closed ---


def with_nothing_closed(furnished: Furnished) -> None:
    opened_or_closed(furnished.exempt_item, Part.OPEN)
    db.session.commit()


def restricted(officer: Reader, furnished: Furnished) -> str:
    """The words of the restricted pack's part of the panel."""
    officer.get(panel(furnished))
    return " ".join(officer.page.select_one("#restricted").get_text(" ").split())


def test_where_nothing_is_closed_one_pack_serves_everybody(
    officer: Reader, furnished: Furnished
) -> None:
    assert "Build the restricted pack" in restricted(officer, furnished)
    with_nothing_closed(furnished)
    words = restricted(officer, furnished)
    assert "Nothing on this agenda is closed, so the public pack serves everybody." in words
    assert "Build the restricted pack" not in words
    assert not officer.page.select("#restricted form")
    officer.get(f"/meetings/{furnished.meeting.id}")
    assert "Build the public pack" in officer.words()
    assert "restricted pack" not in officer.words()


def test_a_restricted_pack_of_before_stays_to_be_read(
    officer: Reader, furnished: Furnished, built: Pack
) -> None:
    with_nothing_closed(furnished)
    assert "One was built before, and can still be read. It is out of date" in restricted(
        officer, furnished
    )
    assert officer.page.select(f'#restricted a[href="/packs/{built.id}/download"]')
    assert officer.get(f"/packs/{built.id}/download").status_code == 200


@pytest.mark.parametrize("what", ["paper", "item"])
def test_anything_that_is_not_open_needs_a_restricted_pack(
    officer: Reader, furnished: Furnished, what: str
) -> None:
    with_nothing_closed(furnished)
    thing = furnished.paper if what == "paper" else furnished.exempt_item
    thing.classification = Classification.UNCLASSED
    db.session.commit()
    assert "Build the restricted pack" in restricted(officer, furnished)
