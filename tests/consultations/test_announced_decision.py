"""What a consultation tells of the decision it belongs to: its notice's words, and no others."""

from flask import Flask

from committee.consultations.models import Consultation
from committee.consultations.summary import contents_of
from committee.decisions import service
from committee.extensions import db
from tests.consultations import builders
from tests.decisions import builders as decisions
from tests.pages.reader import Reader


def consultation_on(decision: object) -> Consultation:
    made = builders.a_consultation(decision.committee, decision_id=decision.id)
    db.session.commit()
    return made


def test_a_decision_without_notice_is_not_named(visitor: Reader, set_clock: object) -> None:
    decision = decisions.a_decision(title="Closing the museum")
    made = consultation_on(decision)
    visitor.get(f"/consultations/{made.slug}")
    assert "Closing the museum" not in visitor.words()
    assert decision.number not in visitor.words()
    assert contents_of(made)["decision_number"] is None


def test_a_changed_title_is_not_shown_before_the_next_notice(
    visitor: Reader, set_clock: object
) -> None:
    decision = decisions.a_notified(title="The museum’s hours")
    made = consultation_on(decision)
    fields = decisions.some_fields(
        decision.committee, decision.portfolio, title="Closing the museum"
    )
    service.change_decision(decision, fields)
    db.session.commit()
    visitor.get(f"/consultations/{made.slug}")
    assert "Closing the museum" not in visitor.words()
    link = visitor.page.select_one(f"main a[href='/decisions/{decision.number}']")
    assert link is not None
    assert link.get_text() == f"{decision.number}, The museum’s hours"
    assert visitor.get(link["href"]).status_code == 200


def test_the_results_name_a_decision_with_a_notice(app: Flask) -> None:
    decision = decisions.a_notified()
    assert contents_of(consultation_on(decision))["decision_number"] == decision.number
