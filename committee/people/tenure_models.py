"""Tables of who is what for how long: terms of office, seats of groups, substitutes; and contacts.

Rows with days are never edited, only ended. One that was entered in error is ended with that
reason and counts no more; the right one is entered anew.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import Committee, Councillor, PoliticalGroup, User
from committee.people.rules import ContactKind, EndReason

COUNTS = text("ended_because IS DISTINCT FROM 'entered_in_error'")
ENDED_WITH_REASON = "(ended_on IS NULL) = (ended_because IS NULL)"
ENDS_AFTER_START = "ended_on IS NULL OR ended_on >= started_on"


def _same(column: str) -> tuple[Any, str]:
    """Two rows are of the same thing, written so that it can stand beside a range of days."""
    return text(f"int4range({column}, {column}, '[]')"), "&&"


def _at_once(name: str, *columns: str) -> ExcludeConstraint:
    """No two rows that count, alike in these columns, have a day in common."""
    days = (text("daterange(started_on, ended_on, '[]')"), "&&")
    return ExcludeConstraint(*map(_same, columns), days, name=name, where=COUNTS, using="gist")


class TermOfOffice(Model):
    """A councillor's time for one division and in one group; another group is another row."""

    __tablename__ = "term_of_office"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER_START, name="ends_after_start"),
        CheckConstraint(ENDED_WITH_REASON, name="ended_with_reason"),
        _at_once("ex_term_of_office_one_at_once", "councillor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("political_group.id"), index=True)
    division: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[EndReason | None] = mapped_column(status_column(EndReason))
    councillor: Mapped[Councillor] = relationship()
    group: Mapped[PoliticalGroup | None] = relationship()


class ContactDetail(Model):
    """One way to reach a councillor, and whether they chose to have it published."""

    __tablename__ = "contact_detail"
    __table_args__ = (Index("uq_contact_detail_kind", "councillor_id", "kind", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"))
    kind: Mapped[ContactKind] = mapped_column(status_column(ContactKind))
    value: Mapped[str]
    published: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class GroupSeats(Model):
    """How many seats of a committee the council gave to a group; with none, to the ungrouped."""

    __tablename__ = "group_seats"
    __table_args__ = (
        CheckConstraint("seats >= 0", name="seats_not_negative"),
        CheckConstraint(ENDS_AFTER_START, name="ends_after_start"),
        CheckConstraint(ENDED_WITH_REASON, name="ended_with_reason"),
        _at_once("ex_group_seats_one_at_once", "committee_id", "coalesce(group_id, 0)"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("political_group.id"), index=True)
    seats: Mapped[int]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[EndReason | None] = mapped_column(status_column(EndReason))
    committee: Mapped[Committee] = relationship()
    group: Mapped[PoliticalGroup | None] = relationship()


class NamedSubstitute(Model):
    """Someone whom a group named to stand in for its members on a committee."""

    __tablename__ = "named_substitute"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER_START, name="ends_after_start"),
        CheckConstraint(ENDED_WITH_REASON, name="ended_with_reason"),
        _at_once("ex_named_substitute_one_at_once", "committee_id", "councillor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("political_group.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[EndReason | None] = mapped_column(status_column(EndReason))
    committee: Mapped[Committee] = relationship()
    councillor: Mapped[Councillor] = relationship()
    group: Mapped[PoliticalGroup | None] = relationship()


class PeopleFile(Model):
    """A file of councillors or memberships that was checked and waits to be confirmed.

    Its bytes, which may hold addresses of people, are kept only until it is brought in or thrown
    away; its SHA-256 stays.
    """

    __tablename__ = "people_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    brought_in_at: Mapped[datetime | None] = mapped_column(instant())
    user: Mapped[User] = relationship()
