"""The pages of minutes: from the agenda to what the public reads, and what is refused."""

import re

import pytest

from committee.extensions import db
from committee.minutes import publishing, service
from committee.minutes.models import Minutes
from committee.minutes.rules import MinutesStatus, Openness
from committee.storage import current_storage
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks.perform import perform_now
from tests.documents.published.reading_back import pdf_words, word_words
from tests.minutes import builders
from tests.minutes.builders import SECRET
from tests.pages.reader import Reader


def form_of(reader: Reader, **typed: str) -> dict[str, str]:
    """What the minute's form holds, with what is typed over it."""
    held = {
        field["name"]: field.get("value") or field.get_text().strip("\n")
        for field in reader.page.select("form:has(#discussion) [name]")
        if field.name == "textarea" or field.get("type") in ("text", "hidden")
    }
    chosen = {
        field["name"]: (field.select_one("option[selected]") or {"value": ""})["value"]
        for field in reader.page.select("form:has(#discussion) select")
    }
    radios = {
        each["name"]: each["value"] for each in reader.page.select("[name=openness][checked]")
    }
    held.pop("csrf_token", None)
    return held | chosen | radios | typed


def begin(met: builders.Met, clerk: Reader) -> Minutes:
    db.session.commit()  # what a test has prepared is there before anybody looks
    clerk.get(f"/meetings/{met.meeting.id}/minutes")
    clerk.follow(clerk.post(f"/meetings/{met.meeting.id}/minutes/begin"))
    found = service.minutes_of(met.meeting)
    assert found
    return found


def test_minutes_are_begun_ordered_and_left_out(met: builders.Met, clerk: Reader) -> None:
    minutes = begin(met, clerk)
    assert "will be minute 1" in clerk.words()
    first = builders.minute_of(minutes, met.apologies)
    clerk.follow(clerk.post(f"/minutes/{first.id}/leave-out"))
    assert "Without a minute: 1." in clerk.words()
    update = builders.minute_of(minutes, met.verbal)
    clerk.follow(clerk.post(f"/minutes/{update.id}/move", {"to": "up"}))
    titles = [each.get_text(strip=True) for each in clerk.page.select(".app-agenda__title")]
    assert titles == [
        "Minutes of the last meeting",
        "Update",
        "Transport after 16",
        f"Sale of {SECRET}",
    ]
    clerk.follow(clerk.post(f"/meetings/{met.meeting.id}/minutes/add", {"item": met.apologies.id}))
    assert "A minute of “Apologies” has been added." in clerk.words()


def test_a_minute_is_written_and_its_resolution_worded(met: builders.Met, clerk: Reader) -> None:
    builders.everyone_present(met)
    minute = builders.minute_of(begin(met, clerk), met.transport)
    address = f"/minutes/{minute.id}"
    clerk.get(address)
    assert "Consider, Endorse, Make recommendations" in clerk.words()
    counts = {"votes_for": "3", "votes_against": "1", "votes_abstained": "0"}
    typed = form_of(clerk, discussion="Mr Gough spoke.", outcome="endorsed", **counts)
    clerk.follow(clerk.post(address, typed))
    assert "has been saved" in clerk.words()
    assert "Cabinet Member for Education, to:" in clerk.value("resolution")
    answer = clerk.post(address, {"act": "vote", "member": met.members["Dr Sullivan"].id,
                                  "vote": "against"})  # fmt: skip
    clerk.follow(answer)
    assert "Dr Sullivan: against" in clerk.words()
    action = {"act": "action", "text": "Write to schools", "owner_name": "Sam Hill",
              "due_on": ["28", "6", "2018"]}  # fmt: skip
    clerk.follow(clerk.post(address, action))
    assert "Write to schools Sam Hill, by 28 June 2018, to be done" in clerk.words()


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"title": " "}, "Enter the title of the minute"),
        ({"votes_for": "3"}, "Enter how many: against, 0 for none"),
        ({"votes_for": "three"}, "Enter a whole number, like 9"),
        (
            {"votes_for": "30", "votes_against": "0", "votes_abstained": "0"},
            "30 votes are counted, but only 4",
        ),
        ({"casting_vote": "for"}, "A casting vote needs the count of the tie"),
        ({"outcome": "endorsed_subject_to"}, "Enter the condition"),
        ({"outcome": "agreed"}, "does not answer what the report asks for"),
        ({"outcome": "invented"}, "Not a valid choice"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_kept(
    met: builders.Met, clerk: Reader, typed: dict[str, str], mistake: str
) -> None:
    builders.everyone_present(met)
    minute = builders.minute_of(begin(met, clerk), met.transport)
    clerk.get(f"/minutes/{minute.id}")
    sent = form_of(clerk, discussion="A long discussion.", **typed)
    assert clerk.post(f"/minutes/{minute.id}", sent).status_code == 422
    assert any(mistake in each for each in clerk.mistakes()), clerk.mistakes()
    assert clerk.value("discussion").strip() == "A long discussion."
    db.session.expire_all()
    assert minute.discussion is None


def test_what_is_unusual_is_saved_once_it_is_meant(met: builders.Met, clerk: Reader) -> None:
    builders.everyone_present(met)
    minute = builders.minute_of(begin(met, clerk), met.transport)
    clerk.get(f"/minutes/{minute.id}")
    clerk.post(f"/minutes/{minute.id}", form_of(clerk, outcome="agreed"))
    clerk.follow(clerk.post(f"/minutes/{minute.id}", form_of(clerk, acknowledged="y")))
    assert "has been saved" in clerk.words()


def test_two_clerks_writing_one_minute_lose_nothing(met: builders.Met, clerk: Reader) -> None:
    minute = builders.minute_of(begin(met, clerk), met.verbal)
    clerk.get(f"/minutes/{minute.id}")
    mine = form_of(clerk, discussion="What I typed.")
    builders.write(minute, "What somebody else saved.")
    db.session.commit()
    assert clerk.post(f"/minutes/{minute.id}", mine).status_code == 422
    assert "What somebody else saved." in clerk.words()
    assert clerk.value("discussion").strip() == "What I typed."
    clerk.follow(clerk.post(f"/minutes/{minute.id}", form_of(clerk)))
    db.session.expire_all()
    assert minute.discussion == "What I typed."


def test_a_vote_that_nobody_has_is_refused_in_words(met: builders.Met, clerk: Reader) -> None:
    builders.everyone_present(met)
    minute = builders.minute_of(begin(met, clerk), met.transport)
    db.session.commit()
    sent = {"act": "vote", "member": met.members["Canon Hall"].id, "vote": "for"}
    assert clerk.post(f"/minutes/{minute.id}", sent).status_code == 422
    assert clerk.mistakes() == ["Canon Hall has a seat without a vote."]


def make_files(minutes: Minutes) -> None:
    for piece in db.session.query(Work).filter_by(kind=WorkKind.MAKE_MINUTES_FILES):
        perform_now(piece.id)
    db.session.expire_all()


def test_the_public_reads_page_pdf_and_word_without_what_is_closed(
    met: builders.Met, clerk: Reader, visitor: Reader
) -> None:
    minutes = builders.written(met)
    db.session.commit()
    public = f"/meetings/{met.meeting.id}/minutes/published"
    assert visitor.get(public).status_code == 404
    clerk.get(f"/meetings/{met.meeting.id}/minutes/publish")
    clerk.follow(clerk.post(f"/meetings/{met.meeting.id}/minutes/publish"))
    assert "The minutes are published as a draft" in clerk.words()
    visitor.get(public)
    assert "are being made" in visitor.words()
    make_files(minutes)
    page = visitor.get(public).text
    version = publishing.versions(met.meeting)[0]
    assert version.pdf_sha256
    assert version.word_sha256
    storage = current_storage()
    for said in (
        page,
        pdf_words(storage.local_path(version.pdf_sha256)),
        word_words(storage.local_path(version.word_sha256)),
    ):
        assert SECRET not in said
        assert "A property was discussed." in said
        assert "3. Transport after 16 (Item 3)" in said
    assert visitor.get(f"{public}/1/pdf").mimetype == "application/pdf"
    assert visitor.get(f"{public}/1/word").status_code == 200
    for nothing in ("1/secret", "2", "2/pdf"):
        assert visitor.get(f"{public}/{nothing}").status_code == 404
    assert "Open to inspection until Tuesday 7 May 2024." in visitor_words(visitor, public)


def visitor_words(visitor: Reader, address: str) -> str:
    visitor.get(address)
    return visitor.words()


def test_a_correction_and_the_approval_are_versions_that_stay(
    met: builders.Met, clerk: Reader, visitor: Reader
) -> None:
    minutes = builders.written(met)
    builders.publish(minutes)
    builders.write(builders.minute_of(minutes, met.verbal), "A corrected word.")
    builders.a_later_meeting(met)
    db.session.commit()
    publish = f"/meetings/{met.meeting.id}/minutes/publish"
    assert clerk.post(publish, {"change": " "}).status_code == 422
    assert clerk.mistakes() == ["Say what has changed, and why"]
    clerk.follow(clerk.post(publish, {"change": "A word was wrong."}))
    approve = f"/meetings/{met.meeting.id}/minutes/approve"
    clerk.get(approve)
    assert clerk.post(approve, {"signed_by": " "}).status_code == 422
    later = re.search(r'value="(\d+)"', str(clerk.page.select_one("[name=meeting]")))
    assert later
    clerk.follow(clerk.post(approve, {"meeting": later[1], "signed_by": "Mr G Cooke"}))
    assert minutes.status is MinutesStatus.APPROVED
    visitor.get(f"/meetings/{met.meeting.id}/minutes/published")
    words = visitor.words()
    assert "Approved as a correct record on Wednesday 11 July 2018" in words
    assert "Signed: Mr G Cooke" in words
    assert "A word was wrong." in words
    visitor.get(f"/meetings/{met.meeting.id}/minutes/published/1")
    assert "This is an earlier version." in visitor.words()
    assert "A corrected word." not in visitor.words()


def test_an_exempt_minute_asks_before_anyone_may_read_it(met: builders.Met, clerk: Reader) -> None:
    minute = builders.minute_of(begin(met, clerk), met.exempt)
    clerk.get(f"/minutes/{minute.id}")
    sent = form_of(clerk, openness=Openness.OPEN.value)
    assert clerk.post(f"/minutes/{minute.id}", sent).status_code == 422
    assert any("Anyone will be able to read" in each for each in clerk.mistakes())


def test_numbers_begin_where_the_clerk_says(met: builders.Met, clerk: Reader) -> None:
    begin(met, clerk)
    address = f"/meetings/{met.meeting.id}/minutes/numbers"
    clerk.get(address)
    assert clerk.post(address, {"first_number": "none"}).status_code == 422
    clerk.follow(clerk.post(address, {"first_number": "84"}))
    assert "will be minute 84" in clerk.words()


PAGES = ("attendance", "minutes", "minutes/numbers", "minutes/publish", "minutes/approve")


@pytest.mark.parametrize("page", PAGES)
def test_only_clerks_open_what_is_not_published(
    met: builders.Met, clerk: Reader, author: Reader, visitor: Reader, page: str
) -> None:
    builders.begun(met)
    db.session.commit()
    address = f"/meetings/{met.meeting.id}/{page}"
    assert clerk.get(address).status_code == 200
    assert author.get(address).status_code == 404
    assert visitor.get(address).status_code == 303


@pytest.mark.parametrize("page", PAGES[2:])
def test_there_is_no_such_page_before_minutes_are_begun(
    met: builders.Met, clerk: Reader, page: str
) -> None:
    assert clerk.get(f"/meetings/{met.meeting.id}/{page}").status_code == 404
