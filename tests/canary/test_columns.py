"""Every column that is not public carries a token, so that nothing is looked for in vain."""

from tests.canary.seeding import hidden_columns, holds_token
from tests.canary.watched import WatchedCouncil


def test_every_hidden_column_carries_a_token(watched: WatchedCouncil) -> None:
    with watched.installation.app.app_context():
        bare = [n for n, c in hidden_columns().items() if not holds_token(c, watched.tokens)]
    assert bare == []
