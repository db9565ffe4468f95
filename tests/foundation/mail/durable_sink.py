"""A mail server in a process of its own: `python -m tests.foundation.mail.durable_sink PORT FILE MILLISECONDS`.

Every message is written down, as one line with its Message-ID, before the answer is given; the answer takes up to so
many milliseconds longer, the moment in which a killed worker cannot know what has become of its letter.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope


class Keeper:
    def __init__(self, path: str, slowness: float) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.slowness = slowness

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        name = next(line for line in content.split(b"\r\n") if line.startswith(b"Message-ID: "))
        os.write(self.file, name.split(b": ", 1)[1] + b"\n")
        if self.slowness:
            await asyncio.sleep(random.uniform(0, self.slowness))
        return "250 OK"


async def serve(port: int, keeper: Keeper) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper, hostname="sink"), "127.0.0.1", port)
    done = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, done.set)
    print("ready", flush=True)
    await done.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Keeper(sys.argv[2], float(sys.argv[3]) / 1000)))
