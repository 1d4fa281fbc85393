"""Words that stand for secrets: each is put into one place, and must be found nowhere else."""

import hashlib
import re
from dataclasses import dataclass, field

# No f, i or l: fonts join those with their neighbours into one sign.
LETTERS = "abcdeghjkmnopqrstuvwxyz023456789"
LENGTH = 12
# A token that was cut short is known by this many of its characters, `zq` among them.
KNOWN_BY = 8
_LIKE_ONE = re.compile(rf"zq[{LETTERS}]{{{KNOWN_BY - 2},{LENGTH}}}")


@dataclass
class Tokens:
    """Every token that was made, with the name of the one place where it was put."""

    names: dict[str, str] = field(default_factory=dict)
    colours: dict[tuple[int, int, int], str] = field(default_factory=dict)
    _by_beginning: dict[str, str] = field(default_factory=dict)

    def make(self, name: str) -> str:
        """The token of the place of this name. Asked for again, another one of the same name."""
        count = sum(known == name for known in self.names.values())
        token = word_for(f"{name} {count}")
        self.names[token] = name
        self._by_beginning[token[:KNOWN_BY]] = token
        return token

    def colour(self, name: str) -> tuple[int, int, int]:
        """A colour that stands for the picture of this name."""
        digest = hashlib.sha256(name.encode()).digest()
        made = (digest[0] // 2 + 64, digest[1] // 2 + 64, digest[2] // 2 + 64)
        self.colours[made] = name
        return made

    def within(self, text: str) -> set[str]:
        """The tokens that this text holds, whole or cut short, in capitals or not."""
        found = set()
        for like in _LIKE_ONE.findall(text.lower()):
            token = self._by_beginning.get(like[:KNOWN_BY])
            if token and token.startswith(like):
                found.add(token)
        return found


def word_for(what: str) -> str:
    """The token of something, the same in every run."""
    number = int.from_bytes(hashlib.sha256(what.encode()).digest())
    drawn = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        drawn.append(LETTERS[place])
    return "zq" + "".join(drawn)
