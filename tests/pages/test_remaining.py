"""What the page of a meeting says is left to do."""

from io import BytesIO

from committee.clock import now
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.packs.shelves import shelves_of
from committee.reports import service as reports
from committee.reports.rules import VersionStatus
from committee.storage import current_storage
from tests import builders
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader


def told(reader: Reader, furnished: Furnished) -> list[str]:
    """The steps on the meeting's page; each must lead to a page."""
    reader.get(f"/meetings/{furnished.meeting.id}")
    steps = reader.page.select(".app-remaining ol > li")
    words = [" ".join(step.get_text().split()) for step in steps]
    for step in steps:
        assert reader.get(step.a["href"].partition("#")[0]).status_code == 200
    return words


def a_built_pack(furnished: Furnished, audience: Audience) -> Pack:
    """A pack made from the agenda and papers as they stand."""
    from committee.agendas.service import numbered_items
    from committee.packs.shelves import _key_now

    pack = packs.ask_for(furnished.meeting, audience)
    pack.file_sha256 = current_storage().save(BytesIO(builders.a_pdf(2))).sha256
    pack.key = _key_now(furnished.meeting, audience, numbered_items(furnished.meeting))
    pack.status, pack.pages, pack.finished_at = PackStatus.BUILT, 2, now()
    db.session.commit()
    return pack


def accept(furnished: Furnished) -> None:
    """Let every paper be ready, and give the item without one its paper."""
    reports.remove(furnished.refused, now=now())
    for paper in (furnished.paper, builders.a_paper(furnished.exempt_item).paper):
        version = paper.newest
        version.prepared_sha256, version.pages = version.original_sha256, 2
        version.status = VersionStatus.ACCEPTED
    db.session.commit()


def test_each_thing_to_do_is_named_in_order(officer: Reader, furnished: Furnished) -> None:
    assert told(officer, furnished) == [
        "Send the papers that are missing: item 3",
        "Replace the papers that cannot be used: item 2",
        "Wait for the papers that are being checked: item 2",
        "Build the public pack: it has not been built yet",
        "Build the restricted pack: it has not been built yet",
    ]


def test_packs_are_followed_from_asking_to_out_of_date(
    officer: Reader, furnished: Furnished
) -> None:
    accept(furnished)
    a_built_pack(furnished, Audience.PUBLIC)
    asked = packs.ask_for(furnished.meeting, Audience.RESTRICTED)
    db.session.commit()
    assert told(officer, furnished) == ["Wait for the restricted pack: it is being built"]
    packs.begin(asked, now=now())
    packs.record_failed(asked, "The disk is full.", now=now())
    db.session.commit()
    assert told(officer, furnished) == ["Build the restricted pack again: the last build failed"]
    a_built_pack(furnished, Audience.RESTRICTED)
    assert told(officer, furnished) == []
    assert "Nothing: no paper is missing and both packs are up to date." in officer.words()
    furnished.meeting.place = "Another room"
    db.session.commit()
    assert told(officer, furnished) == [
        "Build the public pack again: agenda or papers have changed since",
        "Build the restricted pack again: agenda or papers have changed since",
    ]


def test_an_empty_agenda_comes_first(officer: Reader, furnished: Furnished) -> None:
    officer.get(f"/meetings/{furnished.empty.id}")
    steps = [step.get_text() for step in officer.page.select(".app-remaining li")]
    assert steps == ["Add the items of the agenda"]


def test_a_pack_built_long_ago_is_still_found(furnished: Furnished) -> None:
    old = a_built_pack(furnished, Audience.PUBLIC)
    for _ in range(25):
        a_built_pack(furnished, Audience.RESTRICTED)
    shelf = shelves_of(furnished.meeting, [])[0]
    assert (shelf.audience, shelf.current, shelf.latest) == (Audience.PUBLIC, old, old)


def test_a_meeting_that_is_past_is_not_called_scheduled(
    officer: Reader, visitor: Reader, furnished: Furnished
) -> None:
    address = f"/committees/{furnished.committee.slug}"
    officer.get(address)
    assert "To be marked as held" in officer.words()
    visitor.get(address)
    assert "Date passed" in visitor.words()
    visitor.get(f"/meetings/{furnished.empty.id}")
    assert "Date passed" in visitor.words()
    assert "Scheduled" not in visitor.words()
    assert "Nothing" not in visitor.words()
