"""Puts a committee of 2018 and the people of its business into an installation; prints its slug.

A program of its own, `python -m tests.browser.people_of_2018`, because the application that it
makes must not meet the one that other tests have made in their process.
"""

import json
import sys
from datetime import date

from committee import create_app
from committee.extensions import db
from committee.people import service as people
from committee.people import users
from committee.people.models import Portfolio, PortfolioHolding, RoleGrant
from committee.people.roles import MemberRole, Role
from tests import builders

PASSWORD = "a long enough password"
COUNCIL = "Exampleshire County Council"
COMMITTEE = "Children’s, Young People and Education Cabinet Committee"
PORTFOLIO = "Cabinet Member for Children, Young People and Education"
SINCE = date(2017, 5, 25)
OFFICER, AUTHOR, MEMBER, HOLDER, ADMINISTRATOR = (
    f"{who}@exampleshire.example"
    for who in ("officer", "author", "member", "holder", "administrator")
)
ON_THE_COMMITTEE = {
    OFFICER: ("Asha Whitlock", Role.DEMOCRATIC_SERVICES_OFFICER),
    AUTHOR: ("Scott Fielding", Role.REPORT_AUTHOR),
    MEMBER: ("Mrs A Carter", Role.COMMITTEE_MEMBER),
    HOLDER: ("Mr R Gough-Hill", Role.DECISION_MAKER),
}
SEATED = (
    ("Mr D Brazier", "Conservative", MemberRole.CHAIRMAN),
    ("Mrs A Carter", "Conservative", MemberRole.VICE_CHAIRMAN),
    ("Dr L Sullivan", "Labour", MemberRole.MEMBER),
    ("Mrs T Dean", "Liberal Democrat", MemberRole.MEMBER),
)


def put_in() -> dict[str, object]:
    """Add council, committee, members, accounts with roles on that committee, and the office."""
    council = people.add_council(COUNCIL)
    committee = people.add_committee(council, name=COMMITTEE, seats=len(SEATED))
    people.set_contact(committee, name="Asha Whitlock", telephone="01632 960123", email=OFFICER)
    for name, group, role in SEATED:
        builders.a_member(committee, name, group=group, role=role, since=SINCE)
    accounts = {}
    for email, (name, role) in ON_THE_COMMITTEE.items():
        accounts[email] = users.add_user(email, name, PASSWORD, role=role)
        grants = db.select(RoleGrant).where(RoleGrant.user_id == accounts[email].id)
        db.session.scalars(grants).one().committee_id = committee.id
    users.add_user(ADMINISTRATOR, "Petra Quill", PASSWORD, role=Role.ADMINISTRATOR)
    portfolio = Portfolio(council_id=council.id, title=PORTFOLIO)
    db.session.add(portfolio)
    db.session.flush()
    db.session.add(
        PortfolioHolding(portfolio_id=portfolio.id, user_id=accounts[HOLDER].id, started_on=SINCE)
    )
    db.session.commit()
    return {"slug": committee.slug}


if __name__ == "__main__":
    with create_app().app_context():
        sys.stdout.write(json.dumps(put_in()) + "\n")
