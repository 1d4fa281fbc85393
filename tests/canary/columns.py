"""What the columns of the database hold: words for anyone, words of the machine, or secrets.

A column that is in neither of the first two tables carries a token, and so does a new one. A column
stands in the first only if its words are public in every row; a title that is public for open
items and not for exempt ones is a secret, and the token stands in a row that is hidden.
"""

from typing import Final

# Columns whose words anyone may read in every row, with the reason.
PUBLIC: Final[dict[str, str]] = {
    "council.name": "stands on every page",
    "council.brand_colour": "the style sheet of every page",
    "council.language": "every page says its language",
    "officer.name": "the officer whom an agenda names for questions",
    "officer.job_title": "as above",
    "officer.telephone": "as above",
    "officer.email": "as above",
    "political_group.name": "groups stand on agendas",
    "portfolio.title": "offices that decide are named in the forward plan",
    "committee.name": "every committee is public",
    "committee.slug": "its address",
    "committee.description": "on its page",
    "councillor.name": "members are public",
    "term_of_office.division": "whom a councillor stands for is public",
    "meeting.place": "section 100A(6): time and place are made public",
    "meeting.notices": "printed on the agenda; written for everyone",
    "meeting.moved_because": "told beside the new date",
    "user_account.name": "officers and decision makers are named in notices, records and minutes",
    "user_account.job_title": "beside the name",
    "agenda_item.public_title": "approved for the public",
    "agenda_item.urgent_reason": "section 100B(4)(b): stated in the minutes",
    "agenda_version.deadline_basis": "how a date was reached",
    "agenda_version.late_reason": "published with the agenda",
    "agenda_version.change_reason": "published with the agenda",
    "agenda_version.open_contents": "frozen as open",
    "decision.earliest_basis": "how a date was reached",
    "decision.call_in_basis": "how a date was reached",
    "decision.call_in_waiver_reason": "published with the record that takes effect at once",
    "decision.call_in_waiver_agreed_by": "as above",
    "decision_notice.contents": "published as the forward plan",
    "decision_notice.change_reason": "published with the notice",
    "minutes.signed_by": "who signed the minutes",
    "minutes_version.open_contents": "frozen as open",
    "minutes_version.change_reason": "published with the minutes",
    "minute.public_summary": "written for the public",
    "record_version.contents": "frozen as open",
    "record_version.change_reason": "published with the record",
    "summary_version.contents": "published results",
    "summary_version.change_reason": "published with the results",
    "consultation_extension.reason": "told beside the new date",
    "deferral.reason": "told in the work programme",
    "search_entry.title": "filled from open contents alone",
    "search_entry.text": "as above",
    "search_entry.address": "as above",
    "search_entry.printed_page": "as above",
}

# Columns whose words are the machine's own or must have a form that a token has not. Where such a
# word is itself a secret, what is hidden is its hash, and other tests try to guess it.
HELD_BY_A_RULE: Final[dict[str, str]] = {
    "work.request_id": "made for each request and sent back with its answer",
    "audit_entry.act": "a word of the code; no row can be changed",
    "audit_entry.subject_kind": "a word of the code",
    "audit_entry.request_id": "made for each request",
    "sign_of_life.name": "a word of the code",
    "agenda_item.decision_number": "a number of a form of its own",
    "agenda_item.own_number": "a number that is printed",
    "report.decision_number": "a number of a form of its own",
    "programme_item.decision_number": "a number of a form of its own",
    "decision.number": "a number of a form of its own",
    "pack.key": "a hash",
    "audit_link.previous": "a hash",
    "paper_version.code": "a word of the code",
    "people_file.kind": "a word of the code",
    "mail.kind": "a word of the code",
    "mail.concerns_kind": "the name of a table",
    "mail.message_id": "made of the mail's key",
    "obligation.subject_kind": "the name of a table",
    "report.due_basis": "how a date was reached",
    "recommendation.verbs": "words of the code",
    "response.sending": "a hash",
    "search_entry.made_of": "the numbers of versions",
}

# How the names of columns end that hold a hash or, which is the same, the name of a stored file.
HASHES: Final = ("sha256", "hash")

# Which rows are hidden, where the last row of a table need not be.
HIDDEN_ROWS: Final[dict[str, str]] = {
    "agenda_item": "classification = 'exempt'",
    "agenda_version": "true",
    "decision": "status IN ('draft', 'abandoned')",
    "decision_record": "decision_id IN (SELECT id FROM decision WHERE status = 'draft')",
    "consultation": "published_at IS NULL",
    "question": "consultation_id IN (SELECT id FROM consultation WHERE published_at IS NULL)",
    "question_option": "question_id IN (SELECT q.id FROM question q JOIN consultation c "
    "ON c.id = q.consultation_id WHERE c.published_at IS NULL)",
    "respondent_type": "consultation_id IN "
    "(SELECT id FROM consultation WHERE published_at IS NULL)",
    "minute": "classification <> 'open'",
    "report": "status NOT IN ('accepted')",
    "programme_item": "status = 'dropped'",
    "contact_detail": "NOT published",
    "response": "classification <> 'open'",
    "answer": "response_id IN (SELECT id FROM response WHERE classification <> 'open')",
}
