"""The four classes of what a column holds, and how a table says which of its rows are public."""

from dataclasses import dataclass
from enum import StrEnum

EVERY_ROW = "true"


def unless_down(table: str, rows: str = EVERY_ROW) -> str:
    """The condition that a row of this table is public, and that it has not been taken down."""
    return (
        f"({rows}) AND NOT EXISTS (SELECT FROM public.takedown down "
        f"WHERE down.kind = '{table}' AND down.subject_id = {table}.id)"
    )


class ColumnClass(StrEnum):
    """Who may know what a column holds."""

    PUBLIC = "public"  # anyone, in those rows that are public
    EXEMPT = "exempt"  # it is, or may tell of, what is not or not yet published
    PERSONAL = "personal"  # it is about a person who has not been named in public by it
    SECRET = "secret"  # noqa: S105  # whoever has it can sign in, or act, as somebody else


@dataclass(frozen=True)
class TableClasses:
    """What the columns of one table hold, each class as its columns' names between spaces.

    `rows` is the condition, in SQL and as the public's login sees the other tables, under which a
    row is public; "" where none ever is. Where `looks_empty`, public pages ask for the table along
    with others and find nothing in it.
    """

    public: str = ""
    exempt: str = ""
    personal: str = ""
    secret: str = ""
    rows: str = ""
    looks_empty: bool = False

    @property
    def columns(self) -> dict[str, ColumnClass]:
        """Each column that has been declared, with its class."""
        return {
            name: each for each in ColumnClass for name in str(getattr(self, each.value)).split()
        }

    def can_be_read(self, column: str) -> bool:
        """Whether the public's login reads the column. One that nobody declared it does not."""
        return bool(self.rows) and self.columns.get(column) is ColumnClass.PUBLIC
