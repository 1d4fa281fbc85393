"""Every role of the council's committee business, what is cleared, and how each was come by."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

BEFORE = (
    "administrator",
    "democratic_services_officer",
    "report_author",
    "committee_member",
    "decision_maker",
)
ADDED = (
    "monitoring_officer",
    "clearance_officer",
    "director",
    "auditor",
    "registered_public",
    "scrutiny_chairman",
    "group_spokesman",
    "co_opted_member",
)
KINDS = ("finance", "legal", "equality", "other")
SOURCES = ("administrator", "group")
ROLES = "ck_role_grant_role"
CLEARED = "ck_role_grant_clearance_has_a_kind"


def upgrade() -> None:
    _widen(ROLES, BEFORE + ADDED)
    op.add_column("role_grant", sa.Column("clearance_kind", _words("clearancekind", KINDS)))
    op.add_column(
        "role_grant",
        sa.Column(
            "source",
            _words("grantsource", SOURCES),
            server_default="administrator",
            nullable=False,
        ),
    )
    op.alter_column("role_grant", "source", server_default=None)
    op.add_column("role_grant", sa.Column("given_by_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_role_grant_given_by_id_user_account"),
        "role_grant",
        "user_account",
        ["given_by_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f(CLEARED),
        "role_grant",
        "(role = 'clearance_officer') = (clearance_kind IS NOT NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f(CLEARED), "role_grant")
    for column in ("given_by_id", "source", "clearance_kind"):
        op.drop_column("role_grant", column)
    op.execute(
        sa.text("DELETE FROM role_grant WHERE role = ANY(:added)").bindparams(added=list(ADDED))
    )
    _widen(ROLES, BEFORE)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _widen(name: str, words: tuple[str, ...]) -> None:
    """Let the column hold these words and no others."""
    op.drop_constraint(op.f(name), "role_grant")
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(op.f(name), "role_grant", f"role IN ({listed})")
