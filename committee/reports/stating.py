"""What the author of a report states of its class, and how that is kept. Callers commit.

The author says who may read the report and on what ground. Weighing the public interest is left
to an officer, who does it for the item: the author may only say what speaks for either side.
"""

from datetime import datetime

from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, Said
from committee.reports.models import Report
from committee.states import NotAllowed

BY_ITS_AUTHOR = "as the author of the report says"


def said_of(report: Report) -> Said:
    """What is now stated of the report's class."""
    return _stated(confidentiality.said_of(report))


def state(
    report: Report,
    said: Said,
    *,
    acknowledged: bool = False,
    now: datetime,
    by: int | None = None,
) -> None:
    """Give the report the class that its author states, for good where it differs from the last.

    Where nothing is said, nothing changes: what was stated once is not unsaid by an empty field.
    Raises NotAllowed without the ground of a closed report, and for opening a closed one unless
    that is `acknowledged`.
    """
    check_ground(said)
    wanted = _stated(said)
    if wanted.classification is Classification.UNCLASSED or wanted == said_of(report):
        return
    confidentiality.take_over(
        report, wanted, source=BY_ITS_AUTHOR, acknowledged=acknowledged, now=now, by=by
    )


def check_ground(said: Said) -> None:
    """Raises NotAllowed unless a closed report says on what ground it is closed."""
    if said.classification is Classification.EXEMPT and not said.paragraphs:
        raise NotAllowed(
            "Choose at least one paragraph of Schedule 12A, or make the report unrestricted."
        )
    if said.classification is Classification.CONFIDENTIAL and said.confidence_basis is None:
        raise NotAllowed("Say what forbids the disclosure of a confidential report.")


def _stated(said: Said) -> Said:
    """As much of it as an author states: never how the public interest was weighed."""
    if said.classification is Classification.EXEMPT:
        return Said(
            said.classification,
            paragraphs=tuple(sorted(said.paragraphs)),
            terms_of_contract=said.terms_of_contract,
            factors_for=said.factors_for,
            factors_against=said.factors_against,
        )
    if said.classification is Classification.CONFIDENTIAL:
        return Said(said.classification, confidence_basis=said.confidence_basis)
    return Said(said.classification)
