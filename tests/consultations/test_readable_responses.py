"""The public reads those responses that are open, once their consultation has closed."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import event

from committee.clock import now
from committee.consultations import publishing, service
from committee.consultations.models import Consultation
from committee.consultations.rules import Consent, ConsultationStatus, Position
from committee.extensions import db
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests.consultations import builders
from tests.consultations.builders import AFTER, CONFIDENTIAL, exempt, opened
from tests.consultations.conftest import said
from tests.pages.reader import Reader


def close(asked: Consultation, set_clock: Callable[[date], None]) -> str:
    """Close it, and answer where its responses may be read."""
    set_clock(AFTER)
    service.close_ended(AFTER)
    db.session.commit()
    return f"/consultations/{asked.slug}/open-responses"


def test_the_public_reads_what_is_open_once_the_consultation_has_closed(
    officer: Reader,
    visitor: Reader,
    open_consultation: Consultation,
    set_clock: Callable[[date], None],
) -> None:
    named = {"name": "Jo Bloggs", "consent": Consent.IN_FULL, "position": Position.SUPPORT}
    shown = opened(said(open_consultation, "Heartfelt words", **named))
    opened(said(open_consultation, "Other words", name="Kept Back", organisation="Orgonauts"))
    hidden = [
        said(open_consultation, "Hidden one", name="Hidden", consent=Consent.IN_FULL),
        said(open_consultation, "Hidden two", consent=Consent.NOT_PUBLISHED),
        builders.classed(said(open_consultation, "Hidden three"), exempt(1)),
        builders.classed(said(open_consultation, "Hidden four"), CONFIDENTIAL),
    ]
    db.session.commit()
    address = f"/consultations/{open_consultation.slug}/open-responses"
    for reader in (visitor, officer):
        assert reader.get(address).status_code == 404
    assert close(open_consultation, set_clock) == address
    visitor.get(f"/consultations/{open_consultation.slug}")
    link = visitor.page.find("a", string="Responses that may be read")
    visitor.get(link["href"])
    for reader in (visitor, officer):
        answer = reader.get(address)
        for word in ("Heartfelt words", "Jo Bloggs", "(support)", "Other words", "Orgonauts"):
            assert word in reader.words()
        for word in ("Hidden", "Kept Back", shown.receipt, *(each.receipt for each in hidden)):
            assert word not in answer.text
    assert "noindex" in visitor.page.select_one("meta[name=robots]")["content"]
    # What is closed again is gone at once.
    builders.classed(shown, exempt(1))
    db.session.commit()
    visitor.get(address)
    assert "Heartfelt" not in visitor.words()
    assert "Other words" in visitor.words()


def test_a_closed_consultation_of_which_nothing_is_open_tells_nothing(
    officer: Reader,
    visitor: Reader,
    open_consultation: Consultation,
    set_clock: Callable[[date], None],
) -> None:
    said(open_consultation, "Words")
    db.session.commit()
    address = close(open_consultation, set_clock)
    visitor.get(address)
    assert "No response may be read yet" in visitor.words()
    visitor.get(f"/consultations/{open_consultation.slug}")
    assert "Responses that may be read" not in visitor.words()


def test_what_is_withdrawn_or_taken_down_is_not_read(
    officer: Reader,
    visitor: Reader,
    open_consultation: Consultation,
    set_clock: Callable[[date], None],
) -> None:
    opened(said(open_consultation, "Heartfelt words"))
    db.session.commit()
    address = close(open_consultation, set_clock)
    assert "Heartfelt" in visitor.get(address).text
    thing = published_thing(PublishedKind.CONSULTATION, open_consultation.id)
    stopped = takedowns.take_down(thing, reason="A name.", now=now(), by=None, may_allow=True)
    db.session.commit()
    answer = visitor.get(address)
    assert answer.status_code == 410
    assert "Heartfelt" not in answer.text
    takedowns.lift(stopped, reason="Mended.", now=now(), by=None)
    service.withdraw(open_consultation, "It is not needed.", by=None)
    db.session.commit()
    assert open_consultation.status is ConsultationStatus.WITHDRAWN
    assert visitor.get(address).status_code == 404


def test_the_readable_ones_come_fifty_a_page_in_few_queries(
    officer: Reader,
    visitor: Reader,
    open_consultation: Consultation,
    set_clock: Callable[[date], None],
) -> None:
    for number in range(51):
        opened(said(open_consultation, f"Words {number}."))
    db.session.commit()
    address = close(open_consultation, set_clock)
    publishing.publish_summary(
        open_consultation, change_reason=None, now=now(), today=AFTER, by=None
    )
    db.session.commit()
    asked: list[str] = []

    def note(*seen: object) -> None:
        asked.append(str(seen[2]))

    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        visitor.get(address)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) <= 15, "\n".join(asked)
    visitor.get(f"{address}?page=2")
    assert len(visitor.page.select(".app-divided__row")) == 1
    assert "Words 50." in visitor.words()
