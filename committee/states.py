"""The shape that every machine of states shares: which state may become which, and the refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


class NotAllowed(Exception):
    """The rules forbid it. The message is written for the person who tried."""


@dataclass(frozen=True)
class States(Generic[S]):
    """The states of one noun, what people call them, and which may become which."""

    noun: str
    labels: Mapping[S, str]
    may_become: Mapping[S, set[S]]

    def check(self, now: S, wanted: S) -> None:
        """Raises NotAllowed unless `now` may become `wanted`; the message says what is allowed."""
        if wanted in self.may_become[now]:
            return
        allowed = [self.labels[state] for state in self.labels if state in self.may_become[now]]
        rest = f"It can become {' or '.join(allowed)}." if allowed else "It can no longer change."
        raise NotAllowed(
            f"A {self.noun} that is “{self.labels[now]}” cannot become “{self.labels[wanted]}”. "
            f"{rest}"
        )
