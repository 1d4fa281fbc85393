"""Asking the index. It holds only what anyone may read, so every answer may be shown to anyone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from committee.extensions import db
from committee.people.models import Committee
from committee.search.models import SearchEntry
from committee.search.rules import BEGIN, END, PAGE, EntryKind, Wanted

MOST_OTHER_PAGES = 12  # of one paper, named beside the best one

_SNIPPET = (
    f'StartSel="{BEGIN}", StopSel="{END}", MaxFragments=2, MaxWords=28, MinWords=12, '
    'ShortWord=2, FragmentDelimiter=" … "'
)
_WHOLE = f'StartSel="{BEGIN}", StopSel="{END}", HighlightAll=true'


@dataclass(frozen=True)
class OtherPage:
    """Another page of the same paper on which the words stand."""

    page: int
    address: str


@dataclass(frozen=True)
class Found:
    """One thing that was found. `title` and `snippet` carry the markers of highlights."""

    kind: EntryKind
    subject_id: int
    title: str
    snippet: str
    address: str
    page: int
    printed_page: str | None
    committee: str | None
    dated: date | None
    pages: int  # of the paper on which the words stand, this one included
    others: tuple[OtherPage, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One page of what was found, and how much there is in all."""

    found: tuple[Found, ...] = ()
    count: int = 0
    is_too_common: bool = False
    # Where nothing was found: how much any one of the words would find, and all kinds together.
    with_any_word: int = 0
    without_narrowing: int = 0
    wanted: Wanted = field(default_factory=lambda: Wanted(""))

    @property
    def pages(self) -> int:
        """How many pages the answer has, one at least."""
        return max(1, -(-self.count // PAGE))


def search(wanted: Wanted) -> Answer:
    """What anyone may read that holds all the words, best first, then latest first."""
    if not wanted.query:
        return Answer(wanted=wanted)
    if not db.session.scalar(select(func.numnode(_asked(wanted.query)))):
        return Answer(is_too_common=True, wanted=wanted)
    count = _count(wanted)
    if not count:
        return Answer(
            with_any_word=_count(replace(wanted, query=any_of(wanted))) if wanted.parts[1:] else 0,
            without_narrowing=(
                _count(replace(wanted, kind=None, committee=None)) if wanted.narrowed else 0
            ),
            wanted=wanted,
        )
    wanted = replace(wanted, page=min(wanted.page, -(-count // PAGE)))
    return Answer(_with_others(wanted, _page(wanted)), count, wanted=wanted)


def any_of(wanted: Wanted) -> str:
    """A query that is content with any one of the words."""
    return " or ".join(part.strip('"-') for part in wanted.parts if part.strip('"-'))


def _asked(query: str) -> Any:
    """The query as PostgreSQL reads it. It takes any text and never fails."""
    return func.websearch_to_tsquery("english", query)


def _matching(wanted: Wanted, *columns: Any) -> Select[Any]:
    found = select(*columns).where(SearchEntry.words.op("@@")(_asked(wanted.query)))
    if wanted.kind:
        found = found.where(SearchEntry.kind == wanted.kind)
    if wanted.committee:
        slug = select(Committee.id).where(Committee.slug == wanted.committee)
        found = found.where(SearchEntry.committee_id.in_(slug))
    return found


def _count(wanted: Wanted) -> int:
    things = _matching(wanted, SearchEntry.kind, SearchEntry.subject_id).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(things)) or 0


def _page(wanted: Wanted) -> Sequence[Any]:
    """The best page of each thing, ranked, with its highlights."""
    rank = func.ts_rank(SearchEntry.words, _asked(wanted.query), 1)
    thing = (SearchEntry.kind, SearchEntry.subject_id)
    ranked = _matching(
        wanted,
        SearchEntry.id,
        rank.label("rank"),
        func.row_number()
        .over(partition_by=thing, order_by=(rank.desc(), SearchEntry.page))
        .label("place"),
        func.count().over(partition_by=thing).label("pages"),
    ).subquery()
    best = (
        select(SearchEntry, ranked.c.pages, ranked.c.rank)
        .join(ranked, ranked.c.id == SearchEntry.id)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.rank.desc(), SearchEntry.dated.desc().nulls_last(), SearchEntry.id)
        .limit(PAGE)
        .offset((wanted.page - 1) * PAGE)
        .subquery()
    )
    return db.session.execute(
        select(
            best,
            Committee.name.label("committee"),
            func.ts_headline("english", best.c.title, _asked(wanted.query), _WHOLE).label("head"),
            func.ts_headline("english", best.c.text, _asked(wanted.query), _SNIPPET).label("part"),
        )
        .outerjoin(Committee, Committee.id == best.c.committee_id)
        .order_by(best.c.rank.desc(), best.c.dated.desc().nulls_last(), best.c.id)
    ).all()


def _with_others(wanted: Wanted, rows: Sequence[Any]) -> tuple[Found, ...]:
    papers = [row.subject_id for row in rows if row.kind is EntryKind.PAPER and row.pages > 1]
    others: dict[int, list[OtherPage]] = {}
    if papers:
        pages = _matching(
            replace(wanted, kind=EntryKind.PAPER),
            SearchEntry.subject_id,
            SearchEntry.page,
            SearchEntry.address,
        ).where(SearchEntry.subject_id.in_(papers))
        for subject_id, page, address in db.session.execute(
            pages.order_by(SearchEntry.subject_id, SearchEntry.page)
        ):
            others.setdefault(subject_id, []).append(OtherPage(page, address))
    return tuple(_found(row, others) for row in rows)


def _found(row: Any, others: dict[int, list[OtherPage]]) -> Found:
    beside = others.get(row.subject_id, []) if row.kind is EntryKind.PAPER else []
    return Found(
        kind=row.kind,
        subject_id=row.subject_id,
        title=row.head,
        snippet=row.part,
        address=row.address,
        page=row.page,
        printed_page=row.printed_page,
        committee=row.committee,
        dated=row.dated,
        pages=row.pages,
        others=tuple(other for other in beside if other.page != row.page)[:MOST_OTHER_PAGES],
    )
