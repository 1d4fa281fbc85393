"""Columns of decisions and consultations."""
# ruff: noqa: S106 - "secret" is the name of a class, not a secret

from committee.database_rights.classes import TableClasses, unless_down

_OF_PUBLIC_CONSULTATION = (
    "EXISTS (SELECT FROM public.consultation c WHERE c.id = {}.consultation_id)"
)

TABLES = {
    "decision_numbers": TableClasses(exempt="year last"),
    # What is to be decided is public as the newest notice says it, not as it is being changed.
    "decision": TableClasses(
        public="id number portfolio_id committee_id status notified_on earliest_on earliest_basis "
        "taken_on published_on call_in_ends_on effective_on call_in_basis end_reason",
        exempt="title matter is_key key_criterion restriction restriction_reason documents "
        "external_deadline_on urgency urgency_reason urgency_agreed_by exception_published_on "
        "consultation_quotes call_in_waiver_reason call_in_waiver_agreed_by version",
        personal="lead_officer_id",
        rows="EXISTS (SELECT FROM public.decision_notice told WHERE told.decision_id = decision.id)"
        " OR EXISTS"
        " (SELECT FROM public.record_version told WHERE told.decision_id = decision.id)",
    ),
    "decision_notice": TableClasses(
        public="id decision_id number published_at published_on contents change_reason",
        personal="published_by_id",
        rows=unless_down("decision_notice"),
    ),
    # Public as the record that was published tells of it, and there alone.
    "decision_record": TableClasses(
        exempt="id decision_id report_id classification exempt_paragraphs terms_of_contract "
        "confidence_basis decision_text reasons financial "
        "consultation_words committee_view committee_view_minute_id alternatives interests "
        "reassignment equality_state equality_assessed_on equality_words equality_confirmed "
        "responses_confirmed signed_at signed_sha256 signed_words version",
        personal="signed_by_id",
        looks_empty=True,
    ),
    "record_version": TableClasses(
        public="id decision_id kind number published_at published_on contents sha256 pdf_sha256 "
        "change_reason",
        exempt="restricted_contents",
        personal="published_by_id",
        rows=unless_down("record_version"),
    ),
    # Who asked is public once the request has been found valid; a refused one never is.
    "call_in": TableClasses(
        public="id decision_id requested_on requested_by status outcome outcome_on",
        exempt="reasons",
        personal="recorded_by_id",
        rows="call_in.status NOT IN ('requested', 'refused') AND EXISTS "
        "(SELECT FROM public.decision d WHERE d.id = call_in.decision_id)",
    ),
    "consultation": TableClasses(
        public="id committee_id decision_id slug title proposal opens_on closes_on status "
        "position_question published_at closed_on reported_on withdrawal_reason",
        exempt="promotion copies_sent version",
        personal="officer_id",
        rows=unless_down("consultation", "consultation.published_at IS NOT NULL"),
    ),
    "consultation_extension": TableClasses(
        public="id consultation_id closed_before closes_on reason extended_at",
        personal="extended_by_id",
        rows=_OF_PUBLIC_CONSULTATION.format("consultation_extension"),
    ),
    "respondent_type": TableClasses(
        public="id consultation_id position name singular",
        exempt="version",
        rows=_OF_PUBLIC_CONSULTATION.format("respondent_type"),
    ),
    "question": TableClasses(
        public="id consultation_id position kind text hint is_monitoring",
        exempt="version",
        rows=_OF_PUBLIC_CONSULTATION.format("question"),
    ),
    "question_option": TableClasses(
        public="id question_id position label",
        rows="EXISTS (SELECT FROM public.question q WHERE q.id = question_option.question_id)",
    ),
    # Of one response anyone reads the words, where it was opened, its respondent allows it, and
    # the consultation has closed; the name only as `published_name` has it.
    "response": TableClasses(
        public="id consultation_id position organisation published_name consent classification "
        "exempt_paragraphs terms_of_contract confidence_basis",
        personal="channel received_on on_time name other_type signatures keyed_in_by_id "
        "accepted_by_id same_person_as_id considered_by_id",
        secret="receipt sending",
        rows="response.classification = 'open' AND response.consent <> 'not_published' AND EXISTS "
        "(SELECT FROM public.consultation c WHERE c.id = response.consultation_id "
        "AND c.status IN ('closed', 'reported'))",
    ),
    "response_type": TableClasses(personal="response_id respondent_type_id"),
    "answer": TableClasses(
        public="id response_id question_id text",
        rows="answer.text IS NOT NULL AND EXISTS "
        "(SELECT FROM public.response r WHERE r.id = answer.response_id)",
    ),
    "answer_option": TableClasses(personal="answer_id option_id"),
    "monitoring_answer": TableClasses(personal="id question_id option_id"),
    "reading": TableClasses(personal="id response_id reader_id opened_at"),
    "theme": TableClasses(
        exempt="id consultation_id position stance name definition officers_answer version"
    ),
    "theme_occurrence": TableClasses(
        exempt="id theme_id response_id coded_at", personal="coded_by_id"
    ),
    "summary_version": TableClasses(
        public="id consultation_id number published_at published_on contents sha256 pdf_sha256 "
        "change_reason",
        personal="published_by_id",
        rows=unless_down("summary_version", _OF_PUBLIC_CONSULTATION.format("summary_version")),
    ),
}
