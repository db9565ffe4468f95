"""Every setting: name, default, meaning. Read from the environment once, frozen, refused when wrong.

docs/operators.md describes the same settings to operators; a test holds names and defaults together.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent


class WrongSetting(Exception):
    """A setting that cannot be used; the message names it and says what would do."""


def setting(default: Any, says: str) -> Any:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True)
class Settings:
    instance: Path = setting(PROJECT / "instance", "Folder for the database, the secret and kept letters.")
    database_url: str = setting("", "SQLAlchemy URL. Empty: an SQLite file in the instance folder.")
    secret_key: str = setting("", "At least 32 characters. Empty: made once and kept in the instance folder.")
    site_url: str = setting("", "The address people type, without a path. Empty: http://localhost:PORT.")
    port: int = setting(8000, "The port that pages are served on.")
    listen: str = setting("127.0.0.1", "The address to listen on; 0.0.0.0 for every network card.")
    web_workers: int = setting(1, "Processes that answer pages.")
    web_threads: int = setting(4, "Pages answered at the same time in each process.")
    behind_proxy: int = setting(0, "How many proxies of yours stand in front and set X-Forwarded-*.")
    smtp_host: str = setting("", "Mail server. Empty: letters are kept and can be read at /letters on this machine.")
    smtp_port: int = setting(587, "Port of the mail server.")
    smtp_security: str = setting("starttls", "starttls, tls or none.")
    smtp_user: str = setting("", "Name to sign in to the mail server with, if it asks for one.")
    smtp_password: str = setting("", "Password for the mail server.")
    mail_from: str = setting("", "Address that letters come from. Empty: storytime@ the host of SITE_URL.")
    reply_address: str = setting("", "Mailbox for answers, one that takes reply+anything@. Empty: answer by link only.")
    mail_intake: str = setting("", "Where we take mail ourselves: lmtp://127.0.0.1:8024 or smtp://127.0.0.1:8024.")
    imap_url: str = setting("", "A mailbox to empty: imaps://name:password@host/INBOX, with ?taken=Folder to move to.")
    bounce_address: str = setting("", "Address for reports of failed delivery; it must accept bounce+anything@host.")
    bounce_secret: str = setting("", "Lets a mail service report bounces to /letters/bounced. Empty: it cannot.")
    site_name: str = setting("Guerrilla Storytime", "What the site calls itself.")
    operator_contact: str = setting("", "An address for people who need the operator; printed on the privacy page.")
    geocoder: str = setting("", "nominatim, photon or pelias, to ask for streets; empty: built-in gazetteer only.")
    geocoder_domain: str = setting("", "Host (and port and path) of the map service.")
    geocoder_scheme: str = setting("https", "https or http, for the map service.")
    geocoder_key: str = setting("", "What a Pelias service wants to be paid with, if it does.")
    tile_url: str = setting("", "Street tiles, as in https://tiles.example/{z}/{x}/{y}.png. Empty: none are loaded.")
    tile_credit: str = setting("", "Whom the tiles' license wants named on the map; needed with TILE_URL.")
    picture_store: str = setting("", "Where photos live: s3://bucket/folder. Empty: in the instance folder.")
    store_endpoint: str = setting("", "Address of an S3-compatible store that is not Amazon's, https://s3.example.")
    store_region: str = setting("us-east-1", "The store's region; many others than Amazon do not care.")
    store_key_id: str = setting("", "Name of the access key for the store.")
    store_secret: str = setting("", "The access key's secret.")
    testing: bool = setting(False, "For the test suite: errors are raised instead of shown.")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Settings from variables named like the fields in capitals; refuses what cannot be used."""
        given: dict[str, Any] = {}
        for each in fields(cls):
            raw = environ.get(each.name.upper())
            if raw is not None and raw != "":
                given[each.name] = _converted(each.name, raw, each.default)
        return cls(**given).completed()

    def completed(self) -> Settings:
        """The same with empty values filled in; makes the instance folder and the secret if need be."""
        self.instance.mkdir(parents=True, exist_ok=True)
        filled = {
            "instance": self.instance.resolve(),
            "database_url": _driver(self.database_url or f"sqlite:///{self.instance.resolve() / 'meetups.sqlite'}"),
            "secret_key": self.secret_key or _kept_secret(self.instance / "secret_key"),
            "site_url": (self.site_url or f"http://localhost:{self.port}").rstrip("/"),
        }
        whole = Settings(**{**{each.name: getattr(self, each.name) for each in fields(self)}, **filled})
        whole.refuse_nonsense()
        return whole

    def refuse_nonsense(self) -> None:
        if len(self.secret_key) < 32:
            raise WrongSetting("SECRET_KEY is too short: give at least 32 characters, or leave it out.")
        url = urlsplit(self.site_url)
        if url.scheme not in ("http", "https") or not url.hostname or url.path:
            raise WrongSetting(f"SITE_URL is {self.site_url!r}; it looks like https://storytime.example, no path.")
        if self.smtp_security not in ("starttls", "tls", "none"):
            raise WrongSetting("SMTP_SECURITY is starttls, tls or none.")
        self.refuse_odd_geocoder()
        self.refuse_odd_tiles()
        if "@" not in self.sender or any(c.isspace() or c in ",<>" for c in self.sender):
            raise WrongSetting("MAIL_FROM is one plain address, like storytime@library.example.")
        self.refuse_odd_mailboxes()
        self.refuse_odd_bounces()
        self.refuse_odd_stores()
        for name in ("web_workers", "web_threads"):
            if not 1 <= getattr(self, name) <= 64:
                raise WrongSetting(f"{name.upper()} is a number from 1 to 64.")
        if not 1 <= self.port <= 65535:
            raise WrongSetting("PORT is a number from 1 to 65535.")

    def refuse_odd_bounces(self) -> None:
        local, _, host = self.bounce_address.rpartition("@")
        if self.bounce_address and (not host or not 0 < len(local) <= 20 or not local.replace("-", "").isalnum()):
            raise WrongSetting("BOUNCE_ADDRESS is like bounce@library.example, at most 20 characters before the @.")
        if self.bounce_secret and len(self.bounce_secret) < 16:
            raise WrongSetting("BOUNCE_SECRET is too short: give at least 16 characters.")

    def refuse_odd_geocoder(self) -> None:
        if self.geocoder not in ("", "nominatim", "photon", "pelias"):
            raise WrongSetting("GEOCODER is nominatim, photon, pelias, or empty for the built-in gazetteer alone.")
        if self.geocoder and not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9./_-]*)?", self.geocoder_domain):
            raise WrongSetting("GEOCODER needs GEOCODER_DOMAIN, the host of the map service, like nominatim.example.")
        if self.geocoder_scheme not in ("https", "http"):
            raise WrongSetting("GEOCODER_SCHEME is https or http.")

    def refuse_odd_tiles(self) -> None:
        tiles = urlsplit(self.tile_url)
        placed = all(part in self.tile_url for part in ("{z}", "{x}", "{y}"))
        named = re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", tiles.netloc)
        if self.tile_url and not (tiles.scheme in ("https", "http") and named and placed):
            raise WrongSetting("TILE_URL looks like https://tiles.example/{z}/{x}/{y}.png.")
        if self.tile_url and not self.tile_credit:
            raise WrongSetting("TILE_URL needs TILE_CREDIT: say whose map it is.")

    def refuse_odd_mailboxes(self) -> None:
        reply = self.reply_address
        if reply and (not re.fullmatch(r"[^@\s,<>+]{1,10}@[^@\s,<>]+", reply) or not reply.isascii()):
            raise WrongSetting("REPLY_ADDRESS is a short address without a plus sign, like reply@storytime.example.")
        intake = urlsplit(self.mail_intake)
        if intake.scheme not in ("", "lmtp", "smtp") or (intake.scheme and not intake.port):
            raise WrongSetting("MAIL_INTAKE looks like lmtp://127.0.0.1:8024.")
        if intake.scheme and intake.hostname not in ("127.0.0.1", "::1", "localhost"):
            raise WrongSetting("MAIL_INTAKE is on this machine alone: put your mail server in front of it.")
        mailbox = urlsplit(self.imap_url)
        if mailbox.scheme not in ("", "imaps", "imap") or (mailbox.scheme and not mailbox.username):
            raise WrongSetting("IMAP_URL looks like imaps://name:password@imap.example/INBOX.")
        if mailbox.scheme == "imap" and mailbox.hostname not in ("127.0.0.1", "::1", "localhost"):
            raise WrongSetting("IMAP_URL: the password would travel in the clear. Use imaps://.")

    def refuse_odd_stores(self) -> None:
        if not self.picture_store:
            return
        if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?", self.picture_store):
            raise WrongSetting("PICTURE_STORE looks like s3://bucket or s3://bucket/folder; empty for the disk.")
        if self.store_endpoint and not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]+(/[^?#\s]*)?", self.store_endpoint):
            raise WrongSetting("STORE_ENDPOINT looks like https://s3.example.")
        if not self.store_key_id or not self.store_secret:
            raise WrongSetting("PICTURE_STORE needs STORE_KEY_ID and STORE_SECRET, an access key for the bucket.")
        if find_spec("obstore") is None:
            raise WrongSetting("PICTURE_STORE needs the extra \"s3\": pip install -c constraints.txt obstore.")

    @property
    def sender(self) -> str:
        return self.mail_from or f"storytime@{urlsplit(self.site_url).hostname}"

    @property
    def secure(self) -> bool:
        return self.site_url.startswith("https://")


def _converted(name: str, raw: str, default: Any) -> Any:
    if isinstance(default, bool):
        return raw.lower() in ("1", "true", "yes", "on")
    if isinstance(default, int):
        if not raw.lstrip("-").isdigit():
            raise WrongSetting(f"{name.upper()} is {raw!r}, but has to be a whole number.")
        return int(raw)
    if isinstance(default, Path):
        return Path(raw)
    return raw


def _driver(url: str) -> str:
    """Name the PostgreSQL driver that is installed, whatever the hosting panel wrote."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url[len(short) :]
    return url


def _kept_secret(path: Path) -> str:
    """The secret in the instance folder; made on first use, readable by the owner only."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()
