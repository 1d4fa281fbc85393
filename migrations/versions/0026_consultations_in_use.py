"""What a consultation in use needs: extensions, when it closed, late and repeated responses."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CHECKS = {
    "published_when": "status IN ('draft', 'withdrawn') OR published_at IS NOT NULL",
    "draft_not_published": "status <> 'draft' OR published_at IS NULL",
    "closed_after_its_last_day": (
        "status NOT IN ('closed', 'reported') OR coalesce(closed_on > closes_on, false)"
    ),
    "published_not_closed": "status <> 'published' OR closed_on IS NULL",
    "reported_when": "(status = 'reported') = (reported_on IS NOT NULL)",
    "reported_after_closing": "reported_on >= closed_on",
    "withdrawal_has_reason": "status <> 'withdrawn' OR coalesce(withdrawal_reason, '') <> ''",
}


def upgrade() -> None:
    op.add_column("consultation", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("consultation", sa.Column("reported_on", sa.Date(), nullable=True))
    op.add_column("consultation", sa.Column("withdrawal_reason", sa.String(), nullable=True))
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_consultation_{name}"), "consultation", condition)
    op.create_table(
        "consultation_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("closed_before", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "closes_on > closed_before", name=op.f("ck_consultation_extension_later_than_before")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_consultation_extension_has_reason")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_extension_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["extended_by_id"],
            ["user_account.id"],
            name=op.f("fk_consultation_extension_extended_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_extension")),
    )
    for column in ("consultation_id", "extended_by_id"):
        op.create_index(
            op.f(f"ix_consultation_extension_{column}"), "consultation_extension", [column]
        )
    _responses()
    # A NULL is neither true nor false, and a CHECK refuses only what is false.
    _summary_check("number = 1 OR coalesce(change_reason, '') <> ''")


def _summary_check(condition: str) -> None:
    name = op.f("ck_summary_version_change_has_reason")
    op.drop_constraint(name, "summary_version")
    op.create_check_constraint(name, "summary_version", condition)


def _responses() -> None:
    op.add_column("response", sa.Column("sending", sa.String(), nullable=True))
    op.execute("UPDATE response SET sending = receipt")
    op.alter_column("response", "sending", nullable=False)
    op.create_unique_constraint(op.f("uq_response_sending"), "response", ["sending"])
    op.add_column("response", sa.Column("accepted_by_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_response_accepted_by_id_user_account"),
        "response",
        "user_account",
        ["accepted_by_id"],
        ["id"],
    )
    op.create_index(op.f("ix_response_accepted_by_id"), "response", ["accepted_by_id"])
    op.create_check_constraint(
        op.f("ck_response_late_is_accepted"), "response", "on_time OR accepted_by_id IS NOT NULL"
    )
    op.execute("ALTER TABLE monitoring_answer ALTER COLUMN id DROP DEFAULT")
    op.execute("DROP SEQUENCE IF EXISTS monitoring_answer_id_seq")
    op.alter_column("monitoring_answer", "id", type_=sa.BigInteger())


def downgrade() -> None:
    _summary_check("number = 1 OR change_reason <> ''")
    op.execute("CREATE SEQUENCE monitoring_answer_id_seq OWNED BY monitoring_answer.id")
    op.alter_column("monitoring_answer", "id", type_=sa.Integer())
    op.execute(
        "ALTER TABLE monitoring_answer ALTER COLUMN id "
        "SET DEFAULT nextval('monitoring_answer_id_seq')"
    )
    op.drop_constraint(op.f("ck_response_late_is_accepted"), "response")
    op.drop_column("response", "accepted_by_id")
    op.drop_column("response", "sending")
    op.drop_table("consultation_extension")
    for name in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_consultation_{name}"), "consultation")
    for column in ("withdrawal_reason", "reported_on", "closed_on"):
        op.drop_column("consultation", column)
