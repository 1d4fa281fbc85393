"""Columns of what every slice uses: classes, audit, work, mail, reminders, search, takedowns."""
# ruff: noqa: S106 - "secret" is the name of a class, not a secret

from committee.database_rights.classes import EVERY_ROW, TableClasses

# The policy of takedowns shows the public those in force alone.
_FOUND_BY_WHAT_IS_DOWN = """
    NOT EXISTS (
        SELECT FROM public.takedown down WHERE CASE down.kind
            WHEN 'paper_version' THEN search_entry.kind = 'paper'
                AND search_entry.subject_id = down.subject_id
            WHEN 'agenda_version' THEN search_entry.meeting_id = down.meeting_id
                AND search_entry.kind <> 'minute'
            WHEN 'minutes_version' THEN search_entry.meeting_id = down.meeting_id
                AND search_entry.kind = 'minute'
            WHEN 'decision_notice' THEN search_entry.kind = 'decision'
                AND search_entry.subject_id = down.decision_id
            WHEN 'record_version' THEN search_entry.kind = 'decision'
                AND search_entry.subject_id = down.decision_id
            ELSE search_entry.kind = 'consultation'
                AND search_entry.subject_id = down.consultation_id
        END
    )
"""

TABLES = {
    "audit_entry": TableClasses(
        exempt="id at act subject_kind subject_id before_sha256 after_sha256 request_id",
        personal="actor_id for_whom_id",
    ),
    "audit_check": TableClasses(
        public="id day at sound seq hash", exempt="findings", rows=EVERY_ROW
    ),
    "determination": TableClasses(
        exempt="id subject_kind subject_id factors_for factors_against conclusion review_on "
        "decided_at recorded_from classification exempt_paragraphs terms_of_contract "
        "confidence_basis",
        personal="decided_by_id",
    ),
    "reading_rule": TableClasses(
        exempt="id role standing ground may_read reason set_at", personal="set_by_id"
    ),
    "audit_link": TableClasses(exempt="seq entry_id previous hash"),
    "work": TableClasses(
        exempt="id kind subject_id status due_at attempts errors lease_until lease_token hinted_at "
        "done_at last_error request_id"
    ),
    # Whether the parts of the system are at work is told to machines that watch it.
    "sign_of_life": TableClasses(public="name seen_at", rows=EVERY_ROW),
    "mail": TableClasses(
        exempt="id key kind subject status message_id created_at sent_at last_error concerns_kind "
        "concerns_id",
        personal="to_address to_user_id",
        # A letter may hold a link by which its reader chooses a password.
        secret="text html",
    ),
    "obligation": TableClasses(
        exempt="id dedupe_key kind subject_kind subject_id committee_id words address remind_on "
        "deadline_on status attempts lease_until lease_token mail_id created_at done_at last_error",
        personal="user_id",
    ),
    # Filled from what is published alone.
    "search_entry": TableClasses(
        public="id kind subject_id page printed_page meeting_id committee_id title text address "
        "dated made_of words",
        rows=_FOUND_BY_WHAT_IS_DOWN,
    ),
    # The public reads why a thing is gone, not what it was called.
    "takedown": TableClasses(
        public="id kind subject_id status reason addresses meeting_id decision_id consultation_id "
        "began_at",
        exempt="committee_id title asked_at ended_at end_reason version",
        personal="asked_by_id allowed_by_id ended_by_id",
        rows="takedown.status = 'in_force'",
    ),
}
