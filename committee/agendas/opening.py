"""Making a closed item open: its title and papers become public, so an officer is asked first."""

from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.confidentiality.rules import Classification

BACK = "back"  # the answer of somebody who would rather look at the form again


def becomes_public(item: AgendaItem, fields: ClassFields) -> bool:
    """Whether these fields would show the public what the law has kept from it."""
    return item.is_closed and fields.said.classification is Classification.OPEN


def question(item: AgendaItem) -> str:
    """What somebody agrees to who makes the item open: exactly the papers that it has now.

    An answer to an earlier question is no answer once a paper or a new version has come.
    """
    return "-".join(["open", *(str(paper.newest.id) for paper in item.papers)])


def is_agreed(item: AgendaItem, fields: ClassFields, answer: str | None) -> bool:
    """Whether the class may be saved: nothing becomes public by it, or it was agreed to."""
    return not becomes_public(item, fields) or answer == question(item)
