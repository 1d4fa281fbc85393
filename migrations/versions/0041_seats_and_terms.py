"""What committees are; terms, seats of groups, substitutes; how to reach councillors."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KINDS = (
    "council",
    "executive",
    "cabinet_committee",
    "overview_and_scrutiny",
    "regulatory",
    "committee",
    "sub_committee",
    "joint",
    "panel",
)
SHARES = (
    "a_tenth",
    "a_sixth",
    "a_fifth",
    "a_quarter",
    "a_third",
    "two_fifths",
    "half",
    "two_thirds",
    "three_quarters",
)
REASONS = (
    "ended",
    "resigned",
    "replaced",
    "changed_group",
    "not_elected_again",
    "ceased_to_be_a_member",
    "died",
    "entered_in_error",
)
RIGHTS = ("all", "education_only", "none")
AFTER_START = "ended_on IS NULL OR ended_on >= started_on"
WITH_REASON = "(ended_on IS NULL) = (ended_because IS NULL)"
DAYS = "daterange(started_on, ended_on, '[]') WITH &&"
COUNTS = "WHERE (ended_because IS DISTINCT FROM 'entered_in_error')"


def upgrade() -> None:
    _committees()
    _councillors()
    _memberships()
    _terms()
    _seats()
    _substitutes()
    _files()


def downgrade() -> None:
    for table in (
        "people_file",
        "named_substitute",
        "group_seats",
        "term_of_office",
        "contact_detail",
    ):
        op.drop_table(table)
    op.drop_constraint("ex_membership_one_at_once", "membership")
    for column in ("voting", "ended_because"):
        op.drop_column("membership", column)
    op.drop_column("councillor", "version")
    op.drop_column("political_group", "political")
    for column in (
        "balanced",
        "quorum_minimum",
        "quorum_share",
        "access_regime",
        "kind",
        "parent_id",
    ):
        op.drop_column("committee", column)


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _check(table: str, name: str, says: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(says, name=op.f(f"ck_{table}_{name}"))


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _one_at_once(table: str, *columns: str) -> None:
    """No two rows that count, alike in these columns, have a day in common."""
    same = [f"int4range({column}, {column}, '[]') WITH &&" for column in columns]
    op.execute(
        f"ALTER TABLE {table} ADD CONSTRAINT ex_{table}_one_at_once "
        f"EXCLUDE USING gist ({', '.join([*same, DAYS])}) {COUNTS}"
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _committees() -> None:
    op.add_column("committee", sa.Column("parent_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_committee_parent_id_committee"), "committee", "committee", ["parent_id"], ["id"]
    )
    _index("committee", "parent_id")
    op.create_check_constraint("not_its_own_parent", "committee", "parent_id <> id")
    kind = _words("committeekind", KINDS)
    op.add_column("committee", sa.Column("kind", kind, server_default="committee", nullable=False))
    regime = _words("accessregime", ("council_committee", "executive"))
    op.add_column(
        "committee",
        sa.Column("access_regime", regime, server_default="council_committee", nullable=False),
    )
    share = _words("quorumshare", SHARES)
    op.add_column("committee", sa.Column("quorum_share", share, nullable=True))
    op.add_column("committee", sa.Column("quorum_minimum", sa.Integer(), nullable=True))
    op.create_check_constraint("quorum_of_somebody", "committee", "quorum_minimum >= 1")
    balanced = sa.Column("balanced", sa.Boolean(), server_default=sa.true(), nullable=False)
    op.add_column("committee", balanced)


def _councillors() -> None:
    political = sa.Column("political", sa.Boolean(), server_default=sa.true(), nullable=False)
    op.add_column("political_group", political)
    # A body whose members are all co-opted is no political group.
    op.execute(
        "UPDATE political_group SET political = false WHERE EXISTS (SELECT FROM councillor c JOIN "
        "membership m ON m.councillor_id = c.id WHERE c.group_id = political_group.id) AND NOT "
        "EXISTS (SELECT FROM councillor c JOIN membership m ON m.councillor_id = c.id WHERE "
        "c.group_id = political_group.id AND m.role NOT IN ('co_opted', 'non_voting'))"
    )
    op.add_column(
        "councillor", sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    )
    op.create_table(
        "contact_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("contactkind", ("email", "telephone", "address")), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False),
        _key("contact_detail", "councillor_id", "councillor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_detail")),
    )
    op.create_index(
        "uq_contact_detail_kind", "contact_detail", ["councillor_id", "kind"], unique=True
    )


def _memberships() -> None:
    """Give memberships their voting right; mend those that held one seat twice on a day."""
    reason = _words("endreason", REASONS)
    op.add_column("membership", sa.Column("ended_because", reason, nullable=True))
    right = sa.Column("voting", _words("votingright", RIGHTS), server_default="all", nullable=False)
    op.add_column("membership", right)
    op.create_check_constraint(
        "reason_of_an_end", "membership", "ended_on IS NOT NULL OR ended_because IS NULL"
    )
    op.execute("UPDATE membership SET voting = 'none' WHERE role IN ('co_opted', 'non_voting')")
    same = (
        "FROM membership later WHERE later.committee_id = earlier.committee_id "
        "AND later.councillor_id = earlier.councillor_id AND later.id > earlier.id "
        "AND earlier.ended_on >= later.started_on"
    )
    never_was = "UPDATE membership earlier SET ended_because = 'entered_in_error' "
    op.execute(never_was + same + " AND earlier.started_on >= later.started_on")
    shorter = "UPDATE membership earlier SET ended_on = later.started_on - 1 "
    op.execute(shorter + same + " AND earlier.started_on < later.started_on")
    _one_at_once("membership", "committee_id", "councillor_id")


def _terms() -> None:
    op.create_table(
        "term_of_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("division", sa.String(), nullable=False),
        *_days("term_of_office"),
        _key("term_of_office", "councillor_id", "councillor"),
        _key("term_of_office", "group_id", "political_group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_of_office")),
    )
    _index("term_of_office", "councillor_id", "group_id")
    _one_at_once("term_of_office", "councillor_id")


def _seats() -> None:
    op.create_table(
        "group_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        *_days("group_seats"),
        _check("group_seats", "seats_not_negative", "seats >= 0"),
        _key("group_seats", "committee_id", "committee"),
        _key("group_seats", "group_id", "political_group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seats")),
    )
    _index("group_seats", "committee_id", "group_id")
    _one_at_once("group_seats", "committee_id", "coalesce(group_id, 0)")


def _substitutes() -> None:
    op.create_table(
        "named_substitute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        *_days("named_substitute"),
        _key("named_substitute", "committee_id", "committee"),
        _key("named_substitute", "councillor_id", "councillor"),
        _key("named_substitute", "group_id", "political_group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_substitute")),
    )
    _index("named_substitute", "committee_id", "councillor_id", "group_id")
    _one_at_once("named_substitute", "committee_id", "councillor_id")


def _days(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """From when to when, and why it ended."""
    return (
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", _words("endreason", REASONS), nullable=True),
        _check(table, "ends_after_start", AFTER_START),
        _check(table, "ended_with_reason", WITH_REASON),
    )


def _files() -> None:
    op.create_table(
        "people_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("brought_in_at", sa.DateTime(timezone=True), nullable=True),
        _key("people_file", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_file")),
    )
    _index("people_file", "user_id")
