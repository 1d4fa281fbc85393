"""How strict a thing has to become that holds what is closed on its own grounds."""

from dataclasses import replace

from committee.confidentiality.rules import Classification, Said


def raised(present: Said, stated: Said) -> Said | None:
    """What is to be said of a thing so that it is closed on every ground on which `stated` closes
    what it holds; None where it is so already.

    A ground that is added is not weighed by the test that was written before: that has to be
    concluded anew.
    """
    if stated.classification is Classification.CONFIDENTIAL:
        return None if present.classification is Classification.CONFIDENTIAL else stated
    if stated.classification is not Classification.EXEMPT:
        return None
    if present.classification is Classification.CONFIDENTIAL:
        return None
    if present.classification is not Classification.EXEMPT:
        return stated
    together = replace(
        present,
        paragraphs=tuple(sorted({*present.paragraphs, *stated.paragraphs})),
        terms_of_contract=present.terms_of_contract or stated.terms_of_contract,
    )
    return None if together == present else replace(together, conclusion=None, review_on=None)
