"""Tables of people: users and officers, councillors and groups, committees and who sits on them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.roles import ClearanceKind, GrantSource, MemberRole, Role
from committee.people.rules import AccessRegime, CommitteeKind, EndReason, QuorumShare, VotingRight

if TYPE_CHECKING:
    from committee.people.delegation_models import Delegation
    from committee.people.tenure_models import TermOfOffice


class Council(Model):
    """The council whose business this is."""

    __tablename__ = "council"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    brand_colour: Mapped[str] = mapped_column(default="#1d4f66")
    language: Mapped[str] = mapped_column(default="en-GB")


class Officer(Model):
    """An officer of the council whom the public may contact."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    name: Mapped[str]
    job_title: Mapped[str | None]
    telephone: Mapped[str | None]
    email: Mapped[str | None]


class User(Model, UserMixin):
    """Someone who can sign in."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    job_title: Mapped[str | None]
    directorate: Mapped[str | None]
    telephone: Mapped[str | None]
    councillor_id: Mapped[int | None] = mapped_column(ForeignKey("councillor.id"), unique=True)
    # Browsers at which this person came in before are not known any more; nothing: all of them are.
    browsers_known_since: Mapped[datetime | None] = mapped_column(instant())
    version: Mapped[int] = mapped_column(default=1)
    councillor: Mapped["Councillor | None"] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", order_by="RoleGrant.id", foreign_keys="RoleGrant.user_id"
    )

    memberships: Mapped[list["Membership"]] = relationship(
        primaryjoin="User.councillor_id == foreign(Membership.councillor_id)",
        order_by="Membership.id",
        viewonly=True,
    )
    terms: Mapped[list["TermOfOffice"]] = relationship(
        primaryjoin="User.councillor_id == foreign(TermOfOffice.councillor_id)",
        order_by="TermOfOffice.started_on",
        viewonly=True,
    )
    delegations_received: Mapped[list["Delegation"]] = relationship(
        back_populates="receiver",
        order_by="Delegation.id",
        foreign_keys="Delegation.receiver_id",
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_active(self) -> bool:
        """Whether this person may still sign in, as Flask-Login asks it."""
        return self.active


class RoleGrant(Model):
    """A role that someone holds, on one committee or, where none is named, council-wide."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(
            "clearance_kind IS NULL OR role = 'clearance_officer'",
            name="only_clearance_has_a_kind",
        ),
        Index(
            "uq_role_grant_council_wide",
            "user_id",
            "role",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND committee_id IS NULL"),
        ),
        Index(
            "uq_role_grant_on_committee",
            "user_id",
            "committee_id",
            "role",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    role: Mapped[Role] = mapped_column(status_column(Role))
    granted_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    clearance_kind: Mapped[ClearanceKind | None] = mapped_column(status_column(ClearanceKind))
    source: Mapped[GrantSource] = mapped_column(
        status_column(GrantSource), default=GrantSource.ADMINISTRATOR
    )
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])
    given_by: Mapped[User | None] = relationship(foreign_keys=[given_by_id])
    committee: Mapped["Committee | None"] = relationship()


class PoliticalGroup(Model):
    """A political group, or a body of co-opted members printed as one, which is not `political`."""

    __tablename__ = "political_group"
    __table_args__ = (Index("uq_political_group_name", "council_id", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    name: Mapped[str]
    print_order: Mapped[int] = mapped_column(default=0)
    political: Mapped[bool] = mapped_column(default=True, server_default=text("true"))


class Councillor(Model):
    """A member of the council, or someone co-opted to a committee.

    The group is that of today; terms of office say which it was when.
    """

    __tablename__ = "councillor"

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("political_group.id"), index=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    group: Mapped[PoliticalGroup | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Committee(Model):
    """A committee of the council. Where it has no quorum of its own, the constitution's counts."""

    __tablename__ = "committee"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats >= 0", name="seats_not_negative"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("quorum_minimum >= 1", name="quorum_of_somebody"),
        Index("uq_committee_name", "council_id", "name", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    contact_officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]
    seats: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    kind: Mapped[CommitteeKind] = mapped_column(
        status_column(CommitteeKind), default=CommitteeKind.COMMITTEE, server_default="committee"
    )
    access_regime: Mapped[AccessRegime] = mapped_column(
        status_column(AccessRegime),
        default=AccessRegime.COUNCIL_COMMITTEE,
        server_default="council_committee",
    )
    quorum_share: Mapped[QuorumShare | None] = mapped_column(status_column(QuorumShare))
    quorum_minimum: Mapped[int | None]
    # Whether its seats are shared out in proportion to the groups (BAL-07).
    balanced: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    version: Mapped[int] = mapped_column(default=1)
    council: Mapped[Council] = relationship()
    parent: Mapped["Committee | None"] = relationship(remote_side="Committee.id")
    contact_officer: Mapped[Officer | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Membership(Model):
    """A seat held by someone from one day to another. Rows are never edited, only ended.

    One that was entered in error is ended with that reason, and then counts for no day.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        CheckConstraint("ended_on IS NOT NULL OR ended_because IS NULL", name="reason_of_an_end"),
        ExcludeConstraint(
            (text("int4range(committee_id, committee_id, '[]')"), "&&"),
            (text("int4range(councillor_id, councillor_id, '[]')"), "&&"),
            (text("daterange(started_on, ended_on, '[]')"), "&&"),
            name="ex_membership_one_at_once",
            where=text("ended_because IS DISTINCT FROM 'entered_in_error'"),
            using="gist",
        ),
        Index(
            "uq_membership_open",
            "committee_id",
            "councillor_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    role: Mapped[MemberRole] = mapped_column(status_column(MemberRole))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[EndReason | None] = mapped_column(status_column(EndReason))
    voting: Mapped[VotingRight] = mapped_column(
        status_column(VotingRight), default=VotingRight.ALL, server_default="all"
    )
    print_order: Mapped[int] = mapped_column(default=0)
    councillor: Mapped[Councillor] = relationship()
    committee: Mapped[Committee] = relationship()


class Portfolio(Model):
    """An office that takes executive decisions, such as a Cabinet Member's or the Leader's."""

    __tablename__ = "portfolio"
    __table_args__ = (Index("uq_portfolio_title", "council_id", "title", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    title: Mapped[str]


class PortfolioHolding(Model):
    """Who holds a portfolio from one day to another. Rows are never edited, only ended."""

    __tablename__ = "portfolio_holding"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        Index(
            "uq_portfolio_holding_open",
            "portfolio_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    portfolio: Mapped[Portfolio] = relationship()
    user: Mapped[User] = relationship()
