"""Taking something down stops it everywhere at once; a tombstone says why; and it can come back."""

import pytest
from flask import Flask
from sqlalchemy import select

from committee.agendas.models import AgendaVersion
from committee.extensions import db
from committee.mail.models import Mail
from committee.packs.models import Pack
from committee.people.roles import Role
from committee.takedowns.models import Takedown
from committee.takedowns.rules import STATUTORY, PublishedKind, TakedownStatus
from committee.takedowns.things import Thing, published_thing
from tests.pages.conftest import signed_in
from tests.pages.reader import Reader
from tests.takedowns.conftest import PAPER_WORDS, Published

REASON = "It was published by mistake."
KINDS = list(PublishedKind)

# Words by which the public finds each thing in the search.
SOUGHT = {
    PublishedKind.PAPER: PAPER_WORDS,
    PublishedKind.AGENDA: "transport policy",
    PublishedKind.NOTICE: "Crossing patrols",
    PublishedKind.RECORD: "Crossing patrols",
    PublishedKind.MINUTES: "transport",
    PublishedKind.SUMMARY: "larger school",
    PublishedKind.CONSULTATION: "larger school",
}


def thing_of(published: Published, kind: PublishedKind) -> Thing:
    thing = published_thing(kind, published.ids[kind])
    assert thing is not None
    return thing


def take_down(reader: Reader, thing: Thing) -> int:
    """Press the button; answers the id of the takedown."""
    address = f"/takedowns/{thing.kind.value}/{thing.id}"
    reader.get(address)
    answer = reader.post(address, {"reason": REASON})
    assert answer.status_code == 303, reader.words()
    return int(answer.headers["Location"].rsplit("/", 1)[-1])


def statuses(reader: Reader, thing: Thing) -> dict[str, int]:
    return {each: reader.get(each).status_code for each in thing.addresses}


def words_at(reader: Reader, address: str) -> str:
    """What stands there; forms carry a token of their own each time."""
    answer = reader.get(address)
    return reader.words() if answer.mimetype == "text/html" else answer.text


def public_pages(published: Published) -> list[str]:
    """The lists, feeds and pages on which something could still stand."""
    return [
        "/",
        "/meetings",
        "/meetings?past=1",
        f"/meetings/{published.meeting_id}",
        "/decisions",
        "/forward-plan",
        "/consultations",
        "/feed.xml",
        "/decisions/feed.xml",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_gone_everywhere_at_once_and_comes_back_as_it_was(
    published: Published, visitor: Reader, monitoring_officer: Reader, kind: PublishedKind
) -> None:
    thing = thing_of(published, kind)
    search = f"/search?q={SOUGHT[kind]}"
    places = [*public_pages(published), search]
    before = statuses(visitor, thing)
    shown = {page: words_at(visitor, page) for page in places}
    made = take_down(monitoring_officer, thing)
    assert words_at(visitor, search) != shown[search], "It must have been found, and be no more."
    own = thing.addresses[1] if kind is PublishedKind.AGENDA else thing.addresses[0]
    answer = visitor.get(own)
    # The record of the decision whose notice is down is still to be read, from its own page.
    assert answer.status_code == (200 if kind is PublishedKind.NOTICE else 410)
    assert REASON in answer.text
    assert_not_led_to(visitor, own, kind, places)
    put_back(monitoring_officer, made)
    assert statuses(visitor, thing) == before
    assert {page: words_at(visitor, page) for page in places} == shown


def assert_not_led_to(reader: Reader, own: str, kind: PublishedKind, places: list[str]) -> None:
    if kind is PublishedKind.NOTICE:
        return  # the record of the same decision still leads to its page, which says what is gone
    for page in places:
        text = reader.get(page).text
        assert f'href="{own}' not in text, page
        assert f"{own}</" not in text, page


def put_back(reader: Reader, takedown_id: int) -> None:
    page = f"/takedowns/{takedown_id}"
    reader.get(page)
    typed = {"version": reader.value("version"), "reason": "It was right after all.", "lift": "1"}
    assert reader.post(page, typed).status_code == 303


def test_a_pack_with_the_paper_stops_and_the_agenda_says_why(
    published: Published, visitor: Reader, officer: Reader
) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    pack = f"/meetings/{published.meeting_id}/agenda/1/pack"
    assert visitor.get(pack).status_code == 200
    take_down(officer, thing)
    assert visitor.get(pack).status_code == 410
    assert officer.get(pack).status_code == 410, "The public address is stopped for all."
    visitor.get(f"/meetings/{published.meeting_id}")
    assert REASON in visitor.words()
    assert "taken down" in visitor.words()
    assert thing.title.partition(",")[0] not in visitor.words()


def test_the_hashes_stay_on_the_public_list_and_the_title_goes(
    published: Published, visitor: Reader, officer: Reader
) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    version = db.session.scalars(select(AgendaVersion).order_by(AgendaVersion.id)).first()
    assert version is not None
    paper = version.open_contents["items"][0]["papers"][0]
    pack = db.session.get_one(Pack, version.public_pack_id)
    pack.fast_file_sha256 = "f" * 64
    db.session.commit()
    pages = ("/integrity?of=agendas", "/integrity.json?of=agendas")
    for page in pages:
        before = visitor.get(page).text
        assert paper["title"] in before
        assert str(pack.file_sha256) in before
        assert "f" * 64 in before, "The copy that is handed out can be checked too."
    take_down(officer, thing)
    for page in pages:
        answer = visitor.get(page).text
        assert paper["title"] not in answer
        assert "A paper that was taken down" in answer
        assert paper["sha256"] in answer


@pytest.mark.parametrize("kind", STATUTORY)
def test_a_statutory_record_stays_until_the_monitoring_officer_allows_it(
    published: Published,
    visitor: Reader,
    officer: Reader,
    monitoring_officer: Reader,
    kind: PublishedKind,
) -> None:
    thing = thing_of(published, kind)
    before = statuses(visitor, thing)
    made = take_down(officer, thing)
    assert statuses(visitor, thing) == before
    (mail,) = db.session.scalars(select(Mail).where(Mail.kind == "takedown")).all()
    assert REASON in mail.text
    assert thing.title not in mail.text
    page = f"/takedowns/{made}"
    officer.get(page)
    assert "Only the monitoring officer" in officer.words()
    refused = officer.post(page, {"version": "1", "allow": "1"})
    assert refused.status_code == 422
    assert statuses(visitor, thing) == before
    monitoring_officer.get(page)
    allowed = monitoring_officer.post(page, {"version": "1", "allow": "1"})
    assert allowed.status_code == 303
    assert REASON in words_at(visitor, thing.addresses[0])


def test_the_monitoring_officer_may_refuse_and_must_say_why(
    published: Published, visitor: Reader, officer: Reader, monitoring_officer: Reader
) -> None:
    thing = thing_of(published, PublishedKind.MINUTES)
    page = f"/takedowns/{take_down(officer, thing)}"
    monitoring_officer.get(page)
    assert monitoring_officer.post(page, {"version": "1", "refuse": "1"}).status_code == 422
    assert monitoring_officer.mistakes() == ["Enter the reason."]
    monitoring_officer.post(page, {"version": "1", "refuse": "1", "reason": "It must stay."})
    made = db.session.scalars(select(Takedown)).one()
    assert made.status is TakedownStatus.REFUSED
    assert set(statuses(visitor, thing).values()) <= {200, 404}


def test_a_paper_stopped_at_once_waits_for_a_confirmation(
    published: Published, officer: Reader, monitoring_officer: Reader
) -> None:
    page = f"/takedowns/{take_down(officer, thing_of(published, PublishedKind.PAPER))}"
    officer.get(page)
    assert "still to confirm" in officer.words()
    assert officer.post(page, {"version": "1", "confirm": "1"}).status_code == 422
    assert monitoring_officer.post(page, {"version": "1", "confirm": "1"}).status_code == 303
    officer.get(page)
    assert "still to confirm" not in officer.words()


def test_nobody_takes_a_thing_down_twice(published: Published, officer: Reader) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    take_down(officer, thing)
    again = officer.post(f"/takedowns/{thing.kind.value}/{thing.id}", {"reason": REASON})
    assert again.status_code == 422
    assert db.session.scalars(select(Takedown)).all().__len__() == 1


def test_two_people_answering_at_once_are_told(
    published: Published, monitoring_officer: Reader, officer: Reader
) -> None:
    page = f"/takedowns/{take_down(officer, thing_of(published, PublishedKind.PAPER))}"
    monitoring_officer.post(page, {"version": "1", "confirm": "1"})
    late = officer.post(page, {"version": "1", "lift": "1", "reason": "Put back."})
    assert late.status_code == 422
    assert "Somebody else saved" in officer.words()


@pytest.mark.parametrize("role", [Role.REPORT_AUTHOR, Role.COMMITTEE_MEMBER])
def test_others_find_no_such_page(published: Published, pages_app: Flask, role: Role) -> None:
    reader = signed_in(pages_app, role)
    thing = thing_of(published, PublishedKind.PAPER)
    address = f"/takedowns/{thing.kind.value}/{thing.id}"
    assert reader.get(address).status_code == 404
    assert reader.post(address, {"reason": REASON}).status_code == 404


def test_an_auditor_reads_the_register_and_takes_nothing_down(
    published: Published, pages_app: Flask
) -> None:
    reader = signed_in(pages_app, Role.AUDITOR)
    assert reader.get("/takedowns").status_code == 200
    thing = thing_of(published, PublishedKind.PAPER)
    address = f"/takedowns/{thing.kind.value}/{thing.id}"
    assert reader.post(address, {"reason": REASON}).status_code == 404
    assert not db.session.scalars(select(Takedown)).all()


@pytest.mark.parametrize("address", ["/takedowns/user_account/1", "/takedowns/paper_version/99999"])
def test_what_was_never_published_cannot_be_taken_down(officer: Reader, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_a_reason_is_needed(published: Published, officer: Reader) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    address = f"/takedowns/{thing.kind.value}/{thing.id}"
    officer.get(address)
    assert officer.post(address, {"reason": "  "}).status_code == 422
    assert officer.mistakes() == ["Enter why it is taken down"]


def test_the_register_names_what_waits_first(published: Published, officer: Reader) -> None:
    take_down(officer, thing_of(published, PublishedKind.MINUTES))
    take_down(officer, thing_of(published, PublishedKind.PAPER))
    officer.get("/takedowns")
    words = officer.words()
    assert words.index("Minutes:") < words.index("Paper:")
    assert "To be confirmed" in words


def test_what_the_monitoring_officer_confirmed_is_theirs_alone_to_put_back(
    published: Published, visitor: Reader, officer: Reader, monitoring_officer: Reader
) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    page = f"/takedowns/{take_down(officer, thing)}"
    monitoring_officer.post(page, {"version": "1", "confirm": "1"})
    officer.get(page)
    typed = {"version": "2", "reason": "Not so bad.", "lift": "1"}
    assert officer.post(page, typed).status_code == 422
    assert visitor.get(thing.addresses[0]).status_code == 410
    assert monitoring_officer.post(page, typed).status_code == 303
    assert visitor.get(thing.addresses[0]).status_code == 200


def test_a_paper_of_an_earlier_version_can_be_taken_down_too(
    published: Published, officer: Reader
) -> None:
    thing = thing_of(published, PublishedKind.PAPER)
    earlier = db.session.get_one(AgendaVersion, published.ids[PublishedKind.AGENDA])
    version = AgendaVersion(
        **{
            name: getattr(earlier, name)
            for name in AgendaVersion.__table__.columns.keys()  # noqa: SIM118  # a collection of columns, no dictionary
            if name not in ("id", "number", "open_contents", "change_reason")
        },
        number=2,
        open_contents={"meeting": earlier.open_contents["meeting"], "items": []},
        change_reason="The paper was replaced.",
    )
    db.session.add(version)
    db.session.commit()
    officer.get(f"/meetings/{published.meeting_id}")
    ways = {str(link["href"]) for link in officer.page.select('a[href^="/takedowns/"]')}
    assert f"/takedowns/paper_version/{thing.id}" in ways
    assert f"/takedowns/agenda_version/{earlier.id}" in ways
    assert f"/takedowns/agenda_version/{version.id}" in ways
