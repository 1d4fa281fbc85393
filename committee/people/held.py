"""A row that is ended is held first, so that two who end it at once do not both succeed."""

from committee.extensions import Model, db


def hold(row: Model) -> None:
    """Read the row anew and let nobody else change it until this transaction is over."""
    db.session.refresh(row, with_for_update={"of": type(row)})
