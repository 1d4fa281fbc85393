"""Political balance: how a council's seats on committees are shared among its political groups.

Sources: Local Government and Housing Act 1989, sections 15 to 17 and Schedule 1; Local Government
(Committees and Political Groups) Regulations 1990 (SI 1990/1553), regulation 8 (a group has two
members at least) and regulation 16 (members in no group).

The council's approved allocation is what counts; this is the check beside it. The shares are of
the whole membership, those in no group included, so that seats may be left over: the council
fills them with members of no group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LEAST_MEMBERS_OF_A_GROUP = 2


@dataclass(frozen=True)
class Balance:
    """The seats due to each group on each body, and those left for members of no group.

    `choices` tells in words what the arithmetic left to agreement or to a lot.
    """

    entitled: Mapping[str, int]
    seats: Mapping[str, Mapping[str, int]]
    ungrouped: Mapping[str, int]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failing:
    """A principle of section 15(5) that an allocation does not keep, and where."""

    principle: str
    body: str
    says: str


def share_out(members: Mapping[str, int], bodies: Mapping[str, int], *, council: int) -> Balance:
    """The seats due to each group, by the four principles of section 15(5).

    `members` gives the number of each group's members, `bodies` the seats of each body to which
    the principles apply, and `council` all members of the council, those in no group included.
    Raises ValueError for a group of fewer than two members, and for more members than the council.
    """
    _check(members, council)
    total = sum(bodies.values())
    entitled, choices = _largest_remainders(members, total, council)
    seats = _each_body(members, bodies, entitled, council)
    _keep_majorities(members, bodies, seats, council)
    left = {body: size - sum(seats[body].values()) for body, size in bodies.items()}
    return Balance(entitled, seats, left, tuple(choices))


def _check(members: Mapping[str, int], council: int) -> None:
    small = sorted(name for name, number in members.items() if number < LEAST_MEMBERS_OF_A_GROUP)
    if small:
        raise ValueError(f"a group has two members at least: {', '.join(small)}")
    if sum(members.values()) > council:
        raise ValueError("the groups have more members than the council")


def _largest_remainders(
    members: Mapping[str, int], seats: int, council: int
) -> tuple[dict[str, int], list[str]]:
    """Principle (c): each group's share of all the seats, the larger remainders rounded up.

    Members in no group take part as one more remainder, whose seats are left over.
    """
    alone = council - sum(members.values())
    shares = {name: Fraction(seats * number, council) for name, number in members.items()}
    found = {name: int(share) for name, share in shares.items()}
    rest = Fraction(seats * alone, council)
    spare = seats - sum(found.values()) - int(rest)
    order = sorted(shares, key=lambda name: (-(shares[name] - found[name]), -members[name], name))
    remainders = [(shares[name] - found[name], members[name], name) for name in order]
    if alone:
        remainders.append((rest - int(rest), 0, ""))
        remainders.sort(key=lambda each: (-each[0], -each[1]))
    choices = []
    for place, (remainder, number, name) in enumerate(remainders[:spare]):
        following = remainders[place + 1] if place + 1 < len(remainders) else None
        if place + 1 == spare and following and following[:2] == (remainder, number):
            choices.append(f"{name} and {following[2]} have an equal claim to the last seat.")
        if name:
            found[name] += 1
    return found, choices


def _each_body(
    members: Mapping[str, int],
    bodies: Mapping[str, int],
    entitled: Mapping[str, int],
    council: int,
) -> dict[str, dict[str, int]]:
    """Principle (d): each body by itself, as far as the groups' seats in all allow it.

    The strongest claims of all bodies are met first, so that no body takes the seat of another.
    """
    found = {
        body: {name: size * number // council for name, number in members.items()}
        for body, size in bodies.items()
    }
    left = {
        name: number - sum(seats[name] for seats in found.values())
        for name, number in entitled.items()
    }
    claims = [
        (-(Fraction(size * members[name], council) % 1), -members[name], name, place, body)
        for place, (body, size) in enumerate(bodies.items())
        for name in members
    ]
    for *_, name, _, body in sorted(claims):
        if left[name] > 0 and sum(found[body].values()) < bodies[body]:
            found[body][name] += 1
            left[name] -= 1
    _place_the_rest(bodies, found, left)
    return found


def _place_the_rest(
    bodies: Mapping[str, int], found: dict[str, dict[str, int]], left: dict[str, int]
) -> None:
    """Give seats that a group is still due where there is room, one a body at a time."""
    for name in sorted(left, key=lambda each: (-left[each], each)):
        while left[name] > 0:
            rooms = {body: size - sum(found[body].values()) for body, size in bodies.items()}
            body = max(rooms, key=lambda each: (rooms[each], -found[each][name]), default=None)
            if body is None or rooms[body] <= 0:
                return
            found[body][name] += 1
            left[name] -= 1


def _keep_majorities(
    members: Mapping[str, int],
    bodies: Mapping[str, int],
    seats: dict[str, dict[str, int]],
    council: int,
) -> None:
    """Principle (b): who has the majority of the council has it on every body."""
    major = next((name for name, number in members.items() if 2 * number > council), None)
    if major is None:
        return
    for body, size in bodies.items():
        while 2 * seats[body][major] <= size:
            others = [name for name in members if name != major and seats[body][name]]
            if sum(seats[body].values()) < size:
                seats[body][major] += 1
            elif others:
                loser = min(
                    others,
                    key=lambda name: Fraction(size * members[name], council) - seats[body][name],
                )
                seats[body][loser] -= 1
                seats[body][major] += 1
            else:
                return


def failings(
    members: Mapping[str, int],
    bodies: Mapping[str, int],
    allotted: Mapping[str, Mapping[str, int]],
    *,
    council: int,
) -> list[Failing]:
    """Where an allocation does not keep the principles of section 15(5), each by itself.

    A group's share of all seats (c) may differ from the exact quota by less than one seat.
    """
    found = []
    for body, size in bodies.items():
        seats = allotted.get(body, {})
        whole = next((name for name, number in seats.items() if number == size), None)
        if whole and size > 1:
            found.append(Failing("a", body, f"All seats go to {whole}."))
        for name, number in members.items():
            if 2 * number > council and 2 * seats.get(name, 0) <= size:
                says = f"{name} has the majority of the council, but not of the seats."
                found.append(Failing("b", body, says))
    total = sum(bodies.values())
    for name, number in members.items():
        quota = Fraction(total * number, council)
        held = sum(seats.get(name, 0) for seats in allotted.values())
        if abs(held - quota) >= 1:
            says = f"{name} has {held} of all {total} seats; the exact share is {float(quota):.2f}."
            found.append(Failing("c", "", says))
    return found
