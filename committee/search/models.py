"""The index. Only what anyone may read is ever put into it, so nothing has to be left out."""

from datetime import date

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, status_column
from committee.search.rules import EntryKind


class SearchEntry(Model):
    """One published thing, or one page of a paper, with the words by which it is found."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "page"),
        Index("ix_search_entry_words", "words", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(status_column(EntryKind))
    subject_id: Mapped[int]
    page: Mapped[int] = mapped_column(default=0)  # of the paper, from 1; 0 for the thing itself
    printed_page: Mapped[str | None]  # as the pack prints it
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    address: Mapped[str]  # the path of its page
    dated: Mapped[date | None]
    made_of: Mapped[str] = mapped_column(default="")  # of what versions, to see when it is outdated
    words: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('english', title), 'A') || "
            "setweight(to_tsvector('english', text), 'B')",
            persisted=True,
        ),
    )
