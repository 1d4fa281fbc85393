"""What every classed thing carries, and the table of how each came by its class."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import CLOSED, Classification, ConfidenceBasis, marking, reason
from committee.extensions import Model, instant, status_column
from committee.people.models import User
from committee.people.roles import Role


class Classed:
    """The present class of a thing. New things have none, and are closed until one is given."""

    classification: Mapped[Classification] = mapped_column(
        status_column(Classification), default=Classification.UNCLASSED
    )
    exempt_paragraphs: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list)
    # Under paragraph 3: terms proposed for a contract, which other members may not inspect.
    terms_of_contract: Mapped[bool] = mapped_column(default=False)
    confidence_basis: Mapped[ConfidenceBasis | None] = mapped_column(status_column(ConfidenceBasis))

    @property
    def is_open(self) -> bool:
        """Whether somebody has said that anyone may read it."""
        return self.classification is Classification.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether the law closes it to the public: it is exempt or confidential."""
        return self.classification in CLOSED

    @property
    def is_unclassed(self) -> bool:
        """Whether nobody has said what it is; until then it is kept closed."""
        return self.classification is Classification.UNCLASSED

    @property
    def marking(self) -> str | None:
        """What its copies are marked with; nothing where it is open."""
        return marking(self.classification, self.exempt_paragraphs)

    @property
    def reason_closed(self) -> str:
        """Why it is closed, in words for anyone; nothing where it is open or not classed."""
        return reason(self.classification, self.exempt_paragraphs)


def ground_stated() -> CheckConstraint:
    """That a closed thing says on what ground it is closed, and an open one has none."""
    return CheckConstraint(
        "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
        "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)",
        name="ground_stated",
    )


class Determination(Classed, Model):
    """That somebody gave a thing its class, and why. Rows are never changed: the newest counts.

    The thing is told by the name of its table and its id. `recorded_from` says where a
    class came from that nobody gave by hand, such as the file of a meeting.
    """

    __tablename__ = "determination"
    __table_args__ = (
        ground_stated(),
        CheckConstraint("classification <> 'unclassed'", name="class_given"),
        CheckConstraint(
            "classification <> 'exempt' OR coalesce(recorded_from, '') <> '' "
            "OR (coalesce(factors_for, '') <> '' AND coalesce(factors_against, '') <> '' "
            "AND coalesce(conclusion, '') <> '' AND review_on IS NOT NULL)",
            name="exempt_was_tested",
        ),
        Index("ix_determination_subject", "subject_kind", "subject_id", "id"),
        Index("ix_determination_review_on", "review_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    factors_for: Mapped[str | None]
    factors_against: Mapped[str | None]
    conclusion: Mapped[str | None]
    review_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(instant())
    recorded_from: Mapped[str | None]
    decided_by: Mapped[User | None] = relationship()

    @property
    def is_tested(self) -> bool:
        """Whether its public interest test was written down."""
        return bool(self.factors_for and self.factors_against and self.conclusion)


class ReadingRule(Model):
    """That the monitoring officer set whether a role may read on one ground. Never changed: of
    several rows for the same the newest holds."""

    __tablename__ = "reading_rule"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_stated"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(status_column(Role))
    standing: Mapped[Standing] = mapped_column(status_column(Standing))
    ground: Mapped[Ground] = mapped_column(status_column(Ground))
    may_read: Mapped[bool]
    reason: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(instant())
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    set_by: Mapped[User | None] = relationship()
