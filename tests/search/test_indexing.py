"""What comes into the index: what anyone may read, page by page, and nothing else."""

from flask import Flask
from sqlalchemy import select

from committee.agendas.rules import Part
from committee.agendas.service import numbered_items
from committee.consultations.rules import ConsultationStatus
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.minutes.models import Minutes, MinutesVersion
from committee.minutes.rules import MinutesStatus
from committee.search import renewal
from committee.search.finding import search
from committee.search.models import SearchEntry
from committee.search.rules import EntryKind, Wanted
from tests import builders
from tests.search import published


def entries(kind: EntryKind) -> list[SearchEntry]:
    found = select(SearchEntry).where(SearchEntry.kind == kind)
    return list(db.session.scalars(found.order_by(SearchEntry.page, SearchEntry.id)).all())


def found(query: str) -> list[str]:
    return [each.address for each in search(Wanted(query)).found]


def test_a_published_agenda_is_found_by_item_and_by_page_of_its_papers(app: Flask) -> None:
    meeting = published.a_meeting()
    published.publish(meeting, pack=published.a_pack(meeting, 35, 39))
    assert [entry.page for entry in entries(EntryKind.PAPER)] == [1, 2, 3, 4, 5]
    answer = search(Wanted("bursaries 4"))
    assert len(answer.found) == 1
    best = answer.found[0]
    assert (best.page, best.printed_page) == (4, "38")
    assert best.address.endswith("?show=1#page=4")
    assert f"/meetings/{meeting.id}" in found("schools committee")
    assert any("#published-" in address for address in found("travel college"))


def test_without_a_pack_that_fits_no_page_of_a_pack_is_named(app: Flask) -> None:
    meeting = published.a_meeting()
    published.publish(meeting, pack=published.a_pack(meeting, 35, 48))
    assert {entry.printed_page for entry in entries(EntryKind.PAPER)} == {None}


def test_no_word_of_an_exempt_item_can_be_found(app: Flask) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    everything = db.session.scalars(select(SearchEntry).order_by(SearchEntry.id)).all()
    assert everything
    for entry in everything:
        assert published.SECRET not in f"{entry.title} {entry.text} {entry.address}"
    assert found(published.SECRET) == []
    assert found("property") == [f"/meetings/{meeting.id}"]  # the title that the public may read


def test_a_later_version_replaces_what_the_meeting_had(app: Flask) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    item = numbered_items(meeting)[0].item
    builders.opened_or_closed(item, Part.EXEMPT, public_title="Travel")
    db.session.commit()
    published.publish(meeting, change="The item is taken in private.")
    assert found("bursaries") == []
    assert entries(EntryKind.PAPER) == []


def test_an_earlier_version_that_is_indexed_late_changes_nothing(app: Flask) -> None:
    meeting = published.a_meeting()
    first = published.publish(meeting)
    builders.an_item(meeting, "Ferries")
    db.session.commit()
    published.publish(meeting, change="An item was added.")
    renewal.work.owe(renewal.WorkKind.INDEX_AGENDA, first.id)
    db.session.commit()
    before = {entry.id for entry in entries(EntryKind.AGENDA_ITEM)}
    published.do_owed(first)
    assert {entry.id for entry in entries(EntryKind.AGENDA_ITEM)} == before
    assert len(before) == 2


def test_a_paper_without_words_is_found_by_its_title(app: Flask) -> None:
    meeting = published.a_meeting()
    builders.an_item(meeting, "Ferries")
    db.session.commit()
    published.a_paper_of(meeting, "Ferries", builders.a_pdf(1, words=""), 1)
    version = published.publish(meeting)
    paper = version.open_contents["items"][1]["papers"][0]
    entry = next(e for e in entries(EntryKind.PAPER) if e.subject_id == paper["version_id"])
    assert "Ferries" in entry.title


def test_decisions_come_in_with_their_notice_and_go_with_it(app: Flask) -> None:
    committee = builders.a_committee()
    decision = published.a_decision(committee)
    published.a_decision(committee, "18/00017", status=DecisionStatus.DRAFT)
    db.session.commit()
    assert renewal.bring_up_to_date() == 1
    assert found("18/00016") == found("subsidise") == ["/decisions/18/00016"]
    assert found("18/00017") == []
    assert renewal.bring_up_to_date() == 0
    published.a_notice(decision, 2, "Whether to buy ferries.")
    assert renewal.bring_up_to_date() == 1
    assert found("ferries") == ["/decisions/18/00016"]
    assert found("subsidise") == []


def test_consultations_come_in_when_published_and_change_with_them(app: Flask) -> None:
    consultation = published.a_consultation(builders.a_committee())
    draft = published.a_consultation(consultation.committee, "draft")
    draft.status, draft.published_at = ConsultationStatus.DRAFT, None
    db.session.commit()
    assert renewal.bring_up_to_date() == 1
    assert found("apprentices") == ["/consultations/sixth-form-travel"]
    consultation.promotion = "A letter to every household."
    db.session.commit()
    assert renewal.bring_up_to_date() == 1
    assert renewal.bring_up_to_date() == 0
    assert [entry.subject_id for entry in entries(EntryKind.CONSULTATION)] == [consultation.id]


def test_a_rebuilt_index_holds_the_same_again(app: Flask) -> None:
    meeting = published.a_meeting()
    version = published.publish(meeting)
    published.a_decision(meeting.committee)
    renewal.bring_up_to_date()
    db.session.commit()
    before = {
        (e.kind, e.subject_id, e.page, e.title, e.text) for k in EntryKind for e in entries(k)
    }
    assert renewal.rebuild() == 1
    db.session.commit()
    assert found("bursaries") == []
    published.do_owed(version)
    renewal.bring_up_to_date()
    after = {(e.kind, e.subject_id, e.page, e.title, e.text) for k in EntryKind for e in entries(k)}
    assert after == before


def test_minutes_come_in_minute_by_minute_from_what_is_open(app: Flask) -> None:
    meeting = builders.a_meeting()
    minutes = Minutes(meeting_id=meeting.id, status=MinutesStatus.PUBLISHED_DRAFT)
    db.session.add(minutes)
    db.session.flush()
    entry = {"number": 84, "title": "Travel", "discussion": "Ferries.", "resolution": "Agreed."}
    secret = {"number": 85, "title": "A property", "discussion": "Summary.", "resolution": ""}
    db.session.add(
        MinutesVersion(
            minutes_id=minutes.id,
            number=1,
            became=MinutesStatus.PUBLISHED_DRAFT,
            published_at=published.noon(published.MEETING_DAY),
            published_on=published.MEETING_DAY,
            open_contents={"minutes": [entry, secret]},
            restricted_contents={"minutes": [entry, {"discussion": published.SECRET}]},
            sha256="0" * 64,
        )
    )
    db.session.commit()
    assert renewal.bring_up_to_date() == 1
    assert renewal.bring_up_to_date() == 0
    assert found("ferries") == [f"/meetings/{meeting.id}/minutes/published#minute-84"]
    assert found("property") == [f"/meetings/{meeting.id}/minutes/published#minute-85"]
    assert found(published.SECRET) == []
