"""Portfolios that take executive decisions, and who holds them when."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_portfolio_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    op.create_index("uq_portfolio_title", "portfolio", ["council_id", "title"], unique=True)
    op.create_table(
        "portfolio_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on",
            name=op.f("ck_portfolio_holding_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id"],
            ["portfolio.id"],
            name=op.f("fk_portfolio_holding_portfolio_id_portfolio"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_portfolio_holding_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_holding")),
    )
    op.create_index(
        op.f("ix_portfolio_holding_portfolio_id"),
        "portfolio_holding",
        ["portfolio_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_portfolio_holding_user_id"), "portfolio_holding", ["user_id"], unique=False
    )
    op.create_index(
        "uq_portfolio_holding_open",
        "portfolio_holding",
        ["portfolio_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_portfolio_holding_open",
        table_name="portfolio_holding",
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index(op.f("ix_portfolio_holding_user_id"), table_name="portfolio_holding")
    op.drop_index(op.f("ix_portfolio_holding_portfolio_id"), table_name="portfolio_holding")
    op.drop_table("portfolio_holding")
    op.drop_index("uq_portfolio_title", table_name="portfolio")
    op.drop_table("portfolio")
