"""The way to the mail server, or the lack of one."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from meetups.foundation.mail.envelope import host_of
from meetups.settings import Settings

TIMEOUT = 20.0


class NoConnection(Exception):
    """The mail server cannot be reached, or does not let us in. No letter is to blame."""


@dataclass(frozen=True)
class Smtp:
    """A mail server. `security` is starttls, tls or none; `local_name` is what we call ourselves to it."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    local_name: str = "localhost"

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """One connection, secured and signed in; raises NoConnection."""
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise NoConnection(kind_of(error)) from error
        try:
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        safely = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, self.local_name, timeout=TIMEOUT, context=safely
            )
        else:
            server = smtplib.SMTP(self.host, self.port, self.local_name, timeout=TIMEOUT)
        try:
            if self.security == "starttls":
                server.starttls(context=safely)
            server.ehlo_or_helo_if_needed()  # here, so that being refused is not held against a letter
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


class Kept:
    """No mail server: letters stay here and can be read at /letters."""


Transport = Smtp | Kept


def transport_for(settings: Settings) -> Transport:
    """The mail server of the settings, or keeping where none is set."""
    if not settings.smtp_host:
        return Kept()
    return Smtp(
        settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user, settings.smtp_password,
        host_of(settings),
    )  # fmt: skip


def kind_of(error: Exception) -> str:
    """What went wrong, without the server's own words: those may hold addresses or passwords."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the mail server did not take SMTP_USER and SMTP_PASSWORD: {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server offers no STARTTLS or no sign-in; see SMTP_SECURITY"
    return type(error).__name__
