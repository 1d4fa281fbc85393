"""A council with open and hidden matter side by side, made by the services and the workers.

It is made once with tokens, to be crawled, and as twins that differ only in what is hidden. Hidden
rows are made before open ones and among them, so that a number that runs on would tell of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from committee.clock import LONDON, today
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people import users
from committee.people.models import Committee, Portfolio, PortfolioHolding, User
from committee.people.roles import MemberRole, Role
from committee.work.models import Work
from committee.work.rules import WorkStatus
from tasks.perform import perform_now
from tests.canary.tokens import Tokens

PASSWORD = "a long enough password"
DAY = timedelta(days=1)
OURS, THEIRS = "ours", "theirs"

# Who is there: by name, the role and on which committee. Nobody of `theirs` may read `ours`.
PEOPLE: dict[str, tuple[Role, str]] = {
    "clerk": (Role.DEMOCRATIC_SERVICES_OFFICER, OURS),
    "author": (Role.REPORT_AUTHOR, OURS),
    "member": (Role.COMMITTEE_MEMBER, OURS),
    "maker": (Role.DECISION_MAKER, OURS),
    "other clerk": (Role.DEMOCRATIC_SERVICES_OFFICER, THEIRS),
    "other author": (Role.REPORT_AUTHOR, THEIRS),
    "other member": (Role.COMMITTEE_MEMBER, THEIRS),
    "other maker": (Role.DECISION_MAKER, THEIRS),
}
RIGHT = ("clerk", "author", "member", "maker")
WRONG = ("other author", "other member", "other clerk", "other maker")


@dataclass
class Council:
    """What is made, and how: `hidden` gives the words of what is not public, `more` says how many
    of each thing of which the public may know nothing at all, and `stubs` whether exempt items
    stand on published agendas, by the titles that were approved for the public."""

    hidden: Callable[[str], str]
    personal: Callable[[str], str]
    tokens: Tokens | None = None
    stubs: bool = True
    more: int = 1
    with_word: bool = True  # whether there are Word files, which take longest to read
    today: date = field(default_factory=today)
    people: dict[str, User] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    portfolios: dict[str, Portfolio] = field(default_factory=dict)

    def day(self, days: int) -> date:
        """So many days from today; a day before today is a negative number of them."""
        return self.today + days * DAY

    def at(self, day: date) -> datetime:
        """Nine in the morning of that day in London."""
        return datetime.combine(day, time(9), LONDON)

    def every(self, what: str) -> list[str]:
        """The names of so many things of which the public knows nothing."""
        return [f"{what} {number}" for number in range(1, self.more + 1)]

    def by(self, name: str) -> int:
        """The id of one of the people."""
        return self.people[name].id


def furnish_people(made: Council) -> None:
    """The council, its committees, members, offices and accounts."""
    council = people.add_council("Example County Council")
    names = {OURS: "Schools Committee", THEIRS: "Harbours Committee"}
    for key, name in names.items():
        made.committees[key] = people.add_committee(council, name=name, seats=3)
        people.set_contact(
            made.committees[key], name="Priya Nair", telephone="01632 960123", email=None
        )
    for key in names:
        _seats(made, key)
    for name, (role, committee) in PEOPLE.items():
        made.people[name] = _account(made, name, role, made.committees[committee])
    for key, holder in ((OURS, "maker"), (THEIRS, "other maker")):
        made.portfolios[key] = _portfolio(made, key, made.people[holder])
    db.session.commit()


def _seats(made: Council, key: str) -> None:
    committee = made.committees[key]
    for number, role in enumerate((MemberRole.CHAIRMAN, MemberRole.MEMBER, MemberRole.MEMBER)):
        name = f"Councillor {key.title()} {number + 1}"
        group = people.group_named(committee.council, "Independent")
        councillor = people.councillor_named(committee.council, name, group)
        people.add_membership(committee, councillor, role=role, started_on=made.day(-700))


def _account(made: Council, name: str, role: Role, committee: Committee) -> User:
    word = made.personal(f"user_account.email of the {name}")
    user = users.add_user(
        f"{word}@example.org", f"The {name.title()}", PASSWORD, role=role, committee=committee
    )
    user.telephone = made.personal(f"user_account.telephone of the {name}")
    db.session.flush()
    return user


def _portfolio(made: Council, key: str, holder: User) -> Portfolio:
    portfolio = Portfolio(
        council_id=made.committees[key].council_id, title=f"Cabinet Member for {key.title()}"
    )
    db.session.add(portfolio)
    db.session.flush()
    db.session.add(
        PortfolioHolding(portfolio_id=portfolio.id, user_id=holder.id, started_on=made.day(-700))
    )
    db.session.flush()
    return portfolio


def furnish_meetings(made: Council) -> None:
    """Meetings of both committees, held and to come. Their days are public from the first."""
    for name, key, days in (
        ("held", OURS, -42),
        ("held later", OURS, -14),
        ("to come", OURS, 30),
        ("far off", OURS, 90),
        ("theirs", THEIRS, 31),
    ):
        made.meetings[name] = meetings.schedule(
            made.committees[key],
            held_on=_working_day(made.day(days)),
            starts_at=time(10, 0),
            place="Council Chamber",
        )
    db.session.commit()


def _working_day(day: date) -> date:
    while day.weekday() >= 5:
        day += DAY
    return day


def work_off() -> None:
    """Do whatever is owed, as the workers would, until nothing is due any more."""
    db.session.commit()
    tried: set[int] = set()
    while True:
        due = select(Work.id).where(Work.status == WorkStatus.DUE, Work.id.not_in(tried))
        waiting = list(db.session.scalars(due.order_by(Work.id)))
        db.session.rollback()
        if not waiting:
            return
        for work_id in waiting:
            tried.add(work_id)
            perform_now(work_id)
        db.session.expire_all()
