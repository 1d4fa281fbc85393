"""Every page that anyone may open, and how what stands on it is stopped."""

from flask import Flask

from committee.takedowns.rules import PublishedKind

AGENDA, PAPER, MINUTES = PublishedKind.AGENDA, PublishedKind.PAPER, PublishedKind.MINUTES
NOTICE, RECORD = PublishedKind.NOTICE, PublishedKind.RECORD
CONSULTATION, SUMMARY = PublishedKind.CONSULTATION, PublishedKind.SUMMARY

# What a takedown stops there.
STOPPED = {
    "consultation_classes.readable": {CONSULTATION},
    "consultation_summaries.pdf": {SUMMARY, CONSULTATION},
    "consultation_summaries.summary": {SUMMARY, CONSULTATION},
    "consultation_summaries.version": {SUMMARY, CONSULTATION},
    "consultations.consultation": {CONSULTATION},
    "consultations.overview": {CONSULTATION},
    "consultations.show_form": {CONSULTATION},
    "decision_pages.decision": {NOTICE, RECORD},
    "decision_pages.forward_plan": {NOTICE},
    "decision_pages.record": {RECORD},
    "decision_pages.record_pdf": {RECORD},
    "decision_pages.record_version": {RECORD},
    "decision_pages.taken": {RECORD},
    "feeds.decisions": {RECORD},
    "feeds.lately": {AGENDA, MINUTES, NOTICE, RECORD, CONSULTATION, SUMMARY},
    "integrity.as_json": {AGENDA, PAPER, MINUTES, NOTICE, RECORD, SUMMARY},
    "integrity.overview": {AGENDA, PAPER, MINUTES, NOTICE, RECORD, SUMMARY},
    "public.home": {NOTICE, RECORD, CONSULTATION},
    "public.meeting": {AGENDA, PAPER, MINUTES},
    "published_minutes.file": {MINUTES},
    "published_minutes.read": {MINUTES},
    "publishing.pack": {AGENDA, PAPER},
    "publishing.paper": {PAPER},
    "search.results": set(PublishedKind),
}

NOT_FROZEN = "What officers keep there they change or end on its own page, which holds at once."
NOTHING = "Nothing that was published stands there."
# What is no publication, and is put right where it is kept.
PUT_RIGHT_ELSEWHERE = {
    "councillors.councillor": NOT_FROZEN,
    "councillors.listed": NOT_FROZEN,
    "feeds.calendar": NOT_FROZEN,
    "feeds.committee_calendar": NOT_FROZEN,
    # An item is dropped there with its deferrals; one that is on an agenda goes with that.
    "programme.overview": NOT_FROZEN,
    "public.committee": NOT_FROZEN,
    "public.committees": NOT_FROZEN,
    "public.meetings": NOT_FROZEN,
    "account.choose": NOTHING,
    "account.forgotten": NOTHING,
    "caught_mail.message": NOTHING,
    "caught_mail.messages": NOTHING,
    "consultations.check_receipt": NOTHING,
    "health.show": NOTHING,
    "people.colours": NOTHING,
    "people.sign_in": NOTHING,
    "provider.answer": NOTHING,
    "provider.begin": NOTHING,
    "second_step.ask": NOTHING,
}


def test_of_every_public_page_it_is_said_how_it_is_stopped(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and getattr(app.view_functions[rule.endpoint], "permission", "") is None
    }
    assert public == STOPPED.keys() | PUT_RIGHT_ELSEWHERE.keys()


def test_there_is_no_kind_that_stands_nowhere() -> None:
    assert set().union(*STOPPED.values()) == set(PublishedKind)
