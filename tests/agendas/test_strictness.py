"""How strict a thing becomes by what is put under it."""

import pytest

from committee.agendas.strictness import raised
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from tests.builders import EXEMPT

UNCLASSED = Said(Classification.UNCLASSED)
ONE = Said(Classification.EXEMPT, paragraphs=(1,))
THREE = Said(Classification.EXEMPT, paragraphs=(3,))
TERMS = Said(Classification.EXEMPT, paragraphs=(3,), terms_of_contract=True)
CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.ENACTMENT)


@pytest.mark.parametrize(
    ("present", "stated", "becomes"),
    [
        (UNCLASSED, OPENED, None),
        (UNCLASSED, UNCLASSED, None),
        (THREE, OPENED, None),
        (UNCLASSED, THREE, THREE),
        (OPENED, THREE, THREE),
        (THREE, THREE, None),
        (ONE, TERMS, Said(Classification.EXEMPT, paragraphs=(1, 3), terms_of_contract=True)),
        (TERMS, THREE, None),
        (CONFIDENTIAL, THREE, None),
        (CONFIDENTIAL, CONFIDENTIAL, None),
        (THREE, CONFIDENTIAL, CONFIDENTIAL),
        (UNCLASSED, CONFIDENTIAL, CONFIDENTIAL),
    ],
)
def test_nothing_becomes_opener_and_no_ground_is_lost(
    present: Said, stated: Said, becomes: Said | None
) -> None:
    assert raised(present, stated) == becomes


def test_a_ground_that_is_added_is_concluded_anew() -> None:
    together = raised(EXEMPT, ONE)
    assert together is not None
    assert together.paragraphs == (1, 3)
    assert (together.factors_for, together.conclusion) == (EXEMPT.factors_for, None)
    assert together.review_on is None
