"""Whoever closes what has been published is led to taking it down, since closing stops nothing."""

import pytest
from flask import Flask

from committee.agendas.models import AgendaVersion
from committee.decisions.models import RecordVersion
from committee.extensions import db
from committee.people.roles import Role
from committee.takedowns.rules import PublishedKind
from tests.pages.conftest import signed_in
from tests.pages.reader import Reader
from tests.takedowns.conftest import Published
from tests.takedowns.test_taking_down import take_down, thing_of

STAYS = "Anyone goes on reading these until they are taken down."
KINDS = [PublishedKind.AGENDA, PublishedKind.RECORD]


def class_page(published: Published, kind: PublishedKind) -> str:
    """Where the class of what was published is said."""
    subject_id = published.ids[kind]
    if kind is PublishedKind.RECORD:
        number = db.session.get_one(RecordVersion, subject_id).decision.number
        return f"/decisions/{number}/class"
    told = db.session.get_one(AgendaVersion, subject_id).open_contents
    return f"/agenda-items/{told['items'][0]['id']}/class"


def the_way(reader: Reader, kind: PublishedKind, published: Published) -> bool:
    """Whether the page leads to taking this thing down."""
    return bool(reader.page.select(f'main a[href="/takedowns/{kind}/{published.ids[kind]}"]'))


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_its_class_leads_to_taking_down_what_tells_it(
    pages_app: Flask, published: Published, kind: PublishedKind
) -> None:
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    officer.get(class_page(published, kind))
    assert STAYS in officer.words()
    assert the_way(officer, kind, published)
    keeper = signed_in(pages_app, Role.MONITORING_OFFICER)
    take_down(keeper, thing_of(published, kind))
    officer.get(class_page(published, kind))
    assert not the_way(officer, kind, published)
    assert f"{'Version 1' if kind is PublishedKind.AGENDA else 'version 1'}" not in officer.words()


@pytest.mark.parametrize("kind", KINDS)
def test_what_waits_for_the_monitoring_officer_is_said_to_wait(
    pages_app: Flask, published: Published, kind: PublishedKind
) -> None:
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    take_down(officer, thing_of(published, kind))
    officer.get(class_page(published, kind))
    assert "waits for the monitoring officer to be taken down" in officer.words()
