"""The matters to be decided: numbers, notices in the forward plan, and one that was withdrawn."""

from datetime import date

from committee.commands.example_year.stage import Stage
from committee.constitution import current_constitution
from committee.decisions import notices
from committee.decisions import service as decisions
from committee.decisions.rules import DecisionStatus, KeyCriterion, Restriction
from committee.decisions.service import DecisionFields
from committee.people.portfolios import portfolios


def open_matter(stage: Stage, day: date, name: str) -> None:
    """Give the matter its number and say what is to be decided, by whom."""
    said = stage.said["matters"][name]
    because = said.get("restriction_reason")
    portfolio = next(each for each in portfolios() if each.title == stage.said["portfolio"])
    fields = DecisionFields(
        title=said["title"],
        matter=said["matter"],
        portfolio_id=portfolio.id,
        committee_id=stage.committee().id,
        lead_officer_id=stage.author(),
        is_key=said["key"] is not None,
        key_criterion=KeyCriterion(said["key"]) if said["key"] else None,
        restriction=Restriction.PART_EXEMPT if because else Restriction.OPEN,
        restriction_reason=because,
        documents=said["documents"],
    )
    number = stage.numbers[said["number"]]
    decisions.open_decision(fields, today=day, number=number, by=stage.clerk())


def notify(stage: Stage, day: date, name: str) -> None:
    """Publish the matter's notice in the forward plan."""
    notices.publish_notice(
        stage.matter(name),
        current_constitution().decisions,
        now=stage.at(day),
        today=day,
        by=stage.clerk(),
    )


def withdraw(stage: Stage, _day: date, name: str) -> None:
    """Withdraw the matter, with the reason that everyone can read."""
    because = stage.said["matters"][name]["withdrawn_because"]
    decisions.end(stage.matter(name), DecisionStatus.WITHDRAWN, because, by=stage.clerk())
