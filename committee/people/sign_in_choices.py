"""What a council chooses about sign-in, from the table `[sign_in]` of its constitution file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from committee.people.roles import ROLE_LABELS, Role
from committee.people.sign_in_rules import SecondFactorDuty

# Those who can change or read most. They are asked, and only where the council says so, made to.
USUAL_ROLES = frozenset(
    {Role.ADMINISTRATOR, Role.MONITORING_OFFICER, Role.DEMOCRATIC_SERVICES_OFFICER}
)
MOST_GROUPS = 500
KNOWN = {"second_step", "second_step_roles", "group_claim", "group_roles"}


@dataclass(frozen=True)
class GroupRole:
    """The role that members of a group at the provider hold, council-wide or on one committee."""

    group: str
    role: Role
    committee: str | None = None  # its slug


@dataclass(frozen=True)
class SignInChoices:
    """Who is asked for a second step, and which groups at the provider are which roles here."""

    second_step: SecondFactorDuty = SecondFactorDuty.OFFERED
    second_step_roles: frozenset[Role] = USUAL_ROLES
    group_claim: str = "groups"
    group_roles: tuple[GroupRole, ...] = ()


def from_table(table: Mapping[str, Any]) -> SignInChoices:
    """The choices that the table holds. Raises ValueError, in words, for what cannot be meant."""
    usual = SignInChoices()
    unknown = sorted(set(table) - KNOWN)
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not known. Known: {', '.join(sorted(KNOWN))}.")
    duty = table.get("second_step", usual.second_step.value)
    if duty not in list(SecondFactorDuty):
        raise ValueError("sign_in.second_step must be “offered” or “required”.")
    claim = table.get("group_claim", usual.group_claim)
    if not isinstance(claim, str) or not claim:
        raise ValueError("sign_in.group_claim must be the name of a claim, such as “groups”.")
    return SignInChoices(
        second_step=SecondFactorDuty(duty),
        second_step_roles=_roles(table.get("second_step_roles")),
        group_claim=claim,
        group_roles=tuple(_group_role(each) for each in _groups(table.get("group_roles", []))),
    )


def current_choices() -> SignInChoices:
    """The choices of the running application."""
    choices: SignInChoices = current_app.extensions["sign_in"]
    return choices


def issuer_in_use() -> str | None:
    """By which name the council's own sign-in goes, where the running application has one."""
    found: str | None = getattr(current_app.extensions.get("provider"), "issuer", None)
    return found


def _roles(names: Any) -> frozenset[Role]:
    if names is None:
        return USUAL_ROLES
    if not isinstance(names, list):
        raise ValueError("sign_in.second_step_roles must be a list of roles.")
    return frozenset(_role(name, "sign_in.second_step_roles") for name in names)


def _role(name: Any, where: str) -> Role:
    if not isinstance(name, str) or name not in list(Role):
        raise ValueError(f"{where} names no role by {name!r}. Roles: {', '.join(ROLE_LABELS)}.")
    return Role(name)


def _groups(found: Any) -> list[Any]:
    if not isinstance(found, list) or len(found) > MOST_GROUPS:
        raise ValueError(f"sign_in.group_roles must be a list of at most {MOST_GROUPS} tables.")
    return found


def _group_role(each: Any) -> GroupRole:
    where = "each of sign_in.group_roles"
    if not isinstance(each, dict) or not {"group", "role"} <= set(each) <= {
        "group",
        "role",
        "committee",
    }:
        raise ValueError(f"{where} needs a group and a role, and may name a committee.")
    group, committee = each["group"], each.get("committee")
    if not isinstance(group, str) or not group or not isinstance(committee, str | None):
        raise ValueError(f"{where} needs texts: a group, and the end of a committee's address.")
    role = _role(each["role"], where)
    if role is Role.ADMINISTRATOR and committee is not None:
        raise ValueError("An administrator is one for the whole council: name no committee.")
    return GroupRole(group, role, committee)
