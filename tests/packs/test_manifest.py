"""What goes into a pack, and what can never get into the public one."""

import dataclasses
import json

import pytest
from flask import Flask

from committee.agendas.rules import STUB_TITLE, ItemKind, Part
from committee.clock import now
from committee.confidentiality.rules import Classification, marking
from committee.constitution import current_constitution
from committee.documents.pack.plan import PackPlan
from committee.documents.preparation import Prepared
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import manifest
from committee.packs.rules import Audience
from committee.people.roles import MemberRole
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.storage import current_storage
from tests import builders


def plan_of(meeting: Meeting, audience: Audience = Audience.PUBLIC) -> PackPlan:
    db.session.commit()
    plan = manifest.plan_for(meeting, audience, constitution=current_constitution())
    return manifest.with_files(plan, current_storage())


def accept(version: PaperVersion, pages: int = 2) -> None:
    path = current_storage().local_path(version.original_sha256)
    stored = current_storage().save_file(path)
    prepared = Prepared(path=path, pages=pages, tagged=False, notices=(), title=None)
    reports.record_accepted(version, prepared, stored, now=now())
    db.session.flush()


def test_the_public_plan_never_reads_exempt_words_or_papers(app: Flask) -> None:
    meeting = builders.a_meeting()
    builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
    exempt = builders.an_item(meeting, "Sale of 4 High Street", part=Part.EXEMPT)
    exempt.description, exempt.decision_number = "zqdescription", "26/00099"
    version = builders.a_paper(exempt, name="zqsecret.pdf")
    accept(version)
    plan = plan_of(meeting)
    stub = plan.items[-1]
    assert (stub.title, stub.papers, stub.exempt) == (STUB_TITLE, (), True)
    assert stub.exempt_reason is not None
    assert "paragraph 3" in stub.exempt_reason
    written = json.dumps(dataclasses.asdict(plan), default=str)
    for secret in ("High Street", "zqdescription", "zqsecret", "26/00099", version.original_sha256):
        assert secret not in written


def test_the_restricted_plan_holds_everything(app: Flask) -> None:
    meeting = builders.a_meeting()
    exempt = builders.an_item(meeting, "Sale of 4 High Street", part=Part.EXEMPT)
    accept(builders.a_paper(exempt), pages=2)
    item = plan_of(meeting, Audience.RESTRICTED).items[0]
    assert item.title == "Sale of 4 High Street"
    assert [paper.pages for paper in item.papers] == [2]


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (
            [3],
            "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local "
            "Government Act 1972: Financial or business affairs of a particular person or body.",
        ),
        ([1, 2, 5], "NOT FOR PUBLICATION by virtue of paragraphs 1, 2 and 5 of Part 1 of Schedule"),
        ([], "NOT FOR PUBLICATION"),
    ],
)
def test_exempt_papers_are_marked_with_their_grounds(
    app: Flask, paragraphs: list[int], words: str
) -> None:
    meeting = builders.a_meeting()
    accept(builders.a_paper(builders.an_item(meeting, "Open to all")))
    exempt = builders.an_item(meeting, "Sale of 4 High Street", part=Part.EXEMPT)
    builders.a_paper(exempt)
    assert marking(Classification.EXEMPT, paragraphs).startswith(words)
    opened, shut = plan_of(meeting, Audience.RESTRICTED).items
    assert [paper.marking for paper in opened.papers] == [None]
    assert [paper.marking for paper in shut.papers] == [marking(Classification.EXEMPT, [3])]
    assert (shut.public_title, opened.public_title) == (STUB_TITLE, None)


def test_members_are_counted_by_group_with_chairman_first(app: Flask) -> None:
    committee = builders.a_committee(seats=5)
    builders.a_member(committee, "Cllr Able", group="Blue")
    builders.a_member(committee, "Cllr Baker", group="Blue", role=MemberRole.CHAIRMAN)
    builders.a_member(committee, "Cllr Cole", group="Green")
    plan = plan_of(builders.a_meeting(committee))
    assert [(group.name, [(m.name, m.role) for m in group.members]) for group in plan.groups] == [
        ("Blue", [("Cllr Baker", "Chairman"), ("Cllr Able", None)]),
        ("Green", [("Cllr Cole", None)]),
    ]
    assert plan.vacancies == 2


@pytest.mark.parametrize("problem", ["received", "refused", "failed"])
def test_a_paper_that_cannot_be_used_has_a_problem_in_words(app: Flask, problem: str) -> None:
    meeting = builders.a_meeting()
    version = builders.a_paper(builders.an_item(meeting))
    if problem == "refused":
        reports.record_refused(version, Refused("macros", "It has macros.", "Save it."), now=now())
    if problem == "failed":
        reports.record_failed(version, "No converter.", "Send a PDF.", now=now())
    paper = plan_of(meeting).items[0].papers[0]
    assert paper.path is None
    assert paper.problem


def test_a_refused_new_version_leaves_the_good_one_in_use_and_says_so(app: Flask) -> None:
    meeting = builders.a_meeting()
    version = builders.a_paper(builders.an_item(meeting))
    accept(version)
    newer = reports.receive_version(version.paper, builders.an_upload("v2.pdf", b"broken"))
    reports.record_refused(newer, Refused("damaged", "It is damaged.", "Save it."), now=now())
    paper = plan_of(meeting).items[0].papers[0]
    assert paper.path is not None
    (warning,) = manifest.newer_version_warnings(meeting, Audience.PUBLIC)
    assert "version 2 was refused, so version 1 is in the pack" in warning


def test_warnings_for_the_public_pack_do_not_name_exempt_papers(app: Flask) -> None:
    meeting = builders.a_meeting()
    version = builders.a_paper(builders.an_item(meeting, "Sale", part=Part.EXEMPT))
    accept(version)
    reports.receive_version(version.paper, builders.an_upload("v2.pdf", b"newer"))
    db.session.flush()
    assert manifest.newer_version_warnings(meeting, Audience.PUBLIC) == []
    assert len(manifest.newer_version_warnings(meeting, Audience.RESTRICTED)) == 1


def test_a_stored_file_that_is_gone_becomes_a_problem_not_a_crash(app: Flask) -> None:
    meeting = builders.a_meeting()
    version = builders.a_paper(builders.an_item(meeting))
    accept(version)
    version.prepared_sha256 = "0" * 64
    paper = plan_of(meeting).items[0].papers[0]
    assert paper.path is None
    assert paper.problem == "The stored file of this paper cannot be found."
