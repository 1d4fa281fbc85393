"""Putting what anyone may read into the index. Callers commit.

Everything comes from contents that were published as open: nothing exempt is read here, so nothing
has to be left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from committee.agendas.models import AgendaVersion
from committee.agendas.naming import anchor_of
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.documents.running_text import parse, to_plain
from committee.extensions import db
from committee.minutes.models import MinutesVersion
from committee.search.models import SearchEntry
from committee.search.rules import BEGIN, END, EntryKind

MOST_CHARACTERS = 250_000
"""Of one entry: the index of more would be beyond what PostgreSQL keeps for one row."""

OF_AGENDAS = (EntryKind.MEETING, EntryKind.AGENDA_ITEM, EntryKind.PAPER)

# What stands in published contents beside words: dates, names of files and how a date was reached.
_NO_WORDS = {"id", "kind", "status", "date", "basis", "slug", "sha256"}
_NO_WORDS_ENDING = ("_on", "_at", "_id", "_sha256", "_basis", "_slug")

# The parts of a notice and of a record that are searched. What a record quotes is left to its home.
_WORDS_OF_A_NOTICE = (
    "title",
    "decision_maker",
    "decision_maker_name",
    "committee",
    "lead_officer",
    "key_criterion",
    "restriction",
    "restriction_reason",
    "documents",
    "urgency",
    "urgency_reason",
)
_WORDS_OF_A_RECORD = (
    "subject",
    "decision_maker",
    "decision_maker_name",
    "financial",
    "equality",
    "consultation_words",
    "committee_view",
    "alternatives",
    "interests",
    "reassignment",
    "urgency",
    "what_changed",
)

_MARKS = str.maketrans("", "", f"\x00{BEGIN}{END}")


def index_agenda(
    version: AgendaVersion,
    pages: Mapping[int, Sequence[str]],
    pack: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Replace all entries of a meeting by those of this version of its agenda.

    `pages` holds the text of each page of an open paper by the id of its version, `pack` what the
    public pack says of its items' pages (none where there is no pack).
    """
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.meeting_id == version.meeting_id, SearchEntry.kind.in_(OF_AGENDAS)
        )
    )
    starts = {str(item["number"]): item for item in pack}
    items = version.open_contents["items"]
    db.session.add(_meeting(version))
    for item in items:
        if not item["exempt"]:
            db.session.add(_item(version, item))
            db.session.add_all(_papers(version, item, pages, starts.get(str(item["number"]))))
    db.session.flush()


def _meeting(version: AgendaVersion) -> SearchEntry:
    contents = version.open_contents
    told, meeting = contents["meeting"], version.meeting
    titles = [item["title"] for item in contents["items"]]
    return _entry(
        EntryKind.MEETING,
        meeting.id,
        title=told["committee"],
        text="\n".join([told["place"], *titles]),
        address=f"/meetings/{meeting.id}",
        **_of(version),
    )


def _item(version: AgendaVersion, item: dict[str, Any]) -> SearchEntry:
    return _entry(
        EntryKind.AGENDA_ITEM,
        item["id"],
        title=_with_number(item["decision_number"], item["title"]),
        text=item["description"] or "",
        address=f"/meetings/{version.meeting_id}#{anchor_of(item)}",
        **_of(version),
    )


def _papers(
    version: AgendaVersion,
    item: dict[str, Any],
    pages: Mapping[int, Sequence[str]],
    packed: Mapping[str, Any] | None,
) -> Iterator[SearchEntry]:
    starts = _pages_in_pack(item["papers"], packed)
    for paper, first in zip(item["papers"], starts, strict=True):
        address = f"/meetings/{version.meeting_id}/agenda/papers/{paper['version_id']}?show=1"
        title = paper["title"]
        if item["title"] not in title:
            title = f"{title}: {item['title']}"
        texts = pages.get(paper["version_id"], ())
        written = [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]
        for number, text in written or [(0, "")]:
            yield _entry(
                EntryKind.PAPER,
                paper["version_id"],
                page=number,
                printed_page=str(first + number - 1) if first and number else None,
                title=_with_number(item["decision_number"], title),
                text=text,
                address=f"{address}#page={number}" if number else address,
                **_of(version),
            )


def _pages_in_pack(
    papers: Sequence[Mapping[str, Any]], packed: Mapping[str, Any] | None
) -> list[int | None]:
    """The page of the pack on which each paper begins; none where the pack says otherwise.

    Each paper begins on an odd page there, as `committee.documents.pack.layout` places it.
    """
    unknown: list[int | None] = [None] * len(papers)
    if not papers or packed is None or packed.get("first_page") is None:
        return unknown
    starts: list[int | None] = []
    following = int(packed["first_page"])
    last = following
    for paper in papers:
        starts.append(following)
        last = following + paper["pages"] - 1
        following += paper["pages"] + paper["pages"] % 2
    return starts if last == packed.get("last_page") else unknown


def _of(version: AgendaVersion) -> dict[str, Any]:
    meeting = version.meeting
    return {
        "meeting_id": meeting.id,
        "committee_id": meeting.committee_id,
        "dated": meeting.held_on,
        "made_of": f"version {version.id}",
    }


def index_decision(
    decision: Decision, notice: DecisionNotice, record: RecordVersion | None, *, made_of: str
) -> None:
    """Replace the entry of a decision by the words of its newest notice and record."""
    remove(EntryKind.DECISION, [decision.id])
    said = record.contents if record else {}
    first = [notice.contents["matter"], said.get("decision"), said.get("reasons")]
    told = [notice.contents.get(name) for name in _WORDS_OF_A_NOTICE]
    written = [said.get(name) for name in _WORDS_OF_A_RECORD]
    db.session.add(
        _entry(
            EntryKind.DECISION,
            decision.id,
            title=f"{decision.number} {notice.contents.get('title') or decision.number}",
            text=words_of([*first, *told, *written]),
            address=f"/decisions/{decision.number}",
            committee_id=decision.committee_id,
            dated=record.published_on if record else notice.published_on,
            made_of=made_of,
        )
    )
    db.session.flush()


def index_consultation(
    consultation: Consultation, summary: SummaryVersion | None, *, made_of: str
) -> None:
    """Replace the entry of a consultation by what it asks and what its summary says."""
    remove(EntryKind.CONSULTATION, [consultation.id])
    asked = [consultation.proposal, consultation.position_question or ""]
    asked += [question.text for question in consultation.questions]
    db.session.add(
        _entry(
            EntryKind.CONSULTATION,
            consultation.id,
            title=consultation.title,
            text=words_of([*asked, summary.contents if summary else {}]),
            address=f"/consultations/{consultation.slug}",
            committee_id=consultation.committee_id,
            dated=consultation.opens_on,
            made_of=made_of,
        )
    )
    db.session.flush()


def index_minutes(version: MinutesVersion, *, made_of: str) -> None:
    """Replace the entries of a meeting's minutes: one for each minute that anyone may read."""
    minutes = version.minutes
    meeting = minutes.meeting
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.meeting_id == meeting.id, SearchEntry.kind == EntryKind.MINUTE
        )
    )
    for place, entry in enumerate(version.open_contents["minutes"]):
        number = f"{entry['number']}. " if entry["number"] else ""
        anchor = f"#minute-{entry['number']}" if entry["number"] else ""
        db.session.add(
            _entry(
                EntryKind.MINUTE,
                minutes.id,
                page=place,
                title=f"{number}{entry['title']}",
                text=words_of(_said(entry)),
                address=f"/meetings/{meeting.id}/minutes/published{anchor}",
                meeting_id=meeting.id,
                committee_id=meeting.committee_id,
                dated=meeting.held_on,
                made_of=made_of,
            )
        )
    db.session.flush()


def _said(entry: Mapping[str, Any]) -> list[Any]:
    """What a published minute says in words; the rest of it are numbers and words of our own."""
    actions = [action.get("text") for action in entry.get("actions") or ()]
    return [entry.get("discussion"), entry.get("resolution"), entry.get("summary"), actions]


def remove(kind: EntryKind, subject_ids: Iterable[int]) -> None:
    """Take things of a kind out of the index."""
    ids = list(subject_ids)
    db.session.execute(
        delete(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.subject_id.in_(ids))
    )


def words_of(contents: Any) -> str:
    """All words in published contents, in their order, without dates and names of files."""
    return "\n".join(dict.fromkeys(_words(contents)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield to_plain(parse(value)) if "\n" in value or "*" in value else value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NO_WORDS and not name.endswith(_NO_WORDS_ENDING):
                yield from _words(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _words(part)


def _with_number(decision_number: str | None, title: str) -> str:
    return f"{decision_number} {title}" if decision_number else title


def _entry(kind: EntryKind, subject_id: int, *, title: str, text: str, **named: Any) -> SearchEntry:
    return SearchEntry(
        kind=kind,
        subject_id=subject_id,
        title=title.translate(_MARKS),
        text=text.translate(_MARKS)[:MOST_CHARACTERS],
        **named,
    )
