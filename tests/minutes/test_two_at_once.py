"""Two clerks publish minutes of one committee at the same moment."""

import threading

from flask import Flask
from sqlalchemy.orm import close_all_sessions

from committee.extensions import db
from committee.meetings import attendance
from committee.meetings.rules import Presence
from committee.minutes import service
from committee.minutes.models import Minutes
from tests.minutes import builders
from tests.minutes.test_numbering import numbers


def test_no_number_is_given_twice_and_none_is_missing(app: Flask, met: builders.Met) -> None:
    later = builders.a_later_meeting(met)
    day = later.held_on
    attendance.record_members(
        later, {member.id: Presence.PRESENT for member in met.members.values()}
    )
    second = service.begin(later)
    for entry in service.entries_of(second):
        builders.write(entry)
    ids = [builders.written(met).id, second.id]
    db.session.commit()
    both_ready = threading.Barrier(2)

    def publish(minutes_id: int) -> None:
        with app.app_context():
            minutes = db.session.get_one(Minutes, minutes_id)
            both_ready.wait(10)
            builders.publish(minutes, day)
            db.session.commit()

    threads = [threading.Thread(target=publish, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_all_sessions()
    given = [numbers(db.session.get_one(Minutes, each)) for each in ids]
    assert sorted(given[0] + given[1]) == [1, 2, 3, 4, 5, 6, 7]
    assert all(each == sorted(each) for each in given)
