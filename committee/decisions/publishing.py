"""Publishing records of decision, and the end of their call-in. What is published never changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from committee.audit import service as audit
from committee.constitution import DecisionChoices
from committee.decisions import notices
from committee.decisions.classing import (
    check_classed,
    check_quotes_nothing_closed,
    frozen_class,
    lock_record,
)
from committee.decisions.drafting import openness_words, words
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.rules import (
    BEFORE_TAKEN,
    DECISION_STATES,
    DecisionStatus,
    RecordKind,
)
from committee.decisions.service import check_not_taken, record_of
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.law.calendar import CalendarExhausted
from committee.law.key_decisions import CallIn as CallInDays
from committee.law.key_decisions import call_in
from committee.people.portfolios import holder_of
from committee.states import NotAllowed
from committee.work import service as work
from committee.work.rules import WorkKind

# What stays open of a record that is not for publication: that there is one, and why it is shut.
# Its subject is not among them: that is as the published notice has it.
PARTICULARS = (
    "number",
    "decision_maker",
    "is_key",
    "key_criterion",
    "for_publication",
    "not_for_publication_because",
    "reassignment",
)


def publish_proposed(
    decision: Decision,
    *,
    now: datetime,
    today: date,
    change_reason: str | None = None,
    by: int | None = None,
) -> RecordVersion:
    """Publish the proposed record as it is written now, beside the report.

    Raises NotAllowed before the notice, once it is taken, while it has no words or no class, or
    where nothing has changed since the last version.
    """
    lock_record(decision)
    check_not_taken(decision)
    if decision.status is DecisionStatus.DRAFT:
        raise NotAllowed("Publish the notice of the decision first.")
    said = words(decision)
    if not said["decision"]:
        raise NotAllowed("Write what is to be decided first.")
    last = newest(decision, RecordKind.PROPOSED)
    if last and (last.restricted_contents or last.contents).get("words_sha256") == canonical_sha256(
        said
    ):
        raise NotAllowed("The proposed record that is published already says this.")
    holder = holder_of(decision.portfolio, today)
    said = {
        **said,
        "words_sha256": canonical_sha256(said),
        "decision_maker_name": holder.name if holder else "",
    }
    return _publish(decision, RecordKind.PROPOSED, said, now, today, change_reason, by)


def publish_record(
    decision: Decision,
    choices: DecisionChoices,
    *,
    now: datetime,
    today: date,
    by: int | None = None,
) -> RecordVersion:
    """Publish the record that was signed, and open its call-in, which is computed and kept.

    Whether its words are open is for its class to say, as it is now. Raises NotAllowed unless the
    decision was taken and its record has a class, and for days that cannot be counted.
    """
    lock_record(decision)
    DECISION_STATES.check(decision.status, DecisionStatus.PUBLISHED)
    signed = record_of(decision).signed_words or {}
    _open_call_in(decision, choices, today=today)
    decision.status, decision.published_on = DecisionStatus.PUBLISHED, today
    again = newest(decision, RecordKind.FINAL)
    reason = "Taken again after it was called in and referred back." if again else None
    said = {**signed["words"], **signed, "call_in": _call_in_words(decision)}
    said.pop("words")
    version = _publish(decision, RecordKind.FINAL, said, now, today, reason, by)
    if decision.call_in_waiver_reason:
        DECISION_STATES.check(decision.status, DecisionStatus.EFFECTIVE)
        decision.status = DecisionStatus.EFFECTIVE
    return version


def expected_call_in(
    decision: Decision, choices: DecisionChoices, *, today: date
) -> CallInDays | None:
    """The call-in that publishing today would open; none where it is waived or not known."""
    if decision.call_in_waiver_reason:
        return None
    try:
        return call_in(today, working_days=choices.call_in_working_days)
    except CalendarExhausted:
        return None


def _open_call_in(decision: Decision, choices: DecisionChoices, *, today: date) -> None:
    if decision.call_in_waiver_reason:
        decision.call_in_ends_on = decision.effective_on = today
        decision.call_in_basis = None
        return
    try:
        found = call_in(today, working_days=choices.call_in_working_days)
    except CalendarExhausted as unknown:
        raise NotAllowed(str(unknown)) from unknown
    decision.call_in_ends_on, decision.effective_on = found.last_day, found.effective.day
    decision.call_in_basis = found.effective.as_json()


def _call_in_words(decision: Decision) -> dict[str, Any]:
    days = {
        "published_on": decision.published_on,
        "last_day": decision.call_in_ends_on,
        "effective_on": decision.effective_on,
    }
    return {
        **{name: day.isoformat() for name, day in days.items() if day},
        "basis": decision.call_in_basis,
        "waiver_reason": decision.call_in_waiver_reason or "",
        "waiver_agreed_by": decision.call_in_waiver_agreed_by or "",
    }


def correct_record(
    decision: Decision,
    corrected: dict[str, str],
    *,
    of: RecordVersion | None,
    reason: str,
    now: datetime,
    today: date,
    by: int | None = None,
) -> RecordVersion:
    """Publish a corrected version of a published record, with the reason that anyone may read.

    `corrected` holds the new words of its parts, `of` is the version that they correct. Signature,
    days and earlier versions stay. Raises NotAllowed without a reason or a change, where another
    correction was published since `of`, and while the record has no class.
    """
    lock_record(decision)
    last = newest(decision, RecordKind.FINAL)
    if last is None or decision.status in BEFORE_TAKEN:
        raise NotAllowed("There is no published record to correct.")
    if last is not of:
        raise NotAllowed("Somebody else has corrected the record. Read their correction first.")
    if not reason:
        raise NotAllowed("Say what was wrong: the reason is published with the correction.")
    before = last.restricted_contents or last.contents
    as_open = last.restricted_contents is None
    if as_open is record_of(decision).is_open and all(
        before.get(name) == text for name, text in corrected.items()
    ):
        raise NotAllowed("Nothing has been changed.")
    said = {**before, **corrected}
    return _publish(decision, RecordKind.FINAL, said, now, today, reason, by)


def _publish(
    decision: Decision,
    kind: RecordKind,
    said: dict[str, Any],
    now: datetime,
    today: date,
    change_reason: str | None,
    by: int | None,
) -> RecordVersion:
    """Freeze the words as the next version of their kind, and owe its files."""
    check_classed(decision)
    last = newest(decision, kind)
    number = last.number + 1 if last else 1
    if last and not change_reason:
        raise NotAllowed("Say what has changed: the reason is published with the new version.")
    whole = {
        **said,
        "kind": kind.value,
        "version": number,
        "what_changed": change_reason or "",
        "council": decision.committee.council.name,
        "committee": decision.committee.name,
        "published_on": today.isoformat(),
        **openness_words(decision),
    }
    if is_open := record_of(decision).is_open:
        check_quotes_nothing_closed(said)
    contents = whole if is_open else _open_part(decision, whole)
    version = RecordVersion(
        decision=decision,
        kind=kind,
        number=number,
        published_at=now,
        published_on=today,
        published_by_id=by,
        contents=contents,
        sha256=canonical_sha256(contents),
        restricted_contents=None if is_open else {**whole, **frozen_class(decision)},
        change_reason=change_reason,
    )
    db.session.add(version)
    audit.record("record_version:published", version, by=by, after=all_frozen(version))
    work.owe(WorkKind.MAKE_RECORD_FILES, version.id)
    return version


def all_frozen(version: RecordVersion) -> dict[str, Any]:
    """All that was frozen of a version, which the audit notes the SHA-256 of: what anyone may
    read, and where it is closed, what it truly says too."""
    if version.restricted_contents is None:
        return version.contents
    return {"open": version.contents, "restricted": version.restricted_contents}


def _open_part(decision: Decision, whole: dict[str, Any]) -> dict[str, Any]:
    """What anyone may read of a closed record, made of its particulars alone."""
    about = ("kind", "version", "what_changed", "council", "committee", "published_on")
    dated = ("decision_maker_name", "signature", "call_in")
    kept = {name: whole[name] for name in (*PARTICULARS, *about, *dated) if name in whole}
    return {**kept, "subject": _title_for_anyone(decision)}


def _title_for_anyone(decision: Decision) -> str:
    """The title that an officer has published with the notice. Whoever drafts may have given the
    matter another one since, which nobody has let out."""
    notice = notices.newest(decision)
    return notice.contents["title"] if notice else f"Decision {decision.number}"


def newest(decision: Decision, kind: RecordKind) -> RecordVersion | None:
    """The record of that kind that was published last."""
    found = select(RecordVersion).where(
        RecordVersion.decision_id == decision.id, RecordVersion.kind == kind
    )
    return db.session.scalars(found.order_by(RecordVersion.number.desc()).limit(1)).first()


def version_with_id(version_id: int, *, locked: bool = False) -> RecordVersion | None:
    """One published record, by its id."""
    found = select(RecordVersion).where(RecordVersion.id == version_id)
    return db.session.scalars(found.with_for_update() if locked else found).first()


def keep_file(version: RecordVersion, pdf_sha256: str) -> None:
    """Note where the PDF of a published record is kept. The first one stays."""
    if version.pdf_sha256 is None:
        version.pdf_sha256 = pdf_sha256
        audit.record("record_version:made", version, by=None, after={"pdf_sha256": pdf_sha256})
