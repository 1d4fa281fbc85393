"""The table of answers to equality questions, kept apart from responses, without any link."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model


class MonitoringAnswer(Model):
    """An answer to an equality question. It carries nothing that leads back to a response."""

    __tablename__ = "monitoring_answer"

    # Drawn at random: a number that runs on would tell whose response it came with.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("question_option.id"), index=True)
