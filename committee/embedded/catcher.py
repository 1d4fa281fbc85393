"""A mail server that keeps what it is given in a folder and passes nothing on.

For development: `python -m committee.embedded.catcher --port 2525 --folder var/mail`. It listens
on this machine alone and knows nothing of the application, which reads the folder.
"""

import argparse
import asyncio
import signal
from email.header import Header
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
KEEPS = 1000  # messages; the oldest go first


class Catcher:
    """Keeps each message as `00000042.eml`, with the address that it was for in a first line."""

    def __init__(self, folder: Path, *, keeps: int = KEEPS) -> None:
        self.folder, self.keeps = folder, keeps
        folder.mkdir(parents=True, exist_ok=True)
        kept = self._numbers()
        self.next = count(kept[-1] + 1 if kept else 1)

    async def handle_DATA(  # noqa: N802  # aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message, and answer 250 only once it is there."""
        content = envelope.content or b""
        self.keep(
            content if isinstance(content, bytes) else content.encode(errors="replace"),
            to=", ".join(envelope.rcpt_tos),
        )
        return "250 Kept"

    def keep(self, content: bytes, *, to: str) -> int:
        """Write the message whole or not at all, and answer its number."""
        number = next(self.next)
        unfinished = self.folder / "unfinished"
        unfinished.write_bytes(f"X-Kept-For: {Header(to).encode()}\r\n".encode() + content)
        unfinished.rename(self._path(number))
        for old in self._numbers()[: -self.keeps]:
            self._path(old).unlink(missing_ok=True)
        return number

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08d}.eml"

    def _numbers(self) -> list[int]:
        return sorted(int(p.stem) for p in self.folder.glob("*.eml") if p.stem.isdecimal())


async def serve(port: int, catcher: Catcher) -> None:
    """Take mail on this port of this machine until told to stop."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    server = await loop.create_server(
        # A name is given, since asking the network for this machine's can take long.
        lambda: SMTP(catcher, hostname="localhost", enable_SMTPUTF8=True, loop=loop),
        HOST,
        port,
    )
    async with server:
        await stopped.wait()


def main() -> None:
    """Read the words of the command line and serve."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--folder", type=Path, required=True)
    given = words.parse_args()
    asyncio.run(serve(given.port, Catcher(given.folder)))


if __name__ == "__main__":
    main()
