"""Every record of decision has a class, and nothing is open because nobody said otherwise."""

import re
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)
SOURCE = "taken over from what was said of the record before records had a class"

# What was for publication and has been signed or published is open, as whoever signed or published
# it meant; a draft waits until somebody says.
WAS_OPEN = """
    UPDATE decision_record r SET classification = 'open' FROM decision d
    WHERE d.id = r.decision_id AND r.for_publication AND d.restriction <> 'fully_exempt'
    AND (r.signed_at IS NOT NULL
         OR EXISTS (SELECT FROM record_version v WHERE v.decision_id = d.id))
"""
# Closed ones, with what may tell on what paragraph: the reason that the notice gives, and the
# exempt reports on the matter. Where one is confidential, no paragraph says enough.
CLOSED = """
    SELECT r.id, d.restriction_reason,
        ARRAY(SELECT DISTINCT unnest(p.exempt_paragraphs) FROM report p
              WHERE p.decision_number = d.number AND p.classification = 'exempt'),
        EXISTS (SELECT FROM report p WHERE p.decision_number = d.number AND p.terms_of_contract)
    FROM decision_record r JOIN decision d ON d.id = r.decision_id
    WHERE (NOT r.for_publication OR d.restriction = 'fully_exempt')
    AND NOT EXISTS (SELECT FROM report p
                    WHERE p.decision_number = d.number AND p.classification = 'confidential')
"""
# A reason that says which paragraphs of the Schedule close the matter, and says nothing else.
PARAGRAPHS = re.compile(
    r"(?:see |exempt (?:under |by )?|(?:not for publication )?by virtue of )?"
    r"paragraphs? (?P<listed>[1-7](?:(?:, | and |, and )[1-7])*)"
    r"(?: of (?:part 1 of )?schedule 12a(?: (?:to|of) the local government act 1972)?)?\.?",
    re.IGNORECASE,
)


def upgrade() -> None:
    add_columns()
    op.execute(WAS_OPEN)
    close()
    op.execute(
        sa.text(
            "INSERT INTO determination (subject_kind, subject_id, classification, "
            "exempt_paragraphs, terms_of_contract, decided_at, recorded_from) "
            "SELECT 'decision_record', id, classification, exempt_paragraphs, "
            "terms_of_contract, :now, :source "
            "FROM decision_record WHERE classification <> 'unclassed' ORDER BY id"
        ).bindparams(now=datetime.now(UTC), source=SOURCE)
    )
    op.drop_column("decision_record", "for_publication")
    for name, words in (
        ("classification", f"classification IN ({CLASSES})"),
        ("confidencebasis", f"confidence_basis IN ({BASES})"),
        ("ground_stated", GROUND),
    ):
        op.create_check_constraint(op.f(f"ck_decision_record_{name}"), "decision_record", words)


def add_columns() -> None:
    for column in (
        sa.Column("classification", sa.String(40), nullable=False, server_default="unclassed"),
        sa.Column(
            "exempt_paragraphs",
            postgresql.ARRAY(sa.Integer()),
            nullable=False,
            server_default="{}",
        ),
        sa.Column("terms_of_contract", sa.Boolean(), nullable=False, server_default="false"),
    ):
        op.add_column("decision_record", column)
        op.alter_column("decision_record", column.name, server_default=None)
    op.add_column("decision_record", sa.Column("confidence_basis", sa.String(40), nullable=True))


def close() -> None:
    """What was not for publication is exempt where its paragraphs are known. Where they are not,
    it is left without a class, which is as closed, until an officer says."""
    connection = op.get_bind()
    for record_id, reason, reported, terms in connection.execute(sa.text(CLOSED)).all():
        if found := known(reason or "", sorted(reported)):
            connection.execute(
                sa.text(
                    "UPDATE decision_record SET classification = 'exempt', "
                    "exempt_paragraphs = :paragraphs, terms_of_contract = :terms WHERE id = :id"
                ),
                {"paragraphs": found, "terms": terms and 3 in found, "id": record_id},
            )


def known(reason: str, reported: list[int]) -> list[int]:
    """On what paragraphs a record is exempt: on those that its notice names, else on those of the
    exempt reports. A reason that speaks of paragraphs and cannot be read for certain may mean
    others, or another document, so that nothing is known."""
    if found := PARAGRAPHS.fullmatch(" ".join(reason.split())):
        return sorted({int(number) for number in re.findall(r"[1-7]", found["listed"])})
    return [] if re.search(r"\bpara", reason, re.IGNORECASE) else reported


def downgrade() -> None:
    """Only what somebody has opened is for publication."""
    op.add_column(
        "decision_record",
        sa.Column("for_publication", sa.Boolean(), nullable=False, server_default="false"),
    )
    op.alter_column("decision_record", "for_publication", server_default=None)
    op.execute("UPDATE decision_record SET for_publication = (classification = 'open')")
    op.execute(
        sa.text(
            "DELETE FROM determination WHERE subject_kind = 'decision_record' "
            "AND recorded_from = :source"
        ).bindparams(source=SOURCE)
    )
    for name in ("ground_stated", "confidencebasis", "classification"):
        op.drop_constraint(op.f(f"ck_decision_record_{name}"), "decision_record", type_="check")
    for name in ("classification", "exempt_paragraphs", "terms_of_contract", "confidence_basis"):
        op.drop_column("decision_record", name)
