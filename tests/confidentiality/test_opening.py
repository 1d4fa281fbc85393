"""What the law has closed is opened by nobody who was not asked a second time."""

import pytest
from flask import Flask

from committee.confidentiality import service
from committee.confidentiality.rules import OPENED, Classification
from committee.extensions import db
from committee.states import NotAllowed
from tests.builders import A_DAY, A_MOMENT, EXEMPT, a_meeting, a_paper, an_item


def test_opening_what_is_or_was_closed_has_to_be_acknowledged(app: Flask) -> None:
    paper = a_paper(an_item(a_meeting()), name="Offers.pdf").paper
    service.classify(paper, EXEMPT, now=A_MOMENT, today=A_DAY)
    given = {"now": A_MOMENT, "today": A_DAY}
    with pytest.raises(NotAllowed, match="This was closed"):
        service.classify(paper, OPENED, **given)
    with pytest.raises(NotAllowed, match="This was closed"):
        service.take_over(paper, OPENED, source="a file", now=A_MOMENT)
    paper.classification, paper.exempt_paragraphs = Classification.UNCLASSED, []
    with pytest.raises(NotAllowed, match="This was closed"):
        service.classify(paper, OPENED, **given)
    assert paper.is_unclassed
    service.classify(paper, OPENED, acknowledged=True, **given)
    assert paper.is_open


def test_what_nobody_has_classed_is_opened_in_one_step_and_an_open_thing_again(app: Flask) -> None:
    paper = a_paper(an_item(a_meeting()), name="Offers.pdf").paper
    paper.classification = Classification.UNCLASSED  # as every paper that is new
    db.session.flush()
    for _ in range(2):
        service.classify(paper, OPENED, now=A_MOMENT, today=A_DAY)
    assert paper.is_open
