"""What all pages share: error pages, CSRF, security headers, compression, template filters, paging."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, flash, g, jsonify, make_response, render_template, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from meetups.foundation import clock, markup
from meetups.foundation.database import db
from meetups.foundation.kept_pages import token_for_page
from meetups.foundation.refusals import Refusal

DATA_ENDINGS = (".ics", ".json", ".jsonl", ".csv", ".atom", ".txt", ".xml", ".geojson")
DATA_BEGINNINGS = ("/passkeys/",)
LARGEST_POST = 2 * 1024 * 1024
MOST_FIELDS = 500
MOST_DROPPED = 256 * 1024 * 1024
PIECE = 64 * 1024
LARGEST_NUMBER = 2**31 - 1  # of a row, on every database
csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., object])


class RowNumber(IntegerConverter):
    """`<int:...>` in an address: no number that a database could not hold."""

    def __init__(self, url_map: Map, **more: Any) -> None:
        super().__init__(url_map, max=LARGEST_NUMBER, **more)


def content_security(pictures: str = "", framed_by: str = "'none'") -> str:
    """The policy of a page: everything from here, nothing inline. `pictures` is an address they may come from, too;
    `framed_by` says whose pages may show this one in a frame."""
    parts = urlsplit(pictures)
    host = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return (
        f"default-src 'self'; img-src 'self' data:{host}; base-uri 'none'; object-src 'none'; form-action 'self';"
        f" frame-ancestors {framed_by}"
    )


CONTENT_SECURITY = content_security()


def takes_up_to(most: int, sentence: str) -> Callable[[View], View]:
    """Marks a view that takes more than other pages do, in bytes, from people signed in; else says the sentence."""

    def mark(view: View) -> View:
        view.largest_post, view.too_large = most, sentence  # type: ignore[attr-defined]
        return view

    return mark


def _allow_more() -> None:
    """Before anything of the request is read."""
    most = getattr(_view(), "largest_post", None)
    if most and current_user.is_authenticated:
        request.max_content_length = most


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")


@dataclass(frozen=True)
class Paging:
    """One page of a longer list. `total` may be a cap: then `more` says that there are others beyond it."""

    number: int
    size: int
    total: int
    more: bool = False

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    def url(self, number: int) -> str:
        """The same address, every filter kept, with another page number."""
        given: MultiDict[str, str] = MultiDict(request.args)
        given["page"] = str(number)
        return f"{request.path}?{urlencode(list(given.items(multi=True)))}"


def page_asked(largest: int = 500) -> int:
    """The page number in the address; nonsense counts as page one."""
    typed = request.args.get("page", "")
    return min(max(int(typed), 1), largest) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1


def wants_data() -> bool:
    """Whether the caller is a program: an API-like path, or a client that sends or asks for JSON and not for HTML."""
    accepts = request.accept_mimetypes
    by_path = request.path.endswith(DATA_ENDINGS) or request.path.startswith(DATA_BEGINNINGS)
    asks = "application/json" in accepts and accepts["application/json"] > accepts["text/html"]
    return by_path or request.is_json or asks


def say(sentence: str) -> None:
    """A sentence shown once, at the top of the next page."""
    flash(sentence)


def own_path(path: str | None, otherwise: str) -> str:
    """A path on this site to go on to; anything that could lead elsewhere becomes `otherwise`."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or len(path) > 2000:
        return otherwise
    parts = urlsplit(path)
    return otherwise if parts.scheme or parts.netloc or any(ord(c) < 33 for c in path) or "\\" in path else path


def trouble(status: int, title: str, sentence: str, way_on: tuple[str, str] | None = None) -> Response:
    """An error page, or for programs the same as JSON (RFC 9457)."""
    if wants_data():
        answer = jsonify(type="about:blank", title=title, status=status, detail=sentence)
        answer.mimetype = "application/problem+json"
        answer.status_code = status
        return answer
    onward = way_on or ("/", "Go to the front page")
    page = render_template("errors/page.html", status=status, title=title, sentence=sentence, way_on=onward)
    return make_response(page, status)


SENTENCES = {
    400: ("That did not arrive whole", "Something in the request could not be read. Go back and try again."),
    403: ("This page is not open to you", "Nothing was changed. Go back, or sign in with another address."),
    404: ("Nothing here", "The page does not exist, or it is not for everyone. Check the address, or look around."),
    405: ("That cannot be done here", "This address does not take that kind of request. Nothing was changed."),
    413: ("That was too much at once", "The limit is 2 MB. Nothing was saved; shorten it and send it again."),
    429: ("That was a lot at once", "Wait a few minutes, then try again. Nothing was lost."),
    500: ("Our mistake", "Something broke on our side. Nothing was saved. Try again in a minute."),
    503: ("Busy for a moment", "Too many people pressed at once. Nothing was saved; press again."),
}


def init_pages(app: Flask) -> None:
    settings = app.config["MEETUPS"]
    if settings.behind_proxy:
        hops = settings.behind_proxy
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.config.update(
        SESSION_COOKIE_NAME="gs_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 180,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open in a pocket all day
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=LARGEST_POST,
        MAX_FORM_PARTS=2000,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.converters["int"] = RowNumber
    app.session_interface = Sessions()
    app.before_request(_allow_more)
    csrf.init_app(app)
    app.before_request(_refuse_odd_paths)
    _install_filters(app)
    _install_error_pages(app)
    app.after_request(_finish)


def _install_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        markdown=markup.to_html,
        when=clock.show_when,
        span=clock.show_span,
        date=clock.show_date,
        time=clock.show_time,
        iso=clock.iso_local,
    )
    app.jinja_env.globals.update(
        current_person=current_user, csrf_token=token_for_page, site_url=app.config["MEETUPS"].site_url,
        site_name=app.config["MEETUPS"].site_name, now=clock.now, has_cup=True,
    )


def _install_error_pages(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Response:
        if refusal.status == 404:
            return plain_trouble(404)
        return trouble(refusal.status, "That did not happen", refusal.sentence, refusal.way_on)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> Response:
        return stale_form()

    @app.errorhandler(RecursionError)
    def too_deep(_error: RecursionError) -> Response:
        return plain_trouble(400)  # JSON nested deeper than Python reads

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.response is not None:
            return error.get_response()  # type: ignore[return-value]
        answer = too_large() if error.code == 413 else plain_trouble(error.code or 500)
        if error.code == 405 and getattr(error, "valid_methods", None):
            answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
        return answer

    if not app.config["MEETUPS"].testing:

        @app.errorhandler(Exception)
        def our_mistake(error: Exception) -> Response:
            db.session.rollback()
            current_app.logger.exception("unexpected error", exc_info=error)
            return plain_trouble(500)


def plain_trouble(status: int) -> Response:
    """The error page for a status code, with its standing sentence."""
    title, sentence = SENTENCES.get(status, SENTENCES[400])
    return trouble(status, title, sentence)


def too_large() -> Response:
    """Refused by its size; what is still coming is read and dropped, so that the browser gets to hear the answer."""
    for _ in range(MOST_DROPPED // PIECE):
        if not request.environ["wsgi.input"].read(PIECE):
            break
    title, sentence = SENTENCES[413]
    if current_user.is_authenticated:
        sentence = getattr(_view(), "too_large", sentence)
    return trouble(413, title, sentence)


def stale_form() -> Response:
    """The CSRF check failed, usually because the form is old: show what was typed and offer to send it again.

    Offered only when the browser itself says that the form came from this site (Fetch metadata or Origin), so
    that another site cannot stage the page; otherwise the plain error.
    """
    if wants_data() or not _same_origin():
        sentence = "Nothing was changed. Open the page again and send it from there."
        return trouble(400, "This form has grown old", sentence)
    return _send_again(400)


def sent_signed_out() -> Response:
    """Somebody was signed out while they typed: everything stands here, to be sent once they are back in."""
    return _send_again(401)


def typed_here() -> list[tuple[str, str]]:
    """What was posted, without the CSRF token."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def _send_again(status: int) -> Response:
    typed = typed_here()
    if len(typed) > MOST_FIELDS:
        return plain_trouble(413)
    path = request.full_path.rstrip("?")
    page = render_template("errors/stale.html", typed=typed, path=path, signed_out=status == 401)
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "private, no-store"  # what was typed is written to no disk on a shared desk
    return answer


def _same_origin() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "") == request.host_url.rstrip("/")


def _refuse_odd_paths() -> None:
    """Control characters in an address name nothing here, and PostgreSQL refuses to look for them."""
    if any(ord(character) < 32 for character in request.path):
        raise NotFound


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, but for answers that are to have none.

    Left alone, signing in looks at every session, and a lasting one is sent again with every answer.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if "without_cookies" not in g:
            super().save_session(app, session, response)


def without_cookies() -> None:
    """The answer under way shall neither set a cookie nor depend on one, whoever asks: caches may share it."""
    g.without_cookies = True


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
    if current_app.config["MEETUPS"].secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers.setdefault("Cache-Control", "private, no-cache")
    return _squeezed(response)


def _squeezed(response: Response) -> Response:
    if response.direct_passthrough or "Content-Encoding" in response.headers or response.status_code in (204, 304):
        return response
    kind = response.mimetype or ""
    if not (kind.startswith("text/") or kind.endswith(("json", "xml", "svg+xml"))):
        return response
    response.headers.add("Vary", "Accept-Encoding")
    body = response.get_data()
    if len(body) > 1000 and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(body, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def not_here() -> NotFound:
    """What a finder raises for a thing that is missing or hidden."""
    return NotFound()


