"""Consultations on a decision whose results have not been published yet, which it waits for.

The consultation is of a higher slice, which tells what comes of it; nothing is asked of it here.
"""

from committee.decisions.models import Decision
from committee.decisions.rules import BEFORE_TAKEN, is_reported
from committee.states import NotAllowed


def expect_consultation(
    decision: Decision, consultation_id: int, title: str, *, withdrawn: bool = False
) -> None:
    """Note a published consultation on this matter whose results are still to come.

    The decision waits for them (CON-04), unless the consultation is `withdrawn`. What was quoted
    of one already stays. Nothing changes once the decision is taken.
    """
    same = [q for q in decision.consultation_quotes if q["consultation_id"] == consultation_id]
    if decision.status not in BEFORE_TAKEN or any(map(is_reported, same)):
        return
    coming = {
        "consultation_id": consultation_id,
        "title": title,
        "contents": None,
        "withdrawn": withdrawn,
    }
    others = [q for q in decision.consultation_quotes if q not in same]
    decision.consultation_quotes = [*others, coming]


def check_reported(decision: Decision) -> None:
    """Raises NotAllowed before what people said has been published (CON-04)."""
    waiting = [
        quote["title"]
        for quote in decision.consultation_quotes
        if not (is_reported(quote) or quote.get("withdrawn"))
    ]
    if waiting:
        titles = " and ".join(f"“{title}”" for title in waiting)
        raise NotAllowed(
            f"The results of the consultation {titles} have not been published. Publish its "
            "summary first, or withdraw the consultation."
        )
