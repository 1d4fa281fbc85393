"""An officer closes an item, or a paper, while another publishes the agenda with its packs."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask

from committee.agendas import classing
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.extensions import db
from committee.packs import publishing_views
from committee.people.roles import Role
from tests import builders
from tests.builders import A_DAY, A_MOMENT, EXEMPT
from tests.meanwhile import DONE, WAITS, just_after, meanwhile
from tests.pages.conftest import pages_app, signed_in, visitor
from tests.pages.reader import Reader
from tests.pages.test_publishing import page, post_as_seen, with_packs, with_paper

__all__ = ["pages_app", "visitor"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The spring of 2018, from before anybody signs in."""
    with time_machine.travel("2018-04-20 09:00", tick=False) as travelled:
        yield travelled


@pytest.fixture
def item(pages_app: Flask) -> AgendaItem:
    """An open item with its paper, its packs built."""
    made = builders.an_item(builders.a_meeting(held_on=date(2018, 5, 8)), "Dismissal of J Smith")
    with_paper(made)
    db.session.commit()
    with_packs(made.meeting)
    return made


def closes_item(item_id: int) -> None:
    found = db.session.get_one(AgendaItem, item_id)
    classing.open_with_papers(found, ClassFields(EXEMPT), now=A_MOMENT, today=A_DAY)


def closes_paper(item_id: int) -> None:
    found = db.session.get_one(AgendaItem, item_id)
    classing.classify_paper(found.papers[0], found, EXEMPT, now=A_MOMENT, today=A_DAY)


@pytest.mark.parametrize("act", [closes_item, closes_paper])
@pytest.mark.parametrize("moment", ["shelves_of", "_pack_ids"])
def test_a_pack_never_goes_out_with_what_was_closed_before_the_agenda_was_frozen(
    pages_app: Flask,
    visitor: Reader,
    item: AgendaItem,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[int], None],
    moment: str,
) -> None:
    """Whichever of them it was, the agenda and its pack say the same of it."""
    item_id, meeting_id, told = item.id, item.meeting_id, []
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    officer.get(page(item.meeting))
    just_after(
        monkeypatch,
        publishing_views,
        moment,
        lambda: told.append(meanwhile(pages_app, lambda: act(item_id))),
    )
    assert post_as_seen(officer, item.meeting) == 303
    assert told == [WAITS]
    assert visitor.get(f"/meetings/{meeting_id}/agenda/1/pack").status_code == 200
    assert meanwhile(pages_app, lambda: act(item_id)) == DONE


@pytest.mark.parametrize("act", [closes_item, closes_paper])
def test_a_pack_that_was_built_before_something_was_closed_is_not_published(
    pages_app: Flask, item: AgendaItem, act: Callable[[int], None]
) -> None:
    item_id, meeting = item.id, item.meeting
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    officer.get(page(meeting))
    assert meanwhile(pages_app, lambda: act(item_id)) == DONE
    assert post_as_seen(officer, meeting) != 303
    assert "has not been built since the agenda or its papers last changed" in officer.words()
