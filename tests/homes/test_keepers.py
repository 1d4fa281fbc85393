"""Those who look after the council are led to their own pages, and nobody else is."""

from flask import Flask

from committee.clock import now
from committee.extensions import db
from committee.people.roles import Role
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import Thing
from tests import builders
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


def at_home(app: Flask, role: Role) -> Reader:
    """Somebody with this role who has signed in."""
    user = builders.a_user(role, password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    return reader


def test_a_monitoring_officer_is_led_to_what_waits_for_them(app: Flask) -> None:
    officer = at_home(app, Role.MONITORING_OFFICER)
    thing = Thing(PublishedKind.MINUTES, 1, "Minutes, version 1", None, ("/meetings/1",))
    takedowns.take_down(thing, reason="It names a child.", now=now(), by=None, may_allow=False)
    db.session.commit()
    officer.get("/home")
    assert "Allow or refuse to take down: minutes" in officer.words()
    assert officer.page.select_one('a[href="/takedowns/1"]')
    assert officer.page.select_one('a[href="/audit"]')


def test_nobody_is_led_to_pages_that_they_may_not_open(app: Flask) -> None:
    member = at_home(app, Role.COMMITTEE_MEMBER)
    member.get("/home")
    assert "Looking after the council" not in member.words()
