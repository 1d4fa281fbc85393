"""What was published, for tests that change it behind the application's back."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from committee.agendas import publishing
from committee.agendas.models import AgendaVersion
from committee.clock import now, today
from committee.decisions.models import RecordVersion
from committee.decisions.publishing import keep_file
from committee.documents.pack.build import BuiltPack
from committee.extensions import db
from committee.integrity import records
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience
from committee.storage import Stored, current_storage
from tests import builders
from tests.builders import a_pdf
from tests.decisions.builders import a_published
from tests.pages.test_publishing import with_paper


@pytest.fixture
def version(app: Flask) -> RecordVersion:
    """The published record of a decision, with its file."""
    a_published()
    found = db.session.scalars(select(RecordVersion).order_by(RecordVersion.id.desc())).first()
    assert found is not None
    keep_file(found, current_storage().save(BytesIO(b"the record")).sha256)
    db.session.commit()
    return found


def altered() -> list[str]:
    """What is told of the rows of everything that was published."""
    db.session.expire_all()
    return list(records.altered_rows())


@pytest.fixture
def agenda(app: Flask) -> AgendaVersion:
    """A published agenda with its packs, as workers made them."""
    meeting = builders.a_meeting(held_on=today() + timedelta(days=60))
    with_paper(builders.an_item(meeting, "Post-16 transport policy"))
    db.session.commit()
    made = [a_built_pack(meeting, audience) for audience in Audience]
    version = publishing.publish(
        meeting,
        today=today(),
        now=now(),
        by=None,
        reasons=publishing.Reasons(),
        packs=(made[0].id, made[1].id),
    )
    packs.note_published(version, by=None)
    db.session.commit()
    return version


def a_built_pack(meeting: Meeting, audience: Audience) -> Pack:
    def stored(words: str) -> Stored:
        return current_storage().save(BytesIO(a_pdf(4, words=f"{audience.value} {words}")))

    pack = packs.ask_for(meeting, audience)
    packs.begin(pack, now=now())
    file = stored("pack")
    built = BuiltPack(
        path=Path(),
        pages=4,
        sha256=file.sha256,
        items=(),
        warnings=(),
        front_pages=4,
    )
    packs.record_built(pack, built, file, key="k", now=now())
    packs.record_fast(pack, stored("pack arranged"))
    db.session.commit()
    return pack


def another_file() -> str:
    """The SHA-256 of a stored file that was never published."""
    return current_storage().save(BytesIO(a_pdf(4, words="What was never published"))).sha256
