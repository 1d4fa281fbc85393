"""A council with one thing of every kind in every state that the product knows, for the matrix.

All of it belongs to one committee, `home`; another, `elsewhere`, is there so that people may hold
the right role on the wrong committee.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from committee.people.models import Committee, User
from committee.storage import current_storage
from tests import builders
from tests.matrix.people import People, given_accounts
from tests.minutes.builders import Met, a_committee_that_met

# What an address names: the arguments of its rule.
Names = Mapping[str, object]
# The things of one kind, by the state that each is in.
States = dict[str, Names]


@dataclass(frozen=True)
class Council:
    """Two committees, of which one has met, and everybody who has an account."""

    met: Met
    elsewhere: Committee
    people: People

    @property
    def home(self) -> Committee:
        """The committee that everything belongs to."""
        return self.met.committee

    def user(self, person: str) -> User:
        """The account of a person, by the name in people.csv."""
        return self.people.users[person]


def a_file() -> str:
    """The sum of a stored PDF, as a worker would have made it."""
    return current_storage().save(BytesIO(builders.a_pdf(1))).sha256


def a_council() -> Council:
    """The committees, the people and a meeting that was held. The caller commits."""
    met = a_committee_that_met()
    elsewhere = builders.a_committee("Highways Committee")
    people = given_accounts({"home": met.committee, "elsewhere": elsewhere})
    return Council(met, elsewhere, people)
