"""Why somebody may or may not see a thing, and do each thing with it, in words.

What is said is what the product's own guards and loaders answer: see rehearsing.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from committee.people import holdings
from committee.people.holdings import Explanation, Holding
from committee.people.lapses import lapses
from committee.people.models import User
from committee.people.permission_words import (
    IN_WORDS,
    held_in_words,
    holders_of,
    place_in_words,
    readers_of,
    role_in_words,
)
from committee.people.permissions import OF_ONES_OWN
from committee.people.rehearsing import SIGN_IN_FIRST, Rehearsal, path_of, rehearse, verbs
from committee.people.roles import ROLE_LABELS, ROLE_PERMISSIONS, Permission

GONE = 410


@dataclass(frozen=True)
class Reason:
    """One permission that was asked about: its words, the answer, and the roles that give it or
    what is missing."""

    what: str
    answer: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """What can be done with the thing by one permission: whether the person may open its pages and
    send its forms, and the roles that let them or what is missing."""

    what: str
    opens: str
    sends: str
    because: str


@dataclass(frozen=True)
class Answer:
    """Why. `found` says whether the one who asks can see such a thing; the rest is empty if not."""

    path: str
    found: bool
    verdict: str = ""
    opened: bool = False
    reasons: tuple[Reason, ...] = ()
    rules: tuple[str, ...] = ()
    verbs: tuple[Done, ...] = ()


def explained(user: User | None, address: str, *, asker_id: int, on: date) -> Answer:
    """Why the user (none: somebody who has not signed in) may or may not see what is at `address`
    on that day. Only what the asker may see is explained: to nobody else does it exist."""
    path = path_of(address)
    seen = rehearse(asker_id, path)
    if seen is None or not (seen.opened or seen.status == GONE):
        return Answer(path, found=False)
    tried = rehearse(user.id if user else None, path)
    if tried is None:
        return Answer(path, found=False)
    asked = _asked(user, tried, seen, on)
    return Answer(
        path,
        found=True,
        verdict=_verdict(user, tried, asked),
        opened=tried.opened,
        reasons=tuple(_reason(user, each, on) for each in asked),
        rules=tried.reasons,
        verbs=tuple(_verbs(user, path, seen, on)),
    )


def _asked(
    user: User | None, tried: Rehearsal, seen: Rehearsal, on: date
) -> tuple[Explanation, ...]:
    """What the loaders asked about this person. Whoever is stopped at the door is told about the
    committee of the thing, which the loaders then never came to ask about."""
    if user is None:
        return ()
    asked = tried.asked
    if not asked and tried.permission is not None and OF_ONES_OWN not in tried.reasons:
        asked = ((tried.permission, seen.committee_id),)
    return tuple(holdings.explain(user, each, where, on=on) for each, where in asked)


def _verdict(user: User | None, tried: Rehearsal, asked: tuple[Explanation, ...]) -> str:
    who = user.name if user else "Somebody who has not signed in"
    if tried.opened:
        noted = " Each time it is read, an entry is made in the audit." if tried.recorded else ""
        return f"{who} may see this page.{noted}"
    if tried.status == SIGN_IN_FIRST and user is None:
        return f"{who} is asked to sign in, whether or not there is such a thing."
    if tried.status == GONE:
        return f"{who} is told that this is no longer published, and why."
    if asked and all(each.allowed or each.reading for each in asked):
        return (
            f"{who} may not see this page. Their roles would allow it, but the thing itself is not "
            "theirs to see: it is somebody else's, or not in a state in which it is shown."
        )
    return f"{who} may not see this page: to them there is no such page."


def _reason(user: User | None, found: Explanation, on: date) -> Reason:
    what = IN_WORDS[found.permission]
    if found.giving:
        return Reason(what, "Yes", tuple(held_in_words(each) for each in found.giving))
    if found.reading:
        because = tuple(held_in_words(each) for each in found.reading)
        return Reason(what, "Reads only", because)
    return Reason(what, "No", (*_lapsed(user, found, on), _missing(found)))


def _lapsed(user: User | None, found: Explanation, on: date) -> Iterator[str]:
    """The roles that would give it and are recorded, but count no more, each with the reason."""
    for lapse in lapses(user, on=on) if user else ():
        held = lapse.holding
        gives = found.permission in ROLE_PERMISSIONS[held.role]
        if gives and held.reaches(found.committee_id):
            named = f"{role_in_words(held)}, {place_in_words(held)}"
            yield f"{named}: does not count, since {lapse.why}."


def _missing(found: Explanation) -> str:
    """What would have to be given."""
    if found.elsewhere:
        return f"Holds it elsewhere only: {_listed(found.elsewhere)}."
    roles = ", ".join(ROLE_LABELS[role].lower() for role in holders_of(found.permission))
    reading = ", ".join(ROLE_LABELS[role].lower() for role in readers_of(found.permission))
    also = f" It can be read, but not changed, by: {reading}." if reading else ""
    return f"No role of theirs gives it. These roles do: {roles}.{also}"


def _listed(held: tuple[Holding, ...]) -> str:
    return "; ".join(f"{role_in_words(each)}, {place_in_words(each)}" for each in held)


def _verbs(user: User | None, path: str, seen: Rehearsal, on: date) -> list[Done]:
    """What can be done with the thing, each with the same question that its guard asks."""
    found = verbs(path)
    needed = dict.fromkeys(verb.permission for verb in found)
    return [
        _done(
            user,
            permission,
            {verb.sends for verb in found if verb.permission is permission},
            seen.committee_id,
            on,
        )
        for permission in needed
    ]


def _done(
    user: User | None,
    permission: Permission | None,
    ways: set[bool],
    committee_id: int | None,
    on: date,
) -> Done:
    """The answer for one permission; `ways` holds whether it has pages (False) and forms (True)."""
    if permission is None:
        return Done("What is public", "Yes", _way(True, "Yes", ways), "As far as it is published.")
    what = IN_WORDS[permission]
    if user is None:
        no = _way(False, "No", ways), _way(True, "No", ways)
        return Done(what, *no, "Only for those who have signed in.")
    found = holdings.explain(user, permission, committee_id, on=on)
    reason = _reason(user, found, on)
    opens = _way(False, "No" if reason.answer == "No" else "Yes", ways)
    sends = _way(True, "Yes" if found.allowed else "No", ways)
    return Done(what, opens, sends, " ".join(reason.because))


def _way(sends: bool, answer: str, ways: set[bool]) -> str:
    """The answer, or a dash where there is no such page or form."""
    return answer if sends in ways else "–"
