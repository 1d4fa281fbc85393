"""What reminders say: one short letter in plain text for one person, one thing and one day."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from committee.law.calendar import in_words
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationKind
from config import Settings


@dataclass(frozen=True)
class Letter:
    """A subject line and the text under it."""

    subject: str
    text: str


# The beginning of each subject line: before its day, on it, after it. What is due follows.
_SUBJECTS = {
    ObligationKind.REPORT_DUE: ("Report due on {day}", "Report due today", "Report due"),
    ObligationKind.REPORT_LATE: ("Report late", "Report late", "Report late"),
    ObligationKind.AGENDA_TO_PUBLISH: (
        "Agenda to publish by {day}",
        "Agenda to publish today",
        "Agenda not published in time",
    ),
    ObligationKind.CONSULTATION_CLOSING: (
        "Consultation closes on {day}",
        "Consultation closes today",
        "Consultation closed",
    ),
    ObligationKind.DECISION_READY_TO_SIGN: ("Ready to sign",) * 3,
    ObligationKind.CALL_IN_ENDED: ("Call-in ended",) * 3,
    ObligationKind.ACTION_DUE: ("Action due on {day}", "Action due today", "Action overdue"),
    ObligationKind.EXEMPTION_REVIEW: (
        "Exemption to review by {day}",
        "Exemption to review today",
        "Exemption not reviewed in time",
    ),
}

# The frame of them all is layouts/reminder.txt.
_TEXTS = {
    ObligationKind.REPORT_DUE: "emails/reminder_report_due.txt",
    ObligationKind.REPORT_LATE: "emails/reminder_report_late.txt",
    ObligationKind.AGENDA_TO_PUBLISH: "emails/reminder_agenda_to_publish.txt",
    ObligationKind.CONSULTATION_CLOSING: "emails/reminder_consultation_closing.txt",
    ObligationKind.DECISION_READY_TO_SIGN: "emails/reminder_decision_ready_to_sign.txt",
    ObligationKind.CALL_IN_ENDED: "emails/reminder_call_in_ended.txt",
    ObligationKind.ACTION_DUE: "emails/reminder_action_due.txt",
    ObligationKind.EXEMPTION_REVIEW: "emails/reminder_exemption_review.txt",
}


def letter(obligation: Obligation, *, today: date, council: str) -> Letter:
    """The letter of a reminder that goes out `today`, in the name of the council."""
    return Letter(
        subject=f"{_beginning(obligation, today)}: {_unquoted(obligation.words)}",
        text=_text(_TEXTS[obligation.kind], obligation, today=today, council=council),
    )


def letter_of_failure(obligation: Obligation, *, today: date, council: str) -> Letter:
    """What officers are told of a reminder that could not be sent and was set aside."""
    return Letter(
        subject=f"A reminder could not be sent: {_unquoted(obligation.words)}",
        text=_text("emails/reminder_failed.txt", obligation, today=today, council=council),
    )


def _beginning(obligation: Obligation, today: date) -> str:
    before, on, after = _SUBJECTS[obligation.kind]
    day = obligation.deadline_on
    if day is None or day == today:
        return on
    return before.format(day=in_words(day)) if today < day else after


def _unquoted(words: str) -> str:
    """Without the marks around a title, which only lengthen a subject line."""
    return words.replace("“", "").replace("”", "")


def _text(name: str, obligation: Obligation, **facts: object) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    # Not flask.render_template, which asks who is signed in: a worker has no request.
    template = current_app.jinja_env.get_template(name)
    text = template.render(
        obligation=obligation,
        person=obligation.user.name,
        committee=obligation.committee.name,
        base=settings.public_url,
        in_words=in_words,
        **facts,
    )
    return f"{text.strip()}\n"
