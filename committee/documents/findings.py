"""What a reader of uploaded files reports: that a file is unusable, and why."""


class Unusable(Exception):
    """The file cannot be used. `code` names the refusal, `facts` fill its sentences."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """ "1 comment", "3 comments"."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def page_list(numbers: list[int]) -> str:
    """ "page 4", "pages 4, 5 and 9", or the first few and how many more."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) <= 6:
        return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    return f"pages {', '.join(map(str, numbers[:5]))} and {len(numbers) - 5} more"
