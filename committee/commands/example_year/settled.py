"""Before anything happens: the council, its committees and seats, accounts and portfolios."""

from datetime import date

from committee.agendas import meeting_file
from committee.commands.example_year import seating
from committee.commands.example_year.stage import FILES, Stage
from committee.people import accounts, portfolios, users
from committee.people import service as people
from committee.people.accounts import Particulars
from committee.people.models import Committee, Council
from committee.people.roles import Role

BRAND_COLOUR = "#0b5563"

# They work only where the example council was loaded: no other installation has these accounts.
PASSWORD = "harrowmere-2026"  # noqa: S105
ACCOUNTS = (
    ("clerk@harrowmere.example", "Yusuf Marlowe", Role.DEMOCRATIC_SERVICES_OFFICER),
    ("admin@harrowmere.example", "Petra Hallam", Role.ADMINISTRATOR),
    ("author@harrowmere.example", "Bethan Strickland", Role.REPORT_AUTHOR),
    ("member@harrowmere.example", "Ms S Begum", Role.COMMITTEE_MEMBER),
    ("cabinet@harrowmere.example", "Mrs V Osterley", Role.DECISION_MAKER),
    ("monitor@harrowmere.example", "Eleanor Wray", Role.MONITORING_OFFICER),
    ("auditor@harrowmere.example", "Tobias Keane", Role.AUDITOR),
)
CABINET_MEMBER = "cabinet@harrowmere.example"
# What is known of those who have an account, by the name that it belongs to.
JOBS = {
    "Yusuf Marlowe": ("Democratic Services Officer", "01632 960417"),
    "Petra Hallam": ("Systems and Support Manager", "01632 960433"),
    "Bethan Strickland": ("Head of Service Planning", "01632 960428"),
    "Eleanor Wray": ("Monitoring Officer", "01632 960401"),
    "Tobias Keane": ("Head of Internal Audit", "01632 960455"),
}
# Roles of those who belong to the one committee that the year is about.
OF_THE_COMMITTEE = {Role.COMMITTEE_MEMBER, Role.DECISION_MAKER}


def settle(stage: Stage, day: date) -> None:
    """Set up the council with two committees, their members, accounts and a portfolio."""
    said = stage.texts(FILES["big"])
    council = people.add_council(said["council"], brand_colour=BRAND_COLOUR)
    seating.elect(stage, council, day)
    for name in ("big", "other"):
        seating.furnish(stage, _seat(council, stage, name, day), name, day)
    for email, name, role in ACCOUNTS:
        _give_account(stage, day, email, name, role)
    portfolio = portfolios.add_portfolio(council, stage.said["portfolio"])
    holder = stage.user(CABINET_MEMBER)
    portfolios.appoint(portfolio, holder, started_on=day)


def _give_account(stage: Stage, day: date, email: str, name: str, role: Role) -> None:
    """Give somebody an account; a member's belongs to the councillor of that name."""
    where = stage.committee() if role in OF_THE_COMMITTEE else None
    at = stage.at(day)
    user = users.add_user(email, name, PASSWORD, role=role, committee=where, now=at)
    job_title, telephone = JOBS.get(name, (None, None))
    is_member = role is Role.COMMITTEE_MEMBER
    given = Particulars(
        name=name,
        email=email,
        job_title=job_title,
        telephone=telephone,
        councillor_id=stage.councillor(name).id if is_member else None,
    )
    accounts.change(user, given, now=at, by=None)


def _seat(council: Council, stage: Stage, name: str, day: date) -> Committee:
    found = meeting_file.read(stage.folder / FILES[name])
    committee = people.add_committee(council, name=found.committee, seats=found.seats)
    for member in found.members:
        people.add_membership(
            committee,
            people.member_named(council, member.name, member.group),
            role=member.role,
            voting=seating.voting_right(stage, name, member.name),
            started_on=day,
        )
    return committee
