"""Roles that are recorded as held and yet count for nothing on a day, each with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from committee.people.holdings import (
    Holding,
    Way,
    counts,
    is_in_office,
    own_holdings,
    role_of_seat,
    seats_that_count,
    seats_that_last,
    terms_that_were,
)
from committee.people.models import User
from committee.people.rights import DELEGABLE, SEAT_ROLES
from committee.web.filters import date_in_words


@dataclass(frozen=True)
class Lapse:
    """What somebody would hold, and why it does not count, to stand after "since"."""

    holding: Holding
    why: str


def lapses(user: User, *, on: date) -> list[Lapse]:
    """What is recorded for the user on that day and does not count."""
    return [*_of_seats(user, on), *_of_grants(user, on), *_of_loans(user, on)]


def _of_seats(user: User, on: date) -> Iterator[Lapse]:
    counting = seats_that_count(user, on)
    for seat in seats_that_last(user, on):
        if seat not in counting:
            held = Holding(role_of_seat(seat), seat.committee_id, Way.MEMBERSHIP, seat)
            yield Lapse(held, _out_of_office(user, on))


def _of_grants(user: User, on: date) -> Iterator[Lapse]:
    for grant in user.grants:
        if grant.ended_at is not None or counts(user, grant, on):
            continue
        held = Holding(grant.role, grant.committee_id, Way.GRANT, grant)
        if grant.role in SEAT_ROLES:
            why = "a councillor is a member by their seats alone"
        elif not is_in_office(user, on):
            why = _out_of_office(user, on)
        elif grant.committee_id is None:
            why = "they sit on no committee as a councillor today"
        else:
            why = "they do not sit on that committee as a councillor today"
        yield Lapse(held, why)


def _of_loans(user: User, on: date) -> Iterator[Lapse]:
    for lent in user.delegations_received:
        if lent.role not in DELEGABLE or not lent.counts_on(on):
            continue
        own = own_holdings(lent.giver, on=on) if lent.giver.active else []
        if not any(h.role is lent.role and h.reaches(lent.committee_id) for h in own):
            held = Holding(lent.role, lent.committee_id, Way.DELEGATION, lent)
            yield Lapse(held, f"{lent.giver.name}, who lent it, does not hold it today")


def _out_of_office(user: User, on: date) -> str:
    over = [term.ended_on for term in terms_that_were(user) if term.started_on <= on]
    ended = over[-1] if over else None
    if ended is None:
        return "their term of office has not begun"
    return f"their term of office ended on {date_in_words(ended)}"
