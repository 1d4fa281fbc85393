"""What was tried at sign-in, who is whom at a provider, second factors, and kinds of sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "password",
    "password_and_code",
    "password_and_passkey",
    "password_and_recovery_code",
    "passkey",
    "provider",
)


def upgrade() -> None:
    _kinds_of_sessions()
    _tries()
    _provider()
    _authenticators()
    _passkeys()
    _recovery_codes()


def downgrade() -> None:
    for table in (
        "recovery_code",
        "passkey",
        "authenticator",
        "mapped_grant",
        "provider_identity",
        "spent_token",
        "sign_in_try",
    ):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_user_session_signinkind"), "user_session")
    op.drop_column("user_session", "proved_at")
    op.drop_column("user_session", "kind")


def _kinds_of_sessions() -> None:
    kind = sa.Column("kind", sa.String(length=40), nullable=False, server_default="password")
    op.add_column("user_session", kind)
    op.alter_column("user_session", "kind", server_default=None)
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_check_constraint(
        op.f("ck_user_session_signinkind"), "user_session", f"kind IN ({listed})"
    )
    op.add_column("user_session", sa.Column("proved_at", INSTANT, nullable=True))
    op.execute("UPDATE user_session SET proved_at = created_at")
    op.alter_column("user_session", "proved_at", nullable=False)


def _tries() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_sha256", sa.String(), nullable=False),
        sa.Column("network_sha256", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('password', 'second_step', 'link')", name=op.f("ck_sign_in_try_trykind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    for name in ("account", "network"):
        columns = ["kind", f"{name}_sha256", "at"]
        op.create_index(f"ix_sign_in_try_{name}", "sign_in_try", columns)
    op.create_index(op.f("ix_sign_in_try_at"), "sign_in_try", ["at"])
    op.create_table(
        "spent_token",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("spent_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_spent_token_token_sha256")),
    )
    op.create_index(op.f("ix_spent_token_spent_at"), "spent_token", ["spent_at"])


def _provider() -> None:
    op.create_table(
        "provider_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=False),
        _of_user("provider_identity"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_provider_identity_issuer_subject")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_provider_identity_user_id_issuer")),
    )
    op.create_table(
        "mapped_grant",
        sa.Column("role_grant_id", sa.Integer(), nullable=False),
        sa.Column("provider_identity_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_grant_id"],
            ["role_grant.id"],
            name=op.f("fk_mapped_grant_role_grant_id_role_grant"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_identity_id"],
            ["provider_identity.id"],
            name=op.f("fk_mapped_grant_provider_identity_id_provider_identity"),
        ),
        sa.PrimaryKeyConstraint("role_grant_id", name=op.f("pk_mapped_grant")),
    )
    op.create_index(
        op.f("ix_mapped_grant_provider_identity_id"), "mapped_grant", ["provider_identity_id"]
    )


def _authenticators() -> None:
    op.create_table(
        "authenticator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.String(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _of_user("authenticator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
    )
    op.create_index(op.f("ix_authenticator_user_id"), "authenticator", ["user_id"])
    op.create_index(
        "uq_authenticator_in_use",
        "authenticator",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
    )


def _passkeys() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("user_handle", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_passkey_named")),
        _of_user("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_user_id"), "passkey", ["user_id"])


def _recovery_codes() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        _of_user("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint(
            "user_id", "code_sha256", name=op.f("uq_recovery_code_user_id_code_sha256")
        ),
    )


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["user_account.id"], name=op.f(f"fk_{table}_user_id_user_account")
    )
