"""A decision that was referred back: its record is kept, and no page gives it out as in force."""

from datetime import date

from committee.decisions import calling_in, publishing
from committee.decisions.models import Decision
from committee.extensions import db
from committee.public import news
from committee.public.front_page import front_page
from tests.decisions.builders import (
    CHOICES,
    NOTICE_DAY,
    a_published,
    at,
    sign,
    some_words,
    write,
)
from tests.decisions.conftest import People

DAY = date(2018, 5, 18)


def refer_back(decision: Decision) -> None:
    """Scrutiny asks the decision maker to decide again."""
    asked = calling_in.request_call_in(
        decision, requested_on=DAY, requested_by="A and B", reasons="Budget.", today=DAY
    )
    calling_in.accept(asked)
    calling_in.refer_back(asked, "Look at the costs again.", today=DAY)
    db.session.commit()


def test_a_record_that_no_longer_stands_is_told_as_an_earlier_one(people: People) -> None:
    decision = a_published(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    address = f"/decisions/{decision.number}/record"
    people.visitor.get(address)
    assert "This decision will come into force" in people.visitor.words()
    assert [each.decision.number for each in front_page(today=DAY).decided] == [decision.number]
    assert [item.name for item in news.decisions_taken()]
    refer_back(decision)
    assert front_page(today=DAY).decided == []
    assert news.decisions_taken() == [], "no feed gives out a record that no longer stands"
    assert not [item for item in news.lately() if item.title.startswith("Decision ")]
    for page in (address, f"{address}/final/1"):
        people.visitor.get(page)
        assert "it is not in force" in people.visitor.words()
        assert "will come into force" not in people.visitor.words()


def test_what_is_proposed_instead_comes_first_until_it_is_taken_again(people: People) -> None:
    decision = a_published(committee=people.committee, portfolio=people.portfolio)
    refer_back(decision)
    write(decision, some_words(decision_text="I agree to another policy."))
    publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    db.session.commit()
    address = f"/decisions/{decision.number}/record"
    people.visitor.get(address)
    assert "I agree to another policy." in people.visitor.words()
    assert "it is not in force" not in people.visitor.words()
    sign(decision, date(2018, 5, 21))
    publishing.publish_record(decision, CHOICES, now=at(date(2018, 5, 21)), today=date(2018, 5, 21))
    db.session.commit()
    people.visitor.get(address)
    assert "Record of decision" in people.visitor.words()
    assert "will come into force" in people.visitor.words()
    people.visitor.get(f"{address}/final/1")
    assert "This is an earlier version" in people.visitor.words()
