"""Columns of meetings and their papers: agendas, reports, packs, minutes and the work programme."""

from committee.database_rights.classes import EVERY_ROW, TableClasses, unless_down

# Only as an agenda that was published told of it.
REPORT_IS_PUBLIC = """
    report.status = 'accepted' AND report.classification = 'open'
    AND EXISTS (
        SELECT FROM public.agenda_version told
        WHERE told.meeting_id = report.meeting_id
        AND told.open_contents @> jsonb_build_object('items', jsonb_build_array(
            jsonb_build_object('reports', jsonb_build_array(
                jsonb_build_object('report_id', report.id)))))
    )
"""

# On no agenda, and never closed without having been opened since; or on the agenda that was
# published last, as an open item.
PLANNED_FOR_ANYONE = """
    programme_item.status IN ('planned', 'on_agenda') AND (
        programme_item.agenda_item_id IS NULL AND NOT programme_item.was_closed OR EXISTS (
            SELECT FROM public.agenda_version told
            WHERE told.meeting_id = programme_item.meeting_id
            AND told.number = (
                SELECT max(newest.number) FROM public.agenda_version newest
                WHERE newest.meeting_id = told.meeting_id)
            AND told.open_contents @> jsonb_build_object('items', jsonb_build_array(
                jsonb_build_object('id', programme_item.agenda_item_id)))))
"""

TABLES = {
    "meeting": TableClasses(
        public="id committee_id held_on starts_at place status notices created_at moved_because "
        "version",
        rows=EVERY_ROW,
    ),
    # Public as the minutes that were published tell of them, and there alone.
    "attendance": TableClasses(
        personal="id meeting_id councillor_id substitute_for_id presence version"
    ),
    "attendee": TableClasses(personal="id meeting_id capacity name job_title"),
    "declaration": TableClasses(
        personal="id meeting_id councillor_id agenda_item_id kind left_meeting nature"
    ),
    # Public as the agenda that was published tells of them, and there alone.
    "agenda_item": TableClasses(
        exempt="id meeting_id position own_number kind title description decision_number "
        "public_title urgent_reason removed_at version classification exempt_paragraphs "
        "terms_of_contract confidence_basis"
    ),
    "agenda_version": TableClasses(
        public="id meeting_id number published_at published_on deadline_on deadline_basis "
        "clear_days late_reason change_reason public_pack_id open_contents",
        exempt="restricted_pack_id restricted_contents sha256",
        personal="published_by_id",
        rows=unless_down("agenda_version"),
    ),
    "programme_item": TableClasses(
        public="id committee_id meeting_id decision_number title requested_by requested_on status",
        exempt="agenda_item_id was_closed version",
        rows=PLANNED_FOR_ANYONE,
    ),
    "deferral": TableClasses(
        public="id programme_item_id from_meeting_id to_meeting_id deferred_on reason",
        personal="by_id",
        rows="EXISTS (SELECT FROM public.programme_item i WHERE i.id = deferral.programme_item_id)",
    ),
    "report": TableClasses(
        public="id meeting_id decision_number status classification accepted_at",
        exempt="agenda_item_id subject due_on due_basis from_whom exempt_paragraphs "
        "terms_of_contract confidence_basis past_pathway future_pathway divisions summary "
        "background_documents no_background_documents contacts submitted_at version",
        personal="author_id asked_by_id",
        rows=REPORT_IS_PUBLIC,
    ),
    "recommendation": TableClasses(exempt="id report_id position verbs text"),
    "report_step": TableClasses(exempt="id report_id became comment at", personal="by_id"),
    # Their files are public as the agenda that was published names them.
    "paper": TableClasses(
        exempt="id agenda_item_id report_id position kind title removed_at version classification "
        "exempt_paragraphs terms_of_contract confidence_basis"
    ),
    "paper_version": TableClasses(
        exempt="id paper_id number original_name original_sha256 size status code reason remedy "
        "notices prepared_sha256 pages tagged uploaded_at checked_at",
        personal="uploaded_by_id",
    ),
    "pack": TableClasses(
        public="id meeting_id audience status pages file_sha256 fast_file_sha256",
        exempt="key done total label cancel_asked failure contents warnings requested_at "
        "started_at finished_at",
        personal="requested_by_id",
        rows="pack.audience = 'public' AND pack.status = 'built' AND EXISTS "
        "(SELECT FROM public.agenda_version told WHERE told.public_pack_id = pack.id)",
    ),
    "minute_series": TableClasses(exempt="id committee_id started_on first_number"),
    "minutes": TableClasses(
        public="id meeting_id status approved_on approved_at_meeting_id signed_by",
        exempt="version",
        rows="EXISTS (SELECT FROM public.minutes_version told WHERE told.minutes_id = minutes.id)",
    ),
    "minutes_version": TableClasses(
        public="id minutes_id number became published_at published_on open_contents pdf_sha256 "
        "word_sha256 change_reason",
        exempt="restricted_contents sha256",
        personal="published_by_id",
        rows=unless_down("minutes_version"),
    ),
    # Public as the minutes that were published tell of them, and there alone.
    "minute": TableClasses(
        exempt="id minutes_id agenda_item_id position number series_id title discussion outcome "
        "condition resolution votes_for votes_against votes_abstained casting_vote on_education "
        "public_summary version classification exempt_paragraphs terms_of_contract "
        "confidence_basis open_though_item_closed known_determination_id"
    ),
    "named_vote": TableClasses(exempt="id minute_id councillor_id vote"),
    "action": TableClasses(
        exempt="id minute_id text owner_name due_on status done_on note version",
        personal="owner_id",
    ),
}
