"""Tables of minutes: one minute for each item taken, votes, actions, and what was published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, exists, or_, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from committee.agendas.models import AgendaItem
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality.models import Classed, Determination, ground_stated
from committee.extensions import Model, instant, status_column
from committee.meetings.models import Meeting
from committee.minutes.rules import (
    PRIVATE_ACTION,
    ActionStatus,
    MinutesStatus,
    Outcome,
    Vote,
)
from committee.people.models import Councillor, User

_KNOWN = Determination.__table__.alias("known")
_LATER = Determination.__table__.alias("later")
_GROUND = ("classification", "exempt_paragraphs", "terms_of_contract", "confidence_basis")


class MinuteSeries(Model):
    """A run of minute numbers of one committee, begun anew only when a clerk says so (KENT-07)."""

    __tablename__ = "minute_series"
    __table_args__ = (CheckConstraint("first_number >= 1", name="begins_at_one_or_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    started_on: Mapped[date]
    first_number: Mapped[int] = mapped_column(default=1)


class Minutes(Model):
    """The minutes of one meeting."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint("(status = 'approved') = (approved_on IS NOT NULL)", name="approved_when"),
        CheckConstraint(
            "status <> 'approved' OR "
            "(coalesce(signed_by, '') <> '' AND approved_at_meeting_id IS NOT NULL)",
            name="approved_and_signed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    status: Mapped[MinutesStatus] = mapped_column(
        status_column(MinutesStatus), default=MinutesStatus.DRAFT
    )
    approved_on: Mapped[date | None]
    approved_at_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    signed_by: Mapped[str | None]  # the person presiding who signed them
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
    entries: Mapped[list["Minute"]] = relationship(
        order_by="Minute.position", back_populates="minutes"
    )

    __mapper_args__ = {"version_id_col": version}


class Minute(Classed, Model):
    """What was said and resolved on one item, in the order in which items were taken."""

    __tablename__ = "minute"
    __table_args__ = (
        ground_stated(),
        CheckConstraint(
            "classification = 'open' OR NOT open_though_item_closed", name="opened_knowingly"
        ),
        CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0",
            name="votes_not_negative",
        ),
        CheckConstraint(
            "outcome NOT IN ('endorsed_subject_to', 'recommendations_made') "
            "OR coalesce(condition, '') <> ''",
            name="condition_stated",
        ),
        # Missing while a closed minute is being written; publishing insists on it.
        CheckConstraint("public_summary IS NULL OR public_summary <> ''", name="summary_written"),
        CheckConstraint(
            "(votes_for IS NULL) = (votes_against IS NULL) "
            "AND (votes_for IS NULL) = (votes_abstained IS NULL)",
            name="votes_together",
        ),
        CheckConstraint(
            "casting_vote IS NULL OR "
            "(casting_vote <> 'abstained' AND coalesce(votes_for = votes_against, false))",
            name="casting_vote_on_a_tie",
        ),
        CheckConstraint("(number IS NULL) = (series_id IS NULL)", name="numbered_in_a_series"),
        UniqueConstraint("series_id", "number"),
        Index("ix_minute_minutes_id_position", "minutes_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    number: Mapped[int | None]  # given when the minutes are first published; gapless in its series
    series_id: Mapped[int | None] = mapped_column(ForeignKey("minute_series.id"))
    title: Mapped[str]
    discussion: Mapped[str | None]  # running text
    outcome: Mapped[Outcome | None] = mapped_column(status_column(Outcome))
    condition: Mapped[str | None]
    resolution: Mapped[
        str | None
    ]  # running text, worded from verb and outcome and then the clerk's
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    casting_vote: Mapped[Vote | None] = mapped_column(status_column(Vote))
    # Whether those who vote on education alone have a vote on it (MTG-11).
    on_education: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Whether it was opened by somebody who knew that its item is closed.
    open_though_item_closed: Mapped[bool] = mapped_column(default=False)
    # The newest thing said of the class of its item that they knew, if anything had been.
    known_determination_id: Mapped[int | None] = mapped_column(
        ForeignKey("determination.id"), index=True
    )
    public_summary: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[Minutes] = relationship(back_populates="entries")
    agenda_item: Mapped[AgendaItem | None] = relationship()
    named_votes: Mapped[list["NamedVote"]] = relationship(
        order_by="NamedVote.id", cascade="all, delete-orphan"
    )
    actions: Mapped[list["Action"]] = relationship(order_by="Action.id", back_populates="minute")
    # Whether something else was said of its item since they opened it, were it said back again: a
    # review that repeats the ground is nothing else.
    item_classed_otherwise: Mapped[bool] = column_property(
        exists(_LATER.c.id)
        .select_from(_LATER.outerjoin(_KNOWN, _KNOWN.c.id == known_determination_id))
        .where(
            _LATER.c.subject_kind == AgendaItem.__tablename__,
            _LATER.c.subject_id == agenda_item_id,
            or_(_KNOWN.c.id.is_(None), _LATER.c.id > _KNOWN.c.id),
            or_(*(_LATER.c[part].is_distinct_from(_KNOWN.c[part]) for part in _GROUND)),
        )
        .correlate_except(_LATER, _KNOWN)
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_of_closed_item(self) -> bool:
        """Whether the item that it is about is kept from the public."""
        return self.agenda_item is not None and not self.agenda_item.is_open

    @property
    def tells_exempt_matter(self) -> bool:
        """Whether it was opened before its item was closed as it is now, so that nobody who knew of
        that said of these words whether the public may read them."""
        return self.is_open and self.is_of_closed_item and not self.was_opened_knowingly

    @property
    def is_to_be_said_again(self) -> bool:
        """Whether its item was closed as it is now after it was opened, so that somebody has to
        say again who may read it."""
        return self.tells_exempt_matter and not self.waits_for_its_item

    @property
    def waits_for_its_item(self) -> bool:
        """Whether somebody opened it, but nobody has said yet whether its item is open."""
        item = self.agenda_item
        return self.tells_exempt_matter and item is not None and item.is_unclassed

    @property
    def was_opened_knowingly(self) -> bool:
        """Whether it was opened by somebody who knew its item to be closed, as it has been ever
        since on the same ground."""
        return self.open_though_item_closed and not self.item_classed_otherwise

    @property
    def title_for_public(self) -> str:
        """The title that anyone may read."""
        if not self.is_in_private:
            return self.title
        return self.agenda_item.title_for_public if self.agenda_item else STUB_TITLE

    @property
    def is_in_private(self) -> bool:
        """Whether it tells, or may tell, what was done in private: by its own class, or because
        its item is closed and nobody opened the minute all the same."""
        return self.is_closed or (self.is_of_closed_item and not self.was_opened_knowingly)


class NamedVote(Model):
    """How one member voted, recorded because the member asked for it (SI 1993/202, Schedule 2)."""

    __tablename__ = "named_vote"
    __table_args__ = (UniqueConstraint("minute_id", "councillor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minute_id: Mapped[int] = mapped_column(ForeignKey("minute.id"))
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    vote: Mapped[Vote] = mapped_column(status_column(Vote))
    councillor: Mapped[Councillor] = relationship()


class Action(Model):
    """Something that somebody is to do by a day, because the committee asked for it."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", name="done_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minute_id: Mapped[int] = mapped_column(ForeignKey("minute.id"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    owner_name: Mapped[str]  # as the minutes print it, also where the owner has no account
    due_on: Mapped[date | None] = mapped_column(index=True)
    status: Mapped[ActionStatus] = mapped_column(
        status_column(ActionStatus), default=ActionStatus.OPEN
    )
    done_on: Mapped[date | None]
    note: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    minute: Mapped[Minute] = relationship(back_populates="actions")
    owner: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def words_in_lists(self) -> str:
        """What it is called where many are named, whose reading nobody could note one by one."""
        return PRIVATE_ACTION if self.minute.is_in_private else self.text


class MinutesVersion(Model):
    """Minutes as they were published, with the files made from them. Never changed."""

    __tablename__ = "minutes_version"
    __table_args__ = (
        UniqueConstraint("minutes_id", "number"),
        CheckConstraint(
            "number = 1 OR coalesce(change_reason, '') <> ''", name="change_has_reason"
        ),
        CheckConstraint("became <> 'draft'", name="published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    became: Mapped[MinutesStatus] = mapped_column(status_column(MinutesStatus))
    published_at: Mapped[datetime] = mapped_column(instant())
    published_on: Mapped[date]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    open_contents: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Read from the database only where it is asked for, which no public page does.
    restricted_contents: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    sha256: Mapped[str]  # of both contents
    pdf_sha256: Mapped[str | None]  # of the open contents
    word_sha256: Mapped[str | None]
    change_reason: Mapped[str | None]
    minutes: Mapped[Minutes] = relationship()
