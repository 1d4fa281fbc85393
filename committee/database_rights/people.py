"""Columns of people: who they are, where they sit, how they sign in, and what they may do."""
# ruff: noqa: S106 - "secret" is the name of a class, not a secret

from committee.database_rights.classes import EVERY_ROW, TableClasses

# Who decides, who leads on a decision that was notified, and whom a consultation names.
NAMED = """
    EXISTS (SELECT FROM public.portfolio_holding held WHERE held.user_id = user_account.id)
"""

TABLES = {
    "council": TableClasses(public="id name brand_colour language", rows=EVERY_ROW),
    "officer": TableClasses(
        public="id council_id name job_title telephone email",
        rows="EXISTS (SELECT FROM public.committee c WHERE c.contact_officer_id = officer.id)",
    ),
    "committee": TableClasses(
        public="id council_id contact_officer_id name slug description seats parent_id kind "
        "access_regime quorum_share quorum_minimum balanced version",
        rows=EVERY_ROW,
    ),
    "political_group": TableClasses(
        public="id council_id name print_order political", rows=EVERY_ROW
    ),
    "councillor": TableClasses(public="id council_id group_id name version", rows=EVERY_ROW),
    "contact_detail": TableClasses(
        public="id councillor_id kind value published", rows="published"
    ),
    "term_of_office": TableClasses(
        public="id councillor_id group_id division started_on ended_on ended_because",
        rows=EVERY_ROW,
    ),
    "membership": TableClasses(
        public="id committee_id councillor_id role started_on ended_on ended_because voting "
        "print_order",
        rows=EVERY_ROW,
    ),
    "group_seats": TableClasses(
        public="id committee_id group_id seats started_on ended_on ended_because", rows=EVERY_ROW
    ),
    "named_substitute": TableClasses(
        public="id committee_id councillor_id group_id started_on ended_on ended_because",
        rows=EVERY_ROW,
    ),
    "portfolio": TableClasses(public="id council_id title", rows=EVERY_ROW),
    "portfolio_holding": TableClasses(
        public="id portfolio_id user_id started_on ended_on", rows=EVERY_ROW
    ),
    "user_account": TableClasses(
        public="id name",
        personal="email active job_title directorate telephone councillor_id browsers_known_since "
        "version",
        secret="password_hash",
        rows=NAMED,
    ),
    "role_grant": TableClasses(
        personal="id user_id committee_id role granted_at ended_at clearance_kind source "
        "given_by_id"
    ),
    "delegation": TableClasses(
        personal="id giver_id receiver_id role committee_id first_day last_day reason given_at "
        "allowed_by_id allowed_at ended_at ended_by_id"
    ),
    "people_file": TableClasses(
        personal="id kind name sha256 content user_id received_at brought_in_at"
    ),
    "user_session": TableClasses(
        personal="id user_id kind browser created_at proved_at last_seen_at expires_at ended_at",
        secret="token_sha256",
    ),
    "password_link": TableClasses(
        personal="id user_id created_at expires_at used_at", secret="token_sha256"
    ),
    "password_request": TableClasses(personal="id email asked_at"),
    "authenticator": TableClasses(
        personal="id user_id begun_at confirmed_at ended_at", secret="sealed_secret last_step"
    ),
    "passkey": TableClasses(
        personal="id user_id name added_at last_used_at ended_at",
        secret="credential_id public_key user_handle sign_count",
    ),
    "recovery_code": TableClasses(personal="id user_id made_at used_at", secret="code_sha256"),
    "provider_identity": TableClasses(personal="id user_id issuer subject linked_at last_used_at"),
    "mapped_grant": TableClasses(personal="role_grant_id provider_identity_id"),
    "sign_in_try": TableClasses(personal="id kind account_sha256 network_sha256 browser_sha256 at"),
    "spent_token": TableClasses(personal="id spent_at", secret="token_sha256"),
}
