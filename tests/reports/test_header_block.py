"""What a report must have before it can be sent."""

from dataclasses import replace

import pytest

from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.reports.header_block import (
    UNSAID,
    Contact,
    HeaderBlock,
    check_number,
    classification_line,
    missing,
)
from tests.reports.builders import A_BLOCK

WANTED = [
    "from_whom",
    "classification",
    "past_pathway",
    "future_pathway",
    "divisions",
    "summary",
    "recommendations-0-text",
    "no_background_documents",
    "author-name",
    "author-job_title",
    "author-telephone",
    "author-email",
    "director-name",
    "director-job_title",
    "director-telephone",
    "director-email",
    "papers",
]


def test_a_full_block_lacks_nothing() -> None:
    assert missing(A_BLOCK, papers=[]) == []


def test_an_empty_block_is_told_every_field_in_the_order_of_the_form() -> None:
    lacking = missing(HeaderBlock(subject="School places"), papers=["Send the main paper"])
    assert [each.field for each in lacking] == WANTED
    assert all(each.message for each in lacking)


@pytest.mark.parametrize(
    "field", ["subject", "from_whom", "past_pathway", "future_pathway", "divisions", "summary"]
)
def test_each_empty_field_is_named(field: str) -> None:
    assert [each.field for each in missing(replace(A_BLOCK, **{field: ""}), papers=[])] == [field]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (UNSAID, None),
        (OPENED, "Unrestricted"),
        (Said(Classification.EXEMPT, paragraphs=(1, 3)), "Exempt, Schedule 12A paragraph 1, 3"),
        (
            Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER),
            "Confidential: an order of a court forbids its disclosure",
        ),
    ],
)
def test_the_classification_line_keeps_the_words_of_the_field(said: Said, line: str | None) -> None:
    assert classification_line(said) == line


def test_background_documents_are_listed_or_said_to_be_none() -> None:
    silent = replace(A_BLOCK, background_documents=())
    assert [each.field for each in missing(silent, papers=[])] == ["no_background_documents"]
    assert missing(replace(silent, no_background_documents=True), papers=[]) == []


def test_a_contact_who_cannot_be_reached_is_named() -> None:
    author, _ = A_BLOCK.contacts
    lacking = missing(
        replace(A_BLOCK, contacts=(replace(author, telephone=None), Contact("director", "D"))),
        papers=[],
    )
    assert [each.message for each in lacking] == [
        "Enter the telephone number of the report author",
        "Enter the job title of the relevant director",
        "Enter the telephone number of the relevant director",
        "Enter the e-mail address of the relevant director",
    ]


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        (None, True),
        ("18/00016", True),
        ("18/0016", False),
        ("2018/00016", False),
        ("18-00016", False),
        ("18/00016 ", False),
        ("18/0001৬", False),
        ("TBC", False),
    ],
)
def test_a_decision_number_has_one_form(number: str | None, sound: bool) -> None:
    assert (check_number(number) is None) is sound
