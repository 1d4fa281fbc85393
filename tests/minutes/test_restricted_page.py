"""Members read exempt minutes on a page of their own; nobody else does."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text

from committee.agendas import classing
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.confidentiality import reading
from committee.confidentiality.reading_rules import MEMBERS, Ground, Standing
from committee.extensions import db, owner_engine
from committee.people import users
from committee.people.roles import Role
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import SECRET
from tests.minutes.conftest import PASSWORD, at_a_browser
from tests.pages.reader import Reader


def addresses(met: builders.Met) -> tuple[str, str]:
    """Where anyone reads the minutes, and where members do."""
    begins = f"/meetings/{met.meeting.id}/minutes"
    return f"{begins}/published", f"{begins}/restricted"


def published(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    db.session.commit()


def test_a_member_is_led_to_what_was_done_in_private(met: builders.Met, pages_app: Flask) -> None:
    published(met)
    openly, restricted = addresses(met)
    member = at_a_browser(pages_app, Role.COMMITTEE_MEMBER)
    member.get(openly)
    assert SECRET not in member.words()
    assert member.page.select_one(f'a[href="{restricted}"]')
    member.get(restricted)
    assert f"The price of {SECRET} was named." in member.words()
    assert "Not for publication." in member.words()


def test_others_are_neither_led_there_nor_let_in(
    met: builders.Met, visitor: Reader, author: Reader, pages_app: Flask
) -> None:
    published(met)
    openly, restricted = addresses(met)
    for reader in (visitor, author):
        reader.get(openly)
        assert not reader.page.select_one(f'a[href="{restricted}"]')
    assert visitor.get(restricted).status_code == 303
    assert author.get(restricted).status_code == 404
    other = users.add_user(
        "member@example.org",
        "Mr M",
        PASSWORD,
        role=Role.COMMITTEE_MEMBER,
        committee=common.a_committee("Other Committee"),
    )
    db.session.commit()
    elsewhere = Reader(pages_app)
    elsewhere.sign_in(other.email, PASSWORD)
    assert elsewhere.get(restricted).status_code == 404


def test_minutes_that_were_not_published_have_no_such_page(
    met: builders.Met, clerk: Reader
) -> None:
    builders.written(met)
    db.session.commit()
    assert clerk.get(addresses(met)[1]).status_code == 404


def forbid_members(ground: Ground) -> None:
    """Set the rules so that no member reads what is closed on this ground."""
    rules = {(role, standing, ground): False for role in MEMBERS for standing in Standing}
    now = common.A_MOMENT
    reading.set_rules(rules, seen=reading.last_set(), reason="A test.", now=now, by=None)


def about_a_person(met: builders.Met) -> None:
    """Close the exempt item on paragraph 1 alone, and publish the agenda so."""
    said = replace(common.EXEMPT, paragraphs=(1,))
    fields = ClassFields(said, "A property")
    classing.classify_item(met.exempt, fields, now=common.A_MOMENT, today=common.A_DAY)
    agendas.publish(
        met.meeting,
        today=builders.AGENDA_DAY,
        now=builders.at(builders.AGENDA_DAY),
        by=None,
        reasons=agendas.Reasons(change="Another paragraph."),
    )


def taken_off(item: AgendaItem) -> None:
    items.remove_item(item, now=common.A_MOMENT)


def opened(item: AgendaItem) -> None:
    common.opened_or_closed(item, Part.OPEN)


@pytest.mark.parametrize("change", [taken_off, opened])
def test_frozen_words_stay_closed_on_the_grounds_they_had(
    met: builders.Met, pages_app: Flask, change: object
) -> None:
    about_a_person(met)
    published(met)
    forbid_members(Ground.PARAGRAPH_ONE)
    db.session.commit()
    member = at_a_browser(pages_app, Role.COMMITTEE_MEMBER)
    assert member.get(addresses(met)[1]).status_code == 404
    change(met.exempt)  # type: ignore[operator]
    db.session.commit()
    assert member.get(addresses(met)[1]).status_code == 404
    officer = at_a_browser(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    assert officer.get(addresses(met)[1]).status_code == 200


def test_a_private_minute_of_before_without_a_ground_is_closed_on_every_ground(
    met: builders.Met, pages_app: Flask
) -> None:
    minutes = builders.written(met)
    builders.write(
        builders.minute_of(minutes, met.verbal),
        "A name was named.",
        said=common.EXEMPT,
        public_summary="Somebody was spoken of.",
    )
    builders.publish(minutes)
    db.session.commit()
    with owner_engine().begin() as owner:
        owner.execute(text("DELETE FROM determination WHERE subject_kind = 'minute'"))
    forbid_members(Ground.PARAGRAPH_ONE)
    db.session.commit()
    member = at_a_browser(pages_app, Role.COMMITTEE_MEMBER)
    assert member.get(addresses(met)[1]).status_code == 404
    officer = at_a_browser(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    assert officer.get(addresses(met)[1]).status_code == 200


def test_a_rule_on_another_ground_shuts_nothing(met: builders.Met, pages_app: Flask) -> None:
    published(met)
    forbid_members(Ground.PARAGRAPH_ONE)
    db.session.commit()
    member = at_a_browser(pages_app, Role.COMMITTEE_MEMBER)
    assert member.get(addresses(met)[1]).status_code == 200, "its item is closed on paragraph 3"
