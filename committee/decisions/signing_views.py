"""The decision maker's own page: the words, the confirmations, and the signature."""

from flask import Blueprint, flash, render_template
from flask_login import current_user

from committee.clock import now, today
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.constitution import current_constitution
from committee.decisions import access, classing, drafting, service, signing
from committee.decisions.models import Decision
from committee.decisions.record_document import parts_shown, quotation
from committee.decisions.record_forms import SignForm
from committee.decisions.signing import Confirmed, Interest
from committee.extensions import db
from committee.people.permissions import Permission, requires
from committee.people.proving_views import needs_factor
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown

signatures = Blueprint("signatures", __name__)


@signatures.route("/decisions/<decision_number:number>/sign", methods=["GET", "POST"])
@requires(Permission.DECISION_TAKE)
@needs_factor
def sign(number: str) -> Page:
    """Take the decision, for the one whose portfolio it is in today."""
    decision = access.decision_to_take(number, today=today())
    form = SignForm()
    if form.is_submitted() and form.interest.data == Interest.DISCLOSABLE.value:
        return _blocked(decision, form)
    if form.validate_on_submit():
        try:
            _sign(decision, form)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(f"You have taken decision {number}. Its record can now be published.", "success")
            return see_other("decision_pages.decision", number=number)
    return _page(decision, form)


def _sign(decision: Decision, form: SignForm) -> None:
    signing.sign(
        decision,
        current_user,
        current_constitution().decisions,
        shown_sha256=form.shown_sha256.data or "",
        confirmed=Confirmed(
            equality=form.equality.data,
            responses=form.responses.data,
            interest=Interest(form.interest.data),
            interest_words=form.interest_words.data,
        ),
        now=now(),
        today=today(),
    )


def _blocked(decision: Decision, form: SignForm) -> Page:
    """A disclosable interest is kept on record, and somebody else has to decide."""
    signing.note_disclosable_interest(decision, current_user)
    db.session.commit()
    form.form_errors.append(signing.DISCLOSABLE)
    page = _page(decision, form, must_pass_on=True)
    return (page, 422) if isinstance(page, str) else page


def _page(decision: Decision, form: SignForm, *, must_pass_on: bool = False) -> Page:
    said, sha256 = signing.to_be_signed(decision)
    form.shown_sha256.data = sha256
    page = render_template(
        "decisions/sign.html",
        decision=decision,
        form=form,
        words=said,
        parts=parts_shown(said),
        sha256=sha256,
        report=drafting.quoted_report(decision),
        quoted=[quotation(quote) for quote in said["consultations"]],
        early=signing.too_early(decision, current_constitution().decisions, today=today()),
        placeholders=drafting.placeholders(decision),
        equality=signing.equality_confirmation(decision),
        responses=signing.responses_confirmation(decision),
        must_pass_on=must_pass_on,
        record=service.record_of(decision),
        obstacle=classing.obstacle(decision),
        classes=CLASSIFICATION_LABELS,
    )
    access.note_words_shown(decision)
    return shown(page, form)
