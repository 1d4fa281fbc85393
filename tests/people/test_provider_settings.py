"""Which provider is asked, which of its addresses are believed, and what its groups mean here."""

from typing import Any

import pytest

from committee.people import sign_in_choices
from committee.people.oidc import Claims
from committee.people.oidc_accounts import verified_email
from committee.people.provider_settings import ProviderSettings, from_environment
from committee.people.roles import Role
from committee.people.sign_in_choices import USUAL_ROLES, GroupRole, SignInChoices
from committee.people.sign_in_rules import SecondFactorDuty

ENTRA = "https://login.microsoftonline.com/3f0e/v2.0"


@pytest.mark.parametrize(
    ("issuer", "told", "verified"),
    [
        ("https://id.example", {"email_verified": True}, True),
        ("https://id.example", {"email_verified": "true"}, True),
        ("https://id.example", {"email_verified": "false"}, False),
        ("https://id.example", {"email_verified": 1}, False),
        ("https://id.example", {"xms_edov": True}, False),
        ("https://id.example", {}, False),
        (ENTRA, {"email_verified": True}, False),
        (ENTRA, {"xms_edov": True}, True),
        (ENTRA, {"xms_edov": "1"}, True),
        (ENTRA, {"xms_edov": 1}, True),
        (ENTRA, {"xms_edov": False}, False),
        (ENTRA, {"xms_edov": "0"}, False),
    ],
)
def test_an_address_is_verified_where_the_provider_says_so(
    issuer: str, told: dict[str, object], verified: bool
) -> None:
    claims = Claims(issuer, "s", {"email": " Asha@Example.org", **told})
    assert verified_email(claims) == ("asha@example.org" if verified else None)


@pytest.mark.parametrize("email", [None, "", "nobody", 7, "a@" + "x" * 400, ["a@example.org"]])
def test_what_is_no_address_is_none(email: object) -> None:
    assert (
        verified_email(Claims("https://id.example", "s", {"email": email, "email_verified": True}))
        is None
    )


ALL = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "c", "OIDC_CLIENT_SECRET": "s"}


def test_the_provider_is_named_by_the_environment() -> None:
    assert from_environment({}) is None
    found = from_environment({**ALL, "OIDC_LABEL": "Example CC"})
    assert found == ProviderSettings("https://id.example", "c", "s", "Example CC")
    assert "client_secret" not in repr(found)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID must be set, because OIDC_ISSUER is"),
        ({"OIDC_ISSUER": "", "OIDC_CLIENT_SECRET": ""}, "OIDC_ISSUER and OIDC_CLIENT_SECRET must"),
        ({"OIDC_ISSUER": "http://id.example"}, "must be like https://example.org"),
        ({"OIDC_ISSUER": "id.example"}, "must be like https://example.org"),
    ],
)
def test_half_a_provider_is_refused_in_words(written: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        from_environment({**ALL, **written})


def test_a_constitution_that_says_nothing_means_the_usual() -> None:
    assert sign_in_choices.from_table({}) == SignInChoices()
    assert SignInChoices().second_step is SecondFactorDuty.OFFERED
    assert SignInChoices().second_step_roles == USUAL_ROLES


def test_a_constitution_says_who_needs_a_second_step_and_what_groups_mean() -> None:
    found = sign_in_choices.from_table(
        {
            "second_step": "required",
            "second_step_roles": ["decision_maker"],
            "group_claim": "roles",
            "group_roles": [
                {"group": "a", "role": "report_author"},
                {"group": "b", "role": "committee_member", "committee": "planning"},
            ],
        }
    )
    assert found == SignInChoices(
        second_step=SecondFactorDuty.REQUIRED,
        second_step_roles=frozenset({Role.DECISION_MAKER}),
        group_claim="roles",
        group_roles=(
            GroupRole("a", Role.REPORT_AUTHOR),
            GroupRole("b", Role.COMMITTEE_MEMBER, "planning"),
        ),
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"second_steps": "offered"}, "second_steps is not known"),
        ({"second_step": "wanted"}, "must be “offered” or “required”"),
        ({"second_step_roles": "administrator"}, "must be a list of roles"),
        ({"second_step_roles": ["boss"]}, "names no role by 'boss'"),
        ({"second_step_roles": [7]}, "names no role by 7"),
        ({"group_claim": ""}, "must be the name of a claim"),
        ({"group_roles": {}}, "must be a list"),
        ({"group_roles": [{"group": "a"}]}, "needs a group and a role"),
        ({"group_roles": [{"group": "a", "role": "boss"}]}, "names no role"),
        ({"group_roles": [{"group": "", "role": "auditor"}]}, "needs texts"),
        ({"group_roles": [{"group": "a", "role": "auditor", "x": 1}]}, "needs a group and a role"),
        (
            {"group_roles": [{"group": "a", "role": "administrator", "committee": "x"}]},
            "name no committee",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(table: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        sign_in_choices.from_table(table)
