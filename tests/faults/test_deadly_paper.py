"""A paper that kills its worker each time is set aside, and harms no other."""

from flask import Flask

from committee.extensions import db
from committee.reports.models import PaperVersion
from committee.reports.rules import VersionStatus
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from tests import builders
from tests.faults import council
from tests.faults.installation import Installation, wait_until

DEADLY_NAME = "deadly.pdf"  # the one that `deadly_worker` dies of
GOOD_PAPERS = 30


def test_it_is_set_aside_after_five_tries_while_all_good_papers_are_accepted(
    app: Flask, installation: Installation
) -> None:
    for _ in range(2):
        installation.add_worker(module="tests.faults.deadly_worker")
    installation.start_scheduler()
    item = builders.an_item(builders.a_meeting())
    deadly = builders.a_paper(item, name=DEADLY_NAME).id
    for number in range(GOOD_PAPERS):
        builders.a_paper(item, name=f"good-{number}.pdf")
    db.session.commit()
    wait_until(lambda: council.owed() == 0, seconds=120, every=0.2)
    others = db.session.query(PaperVersion).where(PaperVersion.id != deadly).all()
    assert [version.status for version in others] == [VersionStatus.ACCEPTED] * GOOD_PAPERS
    version = db.session.get_one(PaperVersion, deadly)
    assert version.status is VersionStatus.FAILED
    assert version.reason
    assert version.remedy
    work = db.session.query(Work).where(Work.subject_id == deadly).one()
    assert work.status is WorkStatus.QUARANTINED
    assert work.attempts == LIMITS[WorkKind.CHECK_PAPER].attempts
