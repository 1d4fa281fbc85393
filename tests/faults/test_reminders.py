"""Workers killed while they remind people: nobody is forgotten, and no letter becomes two."""

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from committee.clock import today
from committee.extensions import db
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.minutes.models import Action
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationStatus
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tests import builders as common
from tests.faults.installation import Installation, Program, wait_until
from tests.faults.record import record
from tests.mail.server import ServerForTests, listening
from tests.reminders import builders

PATIENCE = 10.0  # seconds to wait for something to be in hand before striking anyway
A_MOMENT = 0.3  # seconds in which a living worker surely gets on with what it has in hand


def actions_due_today(number: int) -> None:
    """So many actions that are due today, owed by 25 people: the sweep finds them by itself."""
    owners = [builders.an_author(f"Owner{each}") for each in range(25)]
    first = builders.an_action(common.a_meeting(held_on=today()), owners[0], due_on=today())
    db.session.add_all(
        Action(
            minute_id=first.minute_id,
            text=f"Action {each}",
            owner_id=owners[each % len(owners)].id,
            owner_name=owners[each % len(owners)].name,
            due_on=today(),
        )
        for each in range(1, number)
    )
    db.session.commit()


def in_hand() -> set[str]:
    """The tokens of living leases on reminders and on mail."""
    reminders = select(Obligation.lease_token).where(
        Obligation.status == ObligationStatus.LEASED, Obligation.lease_until > func.now()
    )
    mail = select(Work.lease_token).where(
        Work.kind == WorkKind.SEND_MAIL,
        Work.status == WorkStatus.LEASED,
        Work.lease_until > func.now(),
    )
    with Session(db.engine) as session:
        return {
            f"{what} {token}"
            for what, tokens in (("reminder", reminders), ("mail", mail))
            for token in session.scalars(tokens)
        }


def attempts_lost() -> tuple[int, int]:
    """How often a reminder, and how often the sending of a mail, was begun in vain so far."""
    ended = Obligation.status == ObligationStatus.DONE
    reminders = select(func.sum(Obligation.attempts - 1)).where(ended)
    mails = select(func.sum(Work.attempts - 1)).where(
        Work.kind == WorkKind.SEND_MAIL, Work.status == WorkStatus.DONE
    )
    with Session(db.engine) as session:
        return session.scalar(reminders) or 0, session.scalar(mails) or 0


@dataclass
class Killer:
    """Kills one of two workers at a time, mostly the one that has something in hand."""

    installation: Installation
    chance: random.Random
    kills: int = 0
    whole_workers: int = 0
    _seen: set[str] = field(default_factory=set)

    def strike(self) -> None:
        """Kill once, then start again what a supervisor would.

        Every worker is stopped, and one goes on for a moment. What is still in hand afterwards is
        most likely the other's, and that one is killed; else the one that went on is.
        """
        self._wait_for_something_new()
        ready = [worker for worker in self.installation.workers if worker.children()]
        for worker in ready:
            worker.signal(signal.SIGSTOP)
        held = in_hand() - self._seen
        victim = self.chance.choice(ready)
        for worker in ready:
            if worker is not victim:
                worker.signal(signal.SIGCONT)
        time.sleep(A_MOMENT)
        if held and not held & in_hand() and len(ready) > 1:
            victim.signal(signal.SIGCONT)
            victim = next(worker for worker in ready if worker is not victim)
            victim.signal(signal.SIGSTOP)
        self._kill(victim)
        self._seen |= held
        self.installation.restart_what_died()

    def _wait_for_something_new(self) -> None:
        """Wait for a worker that is at work, not for what an earlier kill left in hand."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not in_hand() - self._seen:
            time.sleep(0.005)
        wait_until(lambda: any(w.children() for w in self.installation.workers), seconds=60)
        time.sleep(self.chance.uniform(0, 0.05))

    def _kill(self, victim: Program) -> None:
        children = victim.children()
        if children and self.chance.random() < 0.5:
            self.chance.choice(children).kill()
            victim.signal(signal.SIGCONT)
        else:
            victim.kill()
            self.whole_workers += 1
        self.kills += 1


def all_sent(number: int) -> bool:
    """Whether so many mails have been noted as sent."""
    with Session(db.engine) as session:
        sent = select(func.count(Mail.id)).where(Mail.status == MailStatus.SENT)
        return session.scalar(sent) == number


def run(
    installation: Installation,
    server: ServerForTests,
    chance: random.Random,
    *,
    due: int,
    kills: int,
) -> Killer:
    """Let so many reminders fall due, kill so many times, and wait until all is done."""
    installation.environment["SMTP_URL"] = server.url
    actions_due_today(due)
    for _ in range(2):
        installation.add_worker()
    installation.start_scheduler()
    killer = Killer(installation, chance)
    while killer.kills < kills or (not any(attempts_lost()) and killer.kills < 4 * kills):
        killer.strike()

    def all_done() -> bool:
        installation.restart_what_died()
        return all_sent(due)

    wait_until(all_done, seconds=1500, every=0.2)
    return killer


def assert_none_lost_and_none_doubled(server: ServerForTests, killer: Killer, due: int) -> None:
    """Each reminder done, with one mail of its own, which arrived under one name each time."""
    db.session.rollback()
    rows = db.session.execute(select(Obligation.status, Obligation.mail_id)).all()
    assert Counter(row.status for row in rows) == {ObligationStatus.DONE: due}
    mails = db.session.execute(select(Mail.id, Mail.message_id, Mail.status)).all()
    assert len(mails) == due
    assert {row.mail_id for row in rows} == {mail.id for mail in mails}
    assert {mail.status for mail in mails} == {MailStatus.SENT}
    arrived = Counter(str(message["Message-ID"]) for message in server.messages)
    assert set(arrived) == {f"<{mail.message_id}@localhost>" for mail in mails}
    assert sum(arrived.values()) - due <= killer.kills
    contents = {
        (str(m["Message-ID"]), e.content)
        for m, e in zip(server.messages, server.envelopes, strict=True)
    }
    assert len(contents) == due, "one name, two different letters"


def test_a_few_kills_lose_no_reminder_and_double_none(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    with listening() as server:
        killer = run(installation, server, chance, due=60, kills=3)
    assert_none_lost_and_none_doubled(server, killer, 60)
    assert any(attempts_lost())


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_twenty_kills_lose_none_of_a_thousand_reminders_and_double_none(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    begun = time.monotonic()
    with listening() as server:
        killer = run(installation, server, chance, due=1000, kills=20)
    assert_none_lost_and_none_doubled(server, killer, 1000)
    attempts = set(db.session.scalars(select(Obligation.attempts)))
    reminders_lost, mails_lost = attempts_lost()
    assert reminders_lost >= 10
    record(
        "A thousand reminders, twenty kills",
        {
            "reminders due": 1000,
            "kills (SIGKILL)": killer.kills,
            "of which whole workers": killer.whole_workers,
            "attempts at reminders cut short": reminders_lost,
            "attempts at sending a mail cut short": mails_lost,
            "most attempts at one reminder": max(attempts),
            "mails in the table": 1000,
            "letters that arrived": len(server.envelopes),
            "arrived a second time, under the same Message-ID": len(server.envelopes) - 1000,
            "reminders lost, doubled or set aside": 0,
            "seconds from the first to the last": round(time.monotonic() - begun),
        },
    )
