"""A real IMAP server: Debian's dovecot in a temporary folder, on loopback, without any privilege."""

from __future__ import annotations

import base64
import contextlib
import getpass
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.foundation.mail.sink import free_port

PASSWORD = "p+ss:wörd/1"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
default_process_limit = 20
default_vsz_limit = 0
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%n
ssl = {ssl}
{certificate}
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%n
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service stats {{
  chroot =
}}
"""


class NoDovecot(Exception):
    """The server is not installed. An error on purpose: a skipped test proves nothing."""


@dataclass
class Dovecot:
    """Running: `port` speaks in the clear, `safe_port` with TLS. `maildir` is where the one user's mail lies."""

    port: int
    safe_port: int
    maildir: Path

    def url(self, rest: str = "/INBOX") -> str:
        return f"imap://intake:p%2Bss%3Aw%C3%B6rd%2F1@127.0.0.1:{self.port}{rest}"


def _program() -> str:
    found = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NoDovecot("dovecot is not installed: install the package dovecot-imapd (apt-get install dovecot-imapd)")
    return found


def _account() -> tuple[pwd.struct_passwd, dict[str, Any]]:
    """Who runs it, and the arguments for subprocess: as root, nobody's account takes root's place."""
    if os.geteuid() != 0:
        return pwd.getpwnam(getpass.getuser()), {}
    account = pwd.getpwnam("nobody")
    return account, {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def dovecot(certificate: Path | None = None, key: Path | None = None) -> Iterator[Dovecot]:
    """A server with one user, "intake", whose mailbox is empty."""
    account, as_user = _account()
    server = Dovecot(free_port(), free_port() if certificate else 0, Path())
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        folder = Path(name)
        server.maildir = folder / "mail" / "intake"
        (folder / "passwd").write_text(f"intake:{{PLAIN.B64}}{base64.b64encode(PASSWORD.encode()).decode()}\n")
        config = folder / "dovecot.conf"
        config.write_text(CONFIG.format(
            folder=folder, user=account.pw_name, group=grp.getgrgid(account.pw_gid).gr_name, uid=account.pw_uid,
            gid=account.pw_gid, imap=server.port, imaps=server.safe_port, ssl="yes" if certificate else "no",
            certificate=f"ssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem" if certificate else "",
        ))  # fmt: skip
        for given, here in ((certificate, folder / "certificate.pem"), (key, folder / "key.pem")):
            here.write_bytes(given.read_bytes() if given else b"")
            os.chown(here, account.pw_uid, account.pw_gid)
        for each in (folder, folder / "mail", server.maildir):
            each.mkdir(exist_ok=True)
            os.chown(each, account.pw_uid, account.pw_gid)
        process = subprocess.Popen([_program(), "-F", "-c", str(config)], **as_user)
        try:
            _wait(server.port, process, folder / "log")
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            if line.recv(4) == b"* OK":
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise NoDovecot(log.read_text() if log.exists() else f"it ended with {process.poll()}")
