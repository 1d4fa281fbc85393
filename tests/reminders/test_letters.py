"""What reminders say, as the person who gets them reads it."""

from datetime import date

import pytest
from flask import Flask

from committee.extensions import db
from committee.law.calendar import DAY
from committee.reminders import letters
from committee.reminders.models import Obligation
from committee.reminders.reconciling import reconcile
from committee.reminders.rules import ObligationKind
from tests.reminders import builders
from tests.reminders.builders import LONG_BEFORE, TODAY, USUAL, everything_at_once
from tests.reminders.conftest import Staff

COUNCIL = "Example County Council"


def written(obligation: Obligation, today: date = TODAY) -> letters.Letter:
    return letters.letter(obligation, today=today, council=COUNCIL)


def of_kind(staff: Staff, kind: ObligationKind) -> Obligation:
    return builders.an_obligation(staff.author, staff.committee, kind=kind)


def test_a_letter_says_who_what_when_where_and_what_makes_it_stop(staff: Staff) -> None:
    obligation = builders.an_obligation(
        staff.author,
        staff.committee,
        kind=ObligationKind.REPORT_DUE,
        words="“More places & <b>buses</b>”, for the meeting on Tuesday 22 May 2018",
        address="/reports/12",
        deadline_on=date(2018, 5, 15),
    )
    letter = written(obligation)
    assert letter.subject == (
        "Report due on Tuesday 15 May 2018: More places & <b>buses</b>, "
        "for the meeting on Tuesday 22 May 2018"
    )
    assert letter.text == (
        "Sam,\n"
        "\n"
        "Your report is due on Tuesday 15 May 2018:\n"
        "\n"
        "    “More places & <b>buses</b>”, for the meeting on Tuesday 22 May 2018\n"
        "    Children’s & Young People’s Committee\n"
        "\n"
        "Finish it and send it to democratic services here:\n"
        "http://127.0.0.1:5050/reports/12\n"
        "\n"
        "Once you have sent it, you will not be reminded of it again. If you cannot send it in "
        "time, or it is not yours to write, tell democratic services: they can change the day or "
        "its author, or withdraw it.\n"
        "\n"
        "Quorate, for Example County Council\n"
    )


@pytest.mark.parametrize(
    ("kind", "before", "on", "after"),
    [
        (
            ObligationKind.REPORT_DUE,
            "Report due on Tuesday 8 May 2018",
            "Report due today",
            "Report due",
        ),
        (ObligationKind.REPORT_LATE, "Report late", "Report late", "Report late"),
        (
            ObligationKind.AGENDA_TO_PUBLISH,
            "Agenda to publish by Tuesday 8 May 2018",
            "Agenda to publish today",
            "Agenda not published in time",
        ),
        (
            ObligationKind.CONSULTATION_CLOSING,
            "Consultation closes on Tuesday 8 May 2018",
            "Consultation closes today",
            "Consultation closed",
        ),
        (
            ObligationKind.ACTION_DUE,
            "Action due on Tuesday 8 May 2018",
            "Action due today",
            "Action overdue",
        ),
        (
            ObligationKind.EXEMPTION_REVIEW,
            "Exemption to review by Tuesday 8 May 2018",
            "Exemption to review today",
            "Exemption not reviewed in time",
        ),
    ],
)
def test_the_subject_line_says_how_near_the_day_is(
    staff: Staff, kind: ObligationKind, before: str, on: str, after: str
) -> None:
    obligation = of_kind(staff, kind)
    for today, beginning in ((TODAY - DAY, before), (TODAY, on), (TODAY + DAY, after)):
        assert written(obligation, today).subject.startswith(f"{beginning}: Write to the parents")
        assert "None" not in written(obligation, today).text


@pytest.mark.parametrize("kind", ObligationKind)
def test_every_letter_is_short_and_whole(staff: Staff, kind: ObligationKind) -> None:
    no_day = kind in (ObligationKind.DECISION_READY_TO_SIGN, ObligationKind.CALL_IN_ENDED)
    obligation = of_kind(staff, kind)
    obligation.deadline_on = None if no_day else TODAY
    text = written(obligation).text
    assert text.startswith("Sam,\n\n")
    assert "\nhttp://127.0.0.1:5050/actions\n" in text
    assert len(text.split()) < 110
    assert "\n\n\n" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_a_letter_needs_no_request_and_follows_the_setting(
    staff: Staff, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = type(app.config["SETTINGS"])(
        **(vars(app.config["SETTINGS"]) | {"public_url": "https://example.org/committees"})
    )
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    text = written(of_kind(staff, ObligationKind.ACTION_DUE)).text
    assert "\nhttps://example.org/committees/actions\n" in text


def test_what_every_letter_links_to_is_a_page(app: Flask) -> None:
    everything_at_once()
    reconcile(USUAL, today=LONG_BEFORE)
    addresses = {row.kind: row.address for row in db.session.query(Obligation)}
    assert set(addresses) == set(ObligationKind)
    pages = app.url_map.bind("localhost")
    for address in addresses.values():
        assert pages.match(address, method="GET"), address
