"""One matter of 2018 from its number to its approved minutes, as the five kinds of user live it.

The clock of the installation is moved from day to day. Every date that is looked for was worked
out by the product from the day on which something was done.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import thread_deciding, thread_steps
from tests.browser.conftest import PATIENCE, Visitor
from tests.browser.moved_clock import MovedClock
from tests.browser.running import Product, every_part, installation
from tests.browser.thread_steps import Story
from tests.browser.watching import Watch


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovedClock:
    """The clock of the installation."""
    moved = MovedClock(tmp_path_factory.mktemp("clock") / "seconds")
    moved.move_to(date(2018, 2, 12))
    return moved


@pytest.fixture(scope="module")
def council(
    database_url: str,
    servers_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    clock: MovedClock,
) -> Iterator[Product]:
    """An installation of its own, whose clock is moved, with the people of the committee."""
    folder = tmp_path_factory.mktemp("thread")
    with installation(servers_folder, folder, f"thread_{folder.parent.name[-20:]}") as made:
        made.environment["QUORATE_MOVED_CLOCK"] = str(clock.path)
        made.environment["PUBLIC_URL"] = made.address
        made.run(sys.executable, "-m", "tests.browser.people_of_2018")
        made.start(every_part(made))
        yield made


@pytest.fixture
def someone(council: Product, chromium: Browser) -> Iterator[Callable[[str | None], Visitor]]:
    """Makes a visitor, signed in where an e-mail address is given; no browser may complain."""
    made: list[Visitor] = []

    def make(email: str | None = None) -> Visitor:
        context = chromium.new_context(locale="en-GB", accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        found = Visitor(context.new_page(), Watch(context), council.address)
        made.append(found)
        if email:
            found.sign_in(email)
        return found

    yield make
    faults = [fault for each in made for fault in each.watch.faults]
    for each in made:
        each.page.context.close()
    assert faults == [], council.logs()


@pytest.fixture
def story(
    council: Product, clock: MovedClock, someone: Callable[..., Visitor], tmp_path: Path
) -> Story:
    """What the steps share: who may come, where the clock is, and where files lie."""
    return Story(council, clock, someone, tmp_path)


@pytest.mark.timeout(900)
def test_one_matter_from_its_number_to_its_approved_minutes(story: Story) -> None:
    thread_steps.open_the_decision(story)
    thread_steps.consult(story)
    thread_steps.close_and_report(story)
    thread_deciding.write_the_report(story)
    thread_deciding.give_notice(story)
    thread_deciding.accept_and_publish(story)
    thread_deciding.propose(story)
    thread_deciding.meet(story)
    thread_deciding.sign(story)
    thread_deciding.come_into_force(story)
    thread_deciding.approve_minutes(story)
    thread_deciding.read_the_thread(story)
