"""Who may vote on an item, and what a record of a vote may say. Callers commit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.attendance import Register, Seat
from committee.meetings.models import Attendance, Declaration, Meeting
from committee.meetings.rules import InterestKind, Presence
from committee.minutes.models import Minute, NamedVote
from committee.minutes.rules import VOTE_LABELS, Vote
from committee.people.roles import MemberRole
from committee.people.rules import VotingRight
from committee.states import NotAllowed


@dataclass(frozen=True)
class Voter:
    """Somebody with a seat, or who stood in for one. `why_not` says why they have no vote."""

    councillor_id: int
    name: str
    why_not: str | None


@dataclass(frozen=True)
class Count:
    """How many voted in which way, and the casting vote of the person presiding on a tie."""

    votes_for: int
    votes_against: int
    abstained: int
    casting: Vote | None = None


@dataclass(frozen=True)
class Room:
    """Everyone with a seat at a meeting, and the interests that were declared at it."""

    register: Register
    declared: Sequence[Declaration]

    @property
    def knows_of_education(self) -> bool:
        """Whether somebody on the committee votes on education alone."""
        return any(
            seat.membership.voting is VotingRight.EDUCATION_ONLY for seat in self.register.seats
        )

    def voters(self, agenda_item_id: int | None, *, on_education: bool) -> list[Voter]:
        """Who has a seat or stood in for somebody, and whether they may vote on this item, which
        may be a question of education.

        Sources: Localism Act 2011, section 31(4) (disclosable pecuniary interests); Local
        Government and Housing Act 1989, section 13 (non-voting members); Local Government Act
        2000, Schedule A1 (church and parent representatives).
        """
        barred = {
            row.councillor_id
            for row in self.declared
            if row.agenda_item_id == agenda_item_id
            and row.kind is InterestKind.DISCLOSABLE_PECUNIARY
        }
        found = []
        for seat in self.register.seats:
            why_not = _without_seats_vote(seat, on_education) or _why_not(seat.own, barred)
            found.append(Voter(seat.councillor.id, seat.councillor.name, why_not))
            if row := seat.substitute:
                reason = _without_seats_vote(seat, on_education) or _why_not(row, barred)
                found.append(Voter(row.councillor_id, row.councillor.name, reason))
        return found


def voters_on(minute: Minute, room: Room) -> list[Voter]:
    """Who may vote on the item of a minute, as what was recorded of it stands."""
    return room.voters(minute.agenda_item_id, on_education=minute.on_education)


def room_of(meeting: Meeting) -> Room:
    """Who was at the meeting and what they declared."""
    return Room(attendance.register_of(meeting), attendance_others.declarations(meeting))


def _without_seats_vote(seat: Seat, on_education: bool) -> str | None:
    """Why nobody votes from this seat on this item; nothing if somebody may."""
    right = seat.membership.voting
    if right is VotingRight.NONE or seat.membership.role is MemberRole.NON_VOTING:
        return "has a seat without a vote"
    if right is VotingRight.EDUCATION_ONLY and not on_education:
        return "has a vote on questions of education alone"
    return None


def _why_not(row: Attendance | None, barred: set[int]) -> str | None:
    """Why the person of this attendance has no vote, as the end of a sentence; nothing if not."""
    if row is None:
        return "is not recorded as present"
    if row.presence is Presence.REMOTE:
        return "joined remotely, and only those in the room can vote"
    if row.presence is not Presence.PRESENT:
        return "did not attend"
    if row.councillor_id in barred:
        return "declared a disclosable pecuniary interest in this item and cannot vote on it"
    return None


def check_count(count: Count | None, entitled: int, named: Sequence[Vote] = ()) -> None:
    """Raises NotAllowed for a count that cannot be: more votes than voters, a casting vote
    without a tie, or fewer votes of a kind than members had recorded by name."""
    if count is None:
        return
    cast = count.votes_for + count.votes_against + count.abstained
    if cast > entitled:
        raise NotAllowed(
            f"{cast} votes are counted, but only {entitled} of those present could vote on this "
            "item. Correct the count, or the attendance."
        )
    if count.casting and count.votes_for != count.votes_against:
        raise NotAllowed("There is a casting vote only where the votes for and against are equal.")
    if count.casting is Vote.ABSTAINED:
        raise NotAllowed("A casting vote is for or against.")
    counted = {
        Vote.FOR: count.votes_for,
        Vote.AGAINST: count.votes_against,
        Vote.ABSTAINED: count.abstained,
    }
    for vote, number in Counter(named).items():
        if number > counted[vote]:
            raise NotAllowed(
                f"{number} members asked for their vote to be recorded as "
                f"“{VOTE_LABELS[vote].lower()}”, but the count has {counted[vote]}."
            )


def count_of(minute: Minute) -> Count | None:
    """The count that a minute records, if there was a vote."""
    if minute.votes_for is None or minute.votes_against is None or minute.votes_abstained is None:
        return None
    return Count(
        minute.votes_for, minute.votes_against, minute.votes_abstained, minute.casting_vote
    )


def entitled(voters: Sequence[Voter]) -> int:
    """How many of them may vote."""
    return sum(1 for voter in voters if voter.why_not is None)


def add_named_vote(
    minute: Minute, councillor_id: int, vote: Vote, *, by: int | None = None
) -> NamedVote:
    """Record how a member voted, because they asked for it straight after the vote.

    Source: SI 1993/202, Schedule 2, paragraph 1. Raises NotAllowed for anyone without a vote on
    this item, and for a vote that the count has no room for.
    """
    found = voters_on(minute, room_of(minute.minutes.meeting))
    who = next((voter for voter in found if voter.councillor_id == councillor_id), None)
    if who is None:
        raise NotAllowed("Only a member of the committee that day, or a substitute, has a vote.")
    if who.why_not:
        raise NotAllowed(f"{who.name} {who.why_not}.")
    if any(each.councillor_id == councillor_id for each in minute.named_votes):
        raise NotAllowed(f"The vote of {who.name} is already recorded. Take it out first.")
    named = [*(each.vote for each in minute.named_votes), vote]
    check_count(count_of(minute), entitled(found), named)
    row = NamedVote(councillor_id=councillor_id, vote=vote)
    minute.named_votes.append(row)
    audit.record("named_vote:added", row, by=by)
    return row


def remove_named_vote(minute: Minute, row: NamedVote, *, by: int | None = None) -> None:
    """Take out a vote that was recorded by mistake."""
    audit.record("named_vote:removed", row, by=by)
    minute.named_votes.remove(row)
    db.session.flush()


def contradictions(minute: Minute, room: Room) -> list[str]:
    """What the record of the vote says that attendance and declarations do not bear out."""
    found = voters_on(minute, room)
    reasons = {voter.councillor_id: voter.why_not for voter in found}
    names = {voter.councillor_id: voter.name for voter in found}
    wrong = []
    for row in minute.named_votes:
        reason = reasons.get(row.councillor_id, "had no seat on the committee that day")
        if reason:
            wrong.append(f"{names.get(row.councillor_id) or row.councillor.name} {reason}.")
    try:
        check_count(count_of(minute), entitled(found), [each.vote for each in minute.named_votes])
    except NotAllowed as refused:
        wrong.append(str(refused))
    return wrong
