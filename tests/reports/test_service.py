"""Receiving papers, their versions, and what the checks made of them."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from committee.agendas.models import AgendaItem
from committee.audit import service as audit
from committee.clock import now
from committee.documents.preparation import Prepared
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.reports import service
from committee.reports.models import Paper, PaperVersion
from committee.reports.rules import PaperKind, VersionStatus
from committee.states import NotAllowed
from committee.storage import Stored
from committee.work import service as work
from committee.work.rules import WorkKind
from tests import builders


@pytest.fixture
def item(app: Flask) -> AgendaItem:
    """An agenda item without papers."""
    made = builders.an_item(builders.a_meeting())
    db.session.flush()
    return made


def received(item: AgendaItem, name: str = "report.pdf", **more: object) -> PaperVersion:
    return service.receive_paper(item.id, builders.an_upload(name), **more)  # type: ignore[arg-type]


def accepted(version: PaperVersion, *, pages: int = 3) -> None:
    prepared = Prepared(
        path=Path("unused.pdf"),
        pages=pages,
        tagged=True,
        notices=("JavaScript was removed.",),
        title=None,
    )
    service.record_accepted(version, prepared, Stored("a" * 64, 10), now=now())
    db.session.flush()


def refused(version: PaperVersion) -> None:
    refusal = Refused(code="macros", reason="It holds macros.", remedy="Save it without.")
    service.record_refused(version, refusal, now=now())
    db.session.flush()


def owed() -> list[tuple[WorkKind, int]]:
    return [(piece.kind, piece.subject_id) for piece in work.to_hint()]


def test_the_first_paper_is_the_main_one_and_later_ones_are_appendices(item: AgendaItem) -> None:
    versions = [received(item, f"{name}.pdf") for name in ("report", "map", "table")]
    assert [version.paper.kind for version in versions] == [
        PaperKind.MAIN,
        PaperKind.APPENDIX,
        PaperKind.APPENDIX,
    ]
    assert [paper.position for paper in service.papers_of(item.id)] == [1, 2, 3]


def test_a_paper_takes_the_kind_it_is_given(item: AgendaItem) -> None:
    received(item, kind=PaperKind.APPENDIX)
    assert received(item).paper.kind is PaperKind.MAIN


def test_a_received_paper_owes_its_check_and_is_in_no_pack_yet(item: AgendaItem) -> None:
    version = received(item)
    assert (version.number, version.status) == (1, VersionStatus.RECEIVED)
    assert owed() == [(WorkKind.CHECK_PAPER, version.id)]
    assert version.paper.in_use is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Budget monitoring.docx", "Budget monitoring"),
        ("08_school-places_2026.pdf", "School places 2026"),
        ("8.pdf", "8"),
        ("C:\\Users\\clerk\\minutes.docx", "Minutes"),
        ("papers/minutes.pdf", "Minutes"),
        ("", "Untitled paper"),
        ("___.pdf", "Untitled paper"),
    ],
)
def test_a_first_title_comes_from_the_files_name(name: str, title: str) -> None:
    assert service.title_from(name) == title


@given(st.text(max_size=300))
def test_any_name_gives_a_title_fit_for_print(name: str) -> None:
    title = service.title_from(name)
    assert title.strip()
    assert len(title) <= 200
    assert "\n" not in title


def test_a_long_name_is_cut_and_its_paper_kept(item: AgendaItem) -> None:
    version = received(item, "x" * 300 + ".pdf")
    db.session.flush()
    assert len(version.original_name) == 255


# --- versions ---


def test_a_new_version_is_numbered_and_the_accepted_one_stays_in_use(item: AgendaItem) -> None:
    first = received(item)
    accepted(first)
    second = service.receive_version(first.paper, builders.an_upload("better.pdf"))
    paper = first.paper
    assert (second.number, paper.newest, paper.in_use) == (2, second, first)
    refused(second)
    assert paper.in_use is first
    third = service.receive_version(paper, builders.an_upload("best.pdf"))
    accepted(third)
    assert (third.number, paper.in_use, len(paper.versions)) == (3, third, 3)


def test_an_accepted_version_says_what_was_made_of_it(item: AgendaItem) -> None:
    version = received(item)
    accepted(version, pages=5)
    assert (version.status, version.pages, version.tagged) == (VersionStatus.ACCEPTED, 5, True)
    assert version.notices == ["JavaScript was removed."]
    assert version.prepared_sha256 == "a" * 64
    assert version.checked_at is not None


def test_a_refused_version_says_why_and_what_to_do(item: AgendaItem) -> None:
    version = received(item)
    refused(version)
    assert (version.code, version.reason, version.remedy) == (
        "macros",
        "It holds macros.",
        "Save it without.",
    )


def test_what_was_decided_stays_decided(item: AgendaItem) -> None:
    version = received(item)
    accepted(version)
    with pytest.raises(NotAllowed):
        refused(version)
    with pytest.raises(NotAllowed):
        service.record_failed(version, "x", "y", now=now())
    with pytest.raises(NotAllowed):
        service.check_again(version)


def test_a_version_that_could_not_be_checked_can_be_checked_again(item: AgendaItem) -> None:
    version = received(item)
    service.record_failed(version, "No converter.", "Send a PDF.", now=now())
    assert version.code == "not_checked"
    service.check_again(version)
    assert version.status is VersionStatus.RECEIVED
    assert (version.code, version.reason, version.remedy, version.checked_at) == (None,) * 4
    assert owed() == [(WorkKind.CHECK_PAPER, version.id)]
    accepted(version)
    assert version.paper.in_use is version


# --- order, names, removal ---


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [("b", "up", "bac"), ("b", "down", "acb"), ("a", "up", "abc"), ("c", "down", "abc")],
)
def test_a_paper_moves_among_the_papers_of_its_item(
    item: AgendaItem, which: str, to: str, order: str
) -> None:
    papers = {name: received(item, title=name).paper for name in "abc"}
    received(builders.an_item(item.meeting), title="of another item")
    service.move(papers[which], to)
    assert "".join(paper.title for paper in service.papers_of(item.id)) == order


def test_a_paper_moves_nowhere_else(item: AgendaItem) -> None:
    with pytest.raises(NotAllowed, match="up or down"):
        service.move(received(item).paper, "sideways")


def test_a_removed_paper_keeps_its_versions_and_can_be_put_back(item: AgendaItem) -> None:
    paper = received(item).paper
    service.remove(paper, now=now())
    db.session.flush()
    assert service.papers_of(item.id) == []
    assert service.removed_papers_of([item.id]) == [paper]
    service.restore(paper)
    db.session.flush()
    assert service.papers_of(item.id) == [paper]
    assert len(paper.versions) == 1


def test_a_paper_sent_after_one_was_removed_does_not_take_its_place(item: AgendaItem) -> None:
    first = received(item, title="first").paper
    service.remove(first, now=now())
    received(item, title="second")
    service.restore(first)
    db.session.flush()
    assert [paper.title for paper in service.papers_of(item.id)] == ["first", "second"]


def test_every_act_is_told_in_the_audit(item: AgendaItem) -> None:
    officer = builders.a_user()
    version = service.receive_paper(item.id, builders.an_upload(), by=officer.id)
    paper: Paper = version.paper
    service.rename(paper, "A better title", kind=PaperKind.APPENDIX, by=officer.id)
    service.remove(paper, now=now(), by=officer.id)
    service.restore(paper, by=officer.id)
    accepted(version)
    assert [(entry.act, entry.actor_id) for entry in audit.history(paper)] == [
        ("paper:restored", officer.id),
        ("paper:removed", officer.id),
        ("paper:changed", officer.id),
        ("paper:added", officer.id),
    ]
    assert [(entry.act, entry.actor_id) for entry in audit.history(version)] == [
        ("paper_version:accepted", None),
        ("paper_version:received", officer.id),
    ]
