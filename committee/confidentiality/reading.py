"""Who may read what is closed, the rules that say so, and the note of each reading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.confidentiality.models import ReadingRule
from committee.confidentiality.reading_rules import (
    GROUND_LABELS,
    READERS,
    REPORT_READERS,
    RULED,
    STANDING_LABELS,
    Ground,
    Matter,
    Rule,
    Standing,
    by_default,
    forbidden,
)
from committee.extensions import db
from committee.people.holdings import Holding, holdings
from committee.people.models import User
from committee.people.roles import ROLE_LABELS, Role
from committee.states import NotAllowed


@dataclass(frozen=True)
class Answer:
    """Whether somebody may read a closed thing, and why, in a sentence for an administrator."""

    may: bool
    because: str


def may_read(user: User, matter: Matter, *, on: date) -> Answer:
    """Whether the user may read this closed thing on that day, and why.

    Authors read what is their own. Everybody else needs a role whose holders may read on each of
    its grounds: on the committee whose matter it is, or for the whole council.
    """
    return _answer(user, matter, holdings(user, on=on), rules_now())


def may_not_read(user: User, matters: Collection[Matter], *, on: date) -> set[Matter]:
    """Those of several closed things that the user may not read on that day, asked all at once."""
    if not matters:
        return set()
    held, rules = holdings(user, on=on), rules_now()
    return {each for each in matters if not _answer(user, each, held, rules).may}


def _answer(
    user: User, matter: Matter, held: Sequence[Holding], rules: Mapping[Rule, bool]
) -> Answer:
    if user.id in matter.authors:
        return Answer(True, "It is their own work.")
    refusals = []
    for each in held:
        if each.role not in matter.readers or not each.reaches(matter.committee_id):
            continue
        standing = _standing(
            held, matter, REPORT_READERS if each.role in REPORT_READERS else READERS
        )
        if not (shut := forbidden(each.role, standing, matter.grounds, rules)):
            return Answer(True, f"{_named(each.role, standing)} may read it.")
        grounds = ", ".join(GROUND_LABELS[ground] for ground in shut)
        refusals.append(f"{_named(each.role, standing)} may not read what is closed on: {grounds}.")
    return Answer(False, " ".join(refusals) or "They hold no role that reads closed matter here.")


def _standing(held: Sequence[Holding], matter: Matter, roles: Collection[Role]) -> Standing:
    """Whether any of their roles that is one of these is held on the very committee."""
    there = any(
        each.committee_id is not None
        and each.committee_id == matter.committee_id
        and each.role in roles
        for each in held
    )
    return Standing.ON_COMMITTEE if there else Standing.ELSEWHERE


def _named(role: Role, standing: Standing) -> str:
    return f"A {ROLE_LABELS[role].lower()} {STANDING_LABELS[standing]}"


def rules_now() -> Mapping[Rule, bool]:
    """The rules that were set, each as it was set last."""
    found = select(ReadingRule).order_by(ReadingRule.id)
    return {
        (each.role, each.standing, each.ground): each.may_read for each in db.session.scalars(found)
    }


def table() -> dict[Rule, bool]:
    """Every rule as it holds now, by default where nobody has set it."""
    rules = rules_now()
    return {
        rule: rules.get(rule, by_default(*rule))
        for rule in ((r, s, g) for r in RULED for s in Standing for g in Ground)
    }


def set_rules(
    wanted: Mapping[Rule, bool], *, seen: str, reason: str, now: datetime, by: int | None
) -> int:
    """Set every rule that differs from what holds now; answers how many these were.

    `seen` names the last rule that was set when the table was shown. Raises NotAllowed where
    somebody has set one since, without a reason, and where nothing would change.
    """
    db.session.execute(select(db.func.pg_advisory_xact_lock(db.func.hashtext("reading_rule"))))
    if seen != last_set():
        raise NotAllowed("Somebody else has set a rule meanwhile. Look at the table as it is now.")
    held = table()
    changed = {rule: may for rule, may in wanted.items() if held.get(rule) is not may}
    if not reason.strip():
        raise NotAllowed("Say why the rules are changed.")
    if not changed:
        raise NotAllowed("Nothing would change by this.")
    for (role, standing, ground), may in changed.items():
        rule = ReadingRule(
            role=role,
            standing=standing,
            ground=ground,
            may_read=may,
            reason=reason.strip(),
            set_at=now,
            set_by_id=by,
        )
        db.session.add(rule)
        audit.record("reading_rule:changed", rule, by=by)
    return len(changed)


def last_set() -> str:
    """A name of the table as it stands: another name means that somebody has set a rule."""
    return str(db.session.scalar(select(db.func.max(ReadingRule.id))) or 0)


def history(*, limit: int = 50) -> list[ReadingRule]:
    """The rules that were set, newest first."""
    found = select(ReadingRule).options(joinedload(ReadingRule.set_by))
    return list(db.session.scalars(found.order_by(ReadingRule.id.desc()).limit(limit)))


def note_reading(subject_kind: str, subject_id: int, *, by: int | None) -> None:
    """Note at once that somebody reads a closed thing, before any of it leaves.

    In a transaction of its own, since nothing else is written where a page is only read. What
    this raises must stop the reading.
    """
    audit.record_apart("exempt_matter:read", subject_kind, subject_id, by=by)
