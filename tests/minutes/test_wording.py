"""Resolutions are worded from what the report asks and from what the committee did."""

import pytest

from committee.agendas.rules import ItemKind
from committee.minutes.rules import Outcome, Vote, is_carried
from committee.minutes.wording import Matter, permitted_outcomes, resolution
from committee.reports.rules import Verb

ADVICE = (
    Outcome.ENDORSED,
    Outcome.ENDORSED_SUBJECT_TO,
    Outcome.NOT_ENDORSED,
    Outcome.RECOMMENDATIONS_MADE,
)
LEADER = "Leader of the Council"


def asks(*verbs: Verb, texts: tuple[str, ...] = (), maker: str | None = LEADER) -> Matter:
    return Matter(ItemKind.REPORT, "A policy", frozenset(verbs), texts, maker)


@pytest.mark.parametrize(
    ("matter", "outcomes"),
    [
        (asks(Verb.NOTE), (Outcome.NOTED,)),
        (asks(Verb.CONSIDER, Verb.COMMENT), (Outcome.NOTED,)),
        (asks(Verb.CONSIDER, Verb.ENDORSE, Verb.MAKE_RECOMMENDATIONS), ADVICE),
        (asks(Verb.NOTE, Verb.ENDORSE), (Outcome.NOTED, *ADVICE)),
        (asks(Verb.AGREE), (Outcome.AGREED, Outcome.NOT_AGREED)),
        (Matter(ItemKind.MINUTES, "Minutes"), (Outcome.NOTED, Outcome.CORRECT_RECORD)),
        (Matter(ItemKind.VERBAL_UPDATE, "Update"), tuple(Outcome)[:-1]),
    ],
)
def test_the_verbs_say_which_outcomes_answer_them(
    matter: Matter, outcomes: tuple[Outcome, ...]
) -> None:
    assert permitted_outcomes(matter) == (*outcomes, Outcome.DEFERRED)


DECISION = f"RESOLVED that the decision proposed to be taken by the {LEADER}"


@pytest.mark.parametrize(
    ("asked", "worded"),
    [
        (
            "the proposed decision to enlarge the school.",
            f"{DECISION}, to enlarge the school, be endorsed.",
        ),
        ("to enlarge the school", f"{DECISION}, to enlarge the school, be endorsed."),
        (
            "to the Leader of the Council, on the proposed decision to enlarge the school",
            f"{DECISION}, to enlarge the school, be endorsed.",
        ),
        (
            "the decision proposed to be taken by the Leader, to enlarge the school;",
            f"{DECISION}, to enlarge the school, be endorsed.",
        ),
        ("the policy for next year.", f"{DECISION} on the policy for next year be endorsed."),
        (
            "the proposed decision to:\na) adopt it; and\nb) delegate the rest.",
            f"{DECISION}, to:\n\na) adopt it; and\nb) delegate the rest,\n\nbe endorsed.",
        ),
    ],
)
def test_an_endorsement_takes_up_the_words_of_the_recommendation(asked: str, worded: str) -> None:
    assert resolution(asks(Verb.ENDORSE, texts=(asked,)), Outcome.ENDORSED) == worded


def test_several_recommendations_are_lettered() -> None:
    matter = asks(Verb.ENDORSE, texts=("to adopt it.", "the proposed decision to fund it"))
    assert resolution(matter, Outcome.NOT_ENDORSED) == (
        f"{DECISION}, to:\n\na) adopt it\nb) fund it,\n\nbe not endorsed."
    )


def test_without_decision_maker_or_words_it_is_still_a_sentence() -> None:
    assert resolution(asks(Verb.ENDORSE, maker=None), Outcome.ENDORSED) == (
        "RESOLVED that the decision proposed be endorsed."
    )


def test_a_condition_stands_before_what_it_limits() -> None:
    matter = asks(Verb.ENDORSE, texts=("to enlarge the school",))
    worded = resolution(matter, Outcome.ENDORSED_SUBJECT_TO, "a review in a year.")
    assert worded == (
        "RESOLVED that, subject to a review in a year, the decision proposed to be taken by the "
        f"{LEADER}, to enlarge the school, be endorsed."
    )


def test_recommendations_of_the_committee_are_set_out() -> None:
    worded = resolution(asks(Verb.ENDORSE), Outcome.RECOMMENDATIONS_MADE, "a) wait; and\nb) ask.")
    assert worded == (
        f"RESOLVED that the following be recommended to the {LEADER}:\n\na) wait; and\nb) ask"
    )


@pytest.mark.parametrize(
    ("matter", "outcome", "worded"),
    [
        (asks(Verb.NOTE), Outcome.NOTED, "RESOLVED that the report be noted."),
        (
            asks(Verb.DISCUSS),
            Outcome.NOTED,
            "RESOLVED that the report, with the comments that Members made on it, be noted.",
        ),
        (
            Matter(ItemKind.VERBAL_UPDATE, "Update"),
            Outcome.NOTED,
            "RESOLVED that the verbal update be noted.",
        ),
        (
            Matter(ItemKind.MINUTES, "Minutes of the Parenting Panel held on 9 November 2017"),
            Outcome.NOTED,
            "RESOLVED that the minutes of the Parenting Panel held on 9 November 2017 be noted.",
        ),
        (
            Matter(
                ItemKind.MINUTES, "Minutes", minutes_of="the Parks Committee held on 8 May 2018"
            ),
            Outcome.CORRECT_RECORD,
            "RESOLVED that the minutes of the meeting of the Parks Committee held on 8 May 2018 be "
            "approved as a correct record and signed by the person presiding.",
        ),
        (
            asks(Verb.AGREE, texts=("the work programme for 2018.",)),
            Outcome.AGREED,
            "RESOLVED that the work programme for 2018 be agreed.",
        ),
        (
            asks(Verb.AGREE, texts=("to receive a report each quarter",)),
            Outcome.NOT_AGREED,
            "RESOLVED that the recommendation to receive a report each quarter be not agreed.",
        ),
        (
            asks(Verb.AGREE, texts=("the plan", "the budget")),
            Outcome.AGREED,
            "RESOLVED that the following be agreed:\n\na) the plan\nb) the budget",
        ),
        (
            asks(Verb.NOTE),
            Outcome.DEFERRED,
            "RESOLVED that consideration of this item be deferred.",
        ),
    ],
)
def test_other_outcomes(matter: Matter, outcome: Outcome, worded: str) -> None:
    assert resolution(matter, outcome) == worded


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_can_be_worded_on_every_item(outcome: Outcome) -> None:
    for kind in ItemKind:
        worded = resolution(Matter(kind, ""), outcome, "x")
        assert worded.startswith("RESOLVED that")
        assert ("subject to x" in worded) is (outcome is Outcome.ENDORSED_SUBJECT_TO)


@pytest.mark.parametrize(
    ("votes_for", "against", "casting", "carried"),
    [
        (9, 2, None, True),
        (2, 9, None, False),
        (0, 0, None, False),
        (4, 4, None, False),
        (4, 4, Vote.FOR, True),
        (4, 4, Vote.AGAINST, False),
    ],
)
def test_a_tie_is_carried_by_the_casting_vote_alone(
    votes_for: int, against: int, casting: Vote | None, carried: bool
) -> None:
    assert is_carried(votes_for, against, casting) is carried
