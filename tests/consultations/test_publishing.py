"""Results are frozen, made into a PDF, quoted by the decision, and said to be out of date."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from committee.commands.working import do_owed
from committee.consultations import publishing, service, themes
from committee.consultations.models import Consultation, SummaryVersion
from committee.consultations.rules import ConsultationStatus, Position
from committee.consultations.summary import contents_of
from committee.consultations.themes import ThemeFields
from committee.decisions.rules import DecisionStatus
from committee.decisions.service import is_out_of_date as decision_is_out_of_date
from committee.documents.published.quoted_figures import figures_of
from committee.extensions import db, owner_engine
from committee.frozen import canonical_sha256
from committee.people.roles import Role
from committee.states import NotAllowed
from committee.storage import current_storage
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks.dated import do_dated
from tests import builders as people
from tests.consultations import builders
from tests.consultations.conftest import signed_in
from tests.consultations.test_public_pages import Clock
from tests.decisions import builders as decisions
from tests.pages.reader import Reader

PUBLISHED_ON = date(2018, 4, 20)


def publish(made: Consultation, reason: str | None = None) -> SummaryVersion:
    """Close it if it is open, and publish its results."""
    service.close_ended(builders.AFTER)
    return publishing.publish_summary(
        made, change_reason=reason, now=builders.AN_INSTANT, today=PUBLISHED_ON, by=None
    )


def words_of_pdf(version: SummaryVersion) -> str:
    """The text of the PDF that a worker makes of it."""
    db.session.commit()
    do_owed(WorkKind.MAKE_SUMMARY_FILES, [version.id], label="", quiet=True)
    db.session.refresh(version)
    content = current_storage().local_path(version.pdf_sha256).read_bytes()
    with pypdfium2.PdfDocument(BytesIO(content)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return " ".join(" ".join(pages).split())


def test_the_school_table_is_in_the_page_and_in_the_pdf(visitor: Reader, set_clock: Clock) -> None:
    made = builders.the_school_consultation(title="A resource provision")
    version = publish(made)
    printed = words_of_pdf(version)
    visitor.get(f"/consultations/{made.slug}/summary")
    for row in (
        "Parents/carers 67 4 5 76",
        "Parent and Governor 1 0 0 1",
        "Parent and Staff Member 1 0 0 1",
        "Pupils 3 0 0 3",
        "Governors 1 0 0 1",
        "Members of staff 12 1 1 14",
        "Local Resident 1 0 0 1",
        "Other Interested parties 1 1 0 2",
        "Total 87 6 6 99",
    ):
        assert row in visitor.words()
        assert row in printed
    answer = visitor.get(f"/consultations/{made.slug}/summary/1/pdf")
    assert answer.mimetype == "application/pdf"


def test_a_closed_question_says_of_how_many(visitor: Reader, set_clock: Clock) -> None:
    made = builders.the_transport_consultation()
    printed = words_of_pdf(publish(made))
    visitor.get(f"/consultations/{made.slug}/summary")
    for words in ("59 of 88 who answered, 67%", "3 of 88 who answered, 3%", "26 of 88 who"):
        assert words in visitor.words()
    for words in ("Agree 59 67%", "Disagree 3 3%", "Total who answered 88", "88 of 91"):
        assert words in printed


def test_every_part_of_the_results_is_in_the_pdf(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation(published=False)
    age = builders.a_question(made, "How old?", "Young", "Middle", "Old", "Older", monitoring=True)
    builders.publish(made)
    noise = themes.add_theme(
        made, ThemeFields("Noise", Position.SUPPORT, officers_answer="A wall is built."), by=None
    )
    for option, number in zip(age.options, (20, 3, 4, 1), strict=False):
        for _ in range(number):
            builders.a_response(made, monitoring={age.id: (option.id,)})
    response = builders.a_response(made)
    themes.set_themes(made, response, [noise.id], now=builders.AN_INSTANT, by=officer.id)
    builders.keyed_in(made, "Pupils", by=officer.id, received_on=date(2018, 4, 12))
    printed = words_of_pdf(publish(made))
    for words in (
        "Responses that came late",
        "A wall is built.",
        "one person may have commented on several themes",
        "Middle [c]",
        "Together they come to 8.",
        "Came after the closing date: 1.",
        "42 days",
    ):
        assert words in printed


def test_what_is_published_is_frozen_with_its_hash(app: Flask) -> None:
    made = builders.the_transport_consultation()
    version = publish(made)
    assert version.sha256 == canonical_sha256(version.contents)
    assert (made.status, made.reported_on) == (ConsultationStatus.REPORTED, PUBLISHED_ON)
    figures = figures_of(version.contents)
    assert figures.responses == 91
    assert [answer.count for answer in figures.questions[0].answers] == [59, 3, 26]
    owed = db.session.scalars(select(Work.subject_id).order_by(Work.id)).all()
    assert owed == [version.id]


def test_results_are_not_published_while_people_can_respond(app: Flask) -> None:
    made = builders.a_consultation()
    with pytest.raises(NotAllowed, match="cannot become “Results published”"):
        publishing.publish_summary(
            made, change_reason=None, now=builders.AN_INSTANT, today=PUBLISHED_ON, by=None
        )


def test_the_same_results_are_not_published_twice_and_new_ones_say_why(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    builders.a_response(made)
    first = publish(made)
    with pytest.raises(NotAllowed, match="Nothing has changed"):
        publish(made, "Why not")
    assert not publishing.is_out_of_date(first, contents_of(made))
    builders.keyed_in(made, by=officer.id, received_on=PUBLISHED_ON)
    assert publishing.is_out_of_date(first, contents_of(made))
    with pytest.raises(NotAllowed, match="Say why"):
        publish(made)
    second = publish(made, "A letter came late.")
    assert (second.number, second.change_reason) == (2, "A letter came late.")
    assert first.contents["responses"]["late"] == 0
    assert not publishing.is_out_of_date(second, contents_of(made))


def test_the_database_refuses_a_later_version_without_a_reason(app: Flask) -> None:
    made = builders.a_consultation()
    version = publish(made)
    db.session.commit()
    spoil = text("UPDATE summary_version SET number = 2 WHERE id = :id")
    # As the owner of the tables: the application's login may not touch what is frozen at all.
    with pytest.raises(IntegrityError, match="reason"), owner_engine().begin() as owner:
        owner.execute(spoil, {"id": version.id})


def test_the_decision_quotes_the_results_and_hears_of_later_ones(app: Flask) -> None:
    officer = people.a_user()
    decision = decisions.a_notified()
    made = builders.the_school_consultation(decision.committee, decision_id=decision.id)
    version = publish(made)
    db.session.flush()
    db.session.refresh(decision)
    assert decision.status is DecisionStatus.CONSULTED
    (quote,) = decision.consultation_quotes
    assert quote["contents"]["table"]["totals"] == [87, 6, 6]
    assert (quote["sha256"], quote["slug"]) == (version.sha256, made.slug)
    builders.keyed_in(made, by=officer.id, received_on=PUBLISHED_ON)
    publish(made, "A letter came late.")
    assert decision_is_out_of_date(decision)


def test_the_sweep_closes_and_the_page_publishes(
    officer: Reader, visitor: Reader, set_clock: Clock
) -> None:
    made = builders.a_consultation()
    builders.a_response(made, "Pupils")
    db.session.commit()
    address = f"/consultations/{made.slug}/summary"
    officer.get(address)
    assert "figures so far" in officer.words()
    set_clock(PUBLISHED_ON)
    do_dated()
    officer = signed_in(officer.client.application, Role.DEMOCRATIC_SERVICES_OFFICER)
    officer.get(address)
    assert "Not published yet" in officer.words()
    assert visitor.get(address).status_code == 404
    officer.follow(officer.post(address))
    assert "Published as version 1 on 20 April 2018" in officer.words()
    visitor.get(address)
    assert "Total 1 0 0 1" in visitor.words()
    key_in_a_late_letter(made)
    # Live figures are worked out for those alone who may read responses.
    assert visitor.get(address).status_code == 200
    assert "Out of date" not in visitor.words()
    officer.get(address)
    assert "Out of date" in officer.words()
    assert officer.post(address, {}).status_code == 422
    officer.follow(officer.post(address, {"change_reason": "A late letter."}))
    visitor.get(address)
    assert "What changed: A late letter." in visitor.words()
    visitor.get(f"{address}/1")
    assert "An earlier version" in visitor.words()


def key_in_a_late_letter(made: Consultation) -> None:
    """What reaches the council after its results were published."""
    officer = people.a_user()
    builders.keyed_in(made, "Pupils", by=officer.id, received_on=PUBLISHED_ON)
    db.session.commit()


def test_equality_figures_are_not_shown_while_each_answer_could_be_watched(
    officer: Reader, set_clock: Clock
) -> None:
    made = builders.a_consultation(published=False)
    age = builders.a_question(made, "How old?", "Young", "Old", monitoring=True)
    builders.publish(made)
    for _ in range(9):
        builders.a_response(made, monitoring={age.id: (age.options[0].id,)})
    db.session.commit()
    officer.get(f"/consultations/{made.slug}/summary")
    assert "How old?" not in officer.words()
    set_clock(PUBLISHED_ON)
    do_dated()
    officer = signed_in(officer.client.application, Role.DEMOCRATIC_SERVICES_OFFICER)
    officer.get(f"/consultations/{made.slug}/summary")
    assert "How old?" in officer.words()
    assert "9 answered this question" in officer.words()
