"""Pages on which an agenda is prepared: who is shown what its closed items say, and the note."""

from collections.abc import Callable

import pytest
from flask import Flask

from committee.agendas import classing
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now, today
from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import Classification, Said
from committee.extensions import db
from committee.people.roles import Role
from committee.reports import writing
from tests import builders
from tests.confidentiality.conftest import (
    CONFIDENTIAL,
    SECRET,
    Closed,
    exempt,
    reader,
    readings,
    someone,
)
from tests.reports import builders as reports

Publish = Callable[..., Closed]


def forbid(role: Role, standing: Standing, ground: Ground) -> None:
    """Let nobody of that role read on that ground."""
    rule = {(role, standing, ground): False}
    reading.set_rules(rule, seen=reading.last_set(), reason="To try it", now=now(), by=None)
    db.session.commit()


def pages(closed: Closed) -> dict[str, tuple[str, int]]:
    """The pages that show what a closed item says or what its papers are called, each with what
    is noted as read."""
    meeting, item = closed.meeting.id, closed.item.id
    return {
        f"/meetings/{meeting}/agenda": ("meeting", meeting),
        f"/meetings/{meeting}/papers": ("meeting", meeting),
        f"/agenda-items/{item}/edit": ("agenda_item", item),
        f"/agenda-items/{item}/remove": ("agenda_item", item),
        f"/agenda-items/{item}/class": ("agenda_item", item),
        f"/papers/{closed.paper.paper_id}": ("agenda_item", item),
        f"/papers/{closed.paper.paper_id}/class": ("agenda_item", item),
        f"/papers/{closed.paper.paper_id}/remove": ("agenda_item", item),
    }


def test_each_page_of_a_published_agenda_is_one_reading(pages_app: Flask, publish: Publish) -> None:
    closed = publish(exempt(3))
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    closed.paper.paper.title = f"{SECRET}: the offer"
    db.session.commit()
    officer_id, expected = officer.id, pages(closed)
    at = reader(pages_app, officer)
    for address, noted in expected.items():
        assert at.get(address).status_code == 200
        assert SECRET in str(at.page)
        assert readings().pop() == (*noted, officer_id)
    assert len(readings()) == len(expected)


def test_an_agenda_that_is_not_published_or_has_nothing_closed_is_not_noted(
    pages_app: Flask, publish: Publish
) -> None:
    coming = builders.a_meeting()
    item = items.add_item(coming, ItemFields(ItemKind.REPORT, SECRET))
    classing.classify_item(item, ClassFields(exempt(3)), now=now(), today=today())
    db.session.commit()
    at = reader(pages_app, someone(Role.DEMOCRATIC_SERVICES_OFFICER))
    at.get(f"/meetings/{coming.id}/agenda")
    assert SECRET in at.words()
    assert readings() == []
    closed = publish(exempt(3))
    items.remove_item(closed.item, now=now())
    db.session.commit()
    at.get(f"/meetings/{closed.meeting.id}/papers")
    assert readings() == []


@pytest.mark.parametrize("said", [exempt(1), exempt(3, terms_of_contract=True), CONFIDENTIAL])
def test_a_spokesman_who_may_not_read_it_sees_the_title_for_the_public(
    pages_app: Flask, publish: Publish, said: object
) -> None:
    closed = publish(said)
    at = reader(pages_app, someone(Role.GROUP_SPOKESMAN))  # of the whole council
    assert at.get(f"/meetings/{closed.meeting.id}/agenda").status_code == 200
    assert "A property matter" in at.words()
    assert SECRET not in str(at.page)
    assert "Post-16 transport" in at.words()
    assert at.get(f"/agenda-items/{closed.item.id}/edit").status_code == 404
    assert readings() == []


def test_nor_what_was_taken_off_the_agenda(pages_app: Flask, publish: Publish) -> None:
    closed = publish(CONFIDENTIAL)
    items.remove_item(closed.item, now=now())
    db.session.commit()
    at = reader(pages_app, someone(Role.GROUP_SPOKESMAN))
    at.get(f"/meetings/{closed.meeting.id}/agenda")
    assert SECRET not in str(at.page)


def test_a_spokesman_whom_the_rules_let_read_does_and_is_noted(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(1))
    spokesman = someone(Role.GROUP_SPOKESMAN, closed.meeting.committee)
    at = reader(pages_app, spokesman)
    at.get(f"/meetings/{closed.meeting.id}/agenda")
    assert SECRET in at.words()
    assert readings() == [("meeting", closed.meeting.id, spokesman.id)]
    assert at.get(f"/agenda-items/{closed.item.id}/edit").status_code == 200


def test_an_auditor_whom_the_rules_keep_out_reads_no_title_of_item_or_paper(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(1))
    closed.paper.paper.title = "Offer of Zephyr"
    db.session.commit()
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    at = reader(pages_app, someone(Role.AUDITOR))
    for path in ("agenda", "papers"):
        assert at.get(f"/meetings/{closed.meeting.id}/{path}").status_code == 200
        assert "A property matter" in at.words()
        assert "Zephyr" not in str(at.page)
    for address, (kind, _) in pages(closed).items():
        if kind == "agenda_item":
            assert at.get(address).status_code == 404
    assert readings() == []


def test_nor_of_a_closed_paper_under_an_open_item(pages_app: Flask, publish: Publish) -> None:
    closed = publish(exempt(3))
    opened = items.items(closed.meeting)[0]
    paper = opened.papers[0]
    paper.title = "Offer of Zephyr"
    builders.confidentiality.classify(paper, exempt(1), now=now(), today=today())
    db.session.commit()
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    at = reader(pages_app, someone(Role.AUDITOR))
    at.get(f"/meetings/{closed.meeting.id}/papers")
    assert "Zephyr" not in str(at.page).replace(SECRET, "")
    assert "Post-16 transport" in at.words()
    assert at.get(f"/papers/{paper.id}").status_code == 404
    found = at.get(f"/meetings/{closed.meeting.id}/papers", headers={"Accept": "application/json"})
    assert paper.id not in [each["id"] for each in found.json["papers"]]


def test_nor_where_a_report_is_accepted(pages_app: Flask, publish: Publish) -> None:
    closed = publish(exempt(1))
    said = Said(Classification.EXEMPT, paragraphs=(3,))
    report = reports.a_draft(reports.a_report(closed.meeting), said=said)
    reports.a_checked_paper(report)
    writing.submit(report, now=now())
    db.session.commit()
    accepting = f"/reports/{report.id}/accept"
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER)
    at = reader(pages_app, officer)
    at.get(accepting)
    assert SECRET in at.words()
    noted = [("report", report.id, officer.id), ("meeting", closed.meeting.id, officer.id)]
    assert readings() == noted
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    auditing = reader(pages_app, someone(Role.AUDITOR))
    auditing.get(accepting)
    assert "A property matter" in auditing.words()
    assert SECRET not in str(auditing.page)
