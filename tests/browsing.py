"""A client that behaves like a careful browser: it sends only what a form offers, and looks at every page it gets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from meetups.foundation.database import db

Data = Mapping[str, Any]
SVG = "{http://www.w3.org/2000/svg}"
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
           "embed": "src", "object": "data", "link": "href", f"{SVG}image": "href", f"{SVG}use": "href"}
LINKS_THAT_LOAD_NOTHING = {"canonical", "alternate", "prev", "next", "author", "license", "me", "search"}


@lru_cache(maxsize=8)  # a page is looked at, then its forms are: parsing it takes longer than making it
def parsed(html: str) -> Element:
    """The document as a tree, to read and not to change; raises where the HTML has errors. Tags have no namespace."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    lines = html.splitlines()
    errors = [f"line {at[0]}: {code} {more or ''}: {lines[min(at[0], len(lines)) - 1].strip()[:120]}"
              for at, code, more in parser.errors]
    assert not errors, "not valid HTML:\n" + "\n".join(errors[:10])
    return tree


def words(element: Element) -> str:
    """All text under an element, white space folded, without scripts."""
    parts: list[str] = []

    def walk(each: Element) -> None:
        if isinstance(each.tag, str) and each.tag not in ("script", "style", "template"):
            parts.append(each.text or "")
            for child in each:
                walk(child)
                parts.append(child.tail or "")

    walk(element)
    return " ".join("".join(parts).split())


def check_page(html: str) -> Element:
    """What holds for every page of the house; raises with the reason, returns the tree."""
    tree = parsed(html)
    title = tree.find(".//head/title")
    assert title is not None, "the page has no title"
    assert (title.text or "").strip(), "the title is empty"
    assert tree.get("lang"), "the page does not say its language"
    identities = [each.get("id") for each in tree.iter() if each.get("id") is not None]
    twice = {each for each in identities if identities.count(each) > 1}
    assert not twice, f"ids used twice: {sorted(map(str, twice))}"
    for element in tree.iter():
        if isinstance(element.tag, str):
            _check_element(element)
    return tree


def _check_element(element: Element) -> None:
    assert element.get("style") is None, f"style attribute on {element.tag}: {element.get('style')!r}"
    inline = [name for name in element.attrib if name.startswith("on")]
    assert not inline, f"inline script on {element.tag}: {inline}"
    assert element.tag not in ("style", f"{SVG}style"), "a style element in the page"
    if element.tag == "script" and element.get("src") is None:
        assert element.get("type") == "application/ld+json", "an inline script"
    attribute = LOADING.get(str(element.tag))
    if attribute is None:
        return
    if element.tag == "link" and set((element.get("rel") or "").split()) <= LINKS_THAT_LOAD_NOTHING:
        return
    target = element.get(attribute) or element.get("{http://www.w3.org/1999/xlink}href") or ""
    parts = urlsplit(target)
    assert parts.scheme == "data" or not (parts.scheme or parts.netloc), f"{element.tag} loads from elsewhere: {target}"


class PageForm:
    """A form as it stands in a page: where it goes, and what a browser would send without a touch."""

    def __init__(self, element: Element, page: Element, path: str) -> None:
        self.id = element.get("id") or ""
        self.action = element.get("action") or path
        self.method = (element.get("method") or "get").lower()
        inside = [each for each in element.iter() if isinstance(each.tag, str)]
        outside = [each for each in page.iter() if self.id and each.get("form") == self.id]
        self.controls = [each for each in (*inside, *outside) if each.tag in ("input", "select", "textarea", "button")
                         and each.get("name") and each.get("disabled") is None]

    @property
    def names(self) -> set[str]:
        return {str(each.get("name")) for each in self.controls}

    def defaults(self) -> MultiDict[str, str]:
        """What is sent when only the button is pressed (buttons themselves left out)."""
        values: MultiDict[str, str] = MultiDict()
        for each in self.controls:
            for value in _standing(each):
                values.add(str(each.get("name")), value)
        return values

    def filled(self, data: Data) -> MultiDict[str, str]:
        """The defaults with `data` typed over them: a string, a list of strings, True for a tick, None for nothing."""
        strangers = set(data) - self.names
        assert not strangers, f"the form has no field {sorted(strangers)}; it has {sorted(self.names)}"
        values = self.defaults()
        for name, given in data.items():
            values.setlist(name, [] if given in (None, False) else [str(v) for v in self._many(name, given)])
            self._offered(name, values.getlist(name))
        return values

    def _many(self, name: str, given: Any) -> list[Any]:
        if given is True:
            box = next(each for each in self.controls if each.get("name") == name)
            return [box.get("value", "on")]
        return list(given) if isinstance(given, (list, tuple)) else [given]

    def _offered(self, name: str, values: list[str]) -> None:
        """A browser cannot send a choice that the page does not offer; `client.forge` can."""
        offers: set[str] | None = None
        for each in self.controls:
            if each.get("name") != name:
                continue
            if each.tag == "select":
                offers = (offers or set()) | {_value(option) for option in each.iter("option")}
            elif each.tag == "button" or each.get("type") in ("radio", "checkbox", "submit"):
                offers = (offers or set()) | {str(each.get("value", "on"))}
            else:
                return
        wrong = set(values) - (offers if offers is not None else set(values))
        assert not wrong, f"{name} does not offer {sorted(wrong)}; it offers {sorted(offers or ())}"


def _value(option: Element) -> str:
    value = option.get("value")
    return value if value is not None else words(option)


def _standing(control: Element) -> list[str]:
    kind = control.get("type", "text") if control.tag == "input" else control.tag
    if kind in ("button", "submit", "image", "reset", "file"):
        return []
    if kind in ("checkbox", "radio"):
        return [str(control.get("value", "on"))] if control.get("checked") is not None else []
    if kind == "textarea":
        text = control.text or ""
        return [text.replace("\r\n", "\n").replace("\n", "\r\n")]
    if kind == "select":
        options = [option for option in control.iter("option") if option.get("disabled") is None]
        chosen = [_value(option) for option in options if option.get("selected") is not None]
        if chosen or control.get("multiple") is not None:
            return chosen
        return [_value(options[0])] if options else []
    return [control.get("value") or ""]


class Browser(FlaskClient):
    """The test client. Each request has an application context of its own, as on a server.

    get(...) as usual; submit(path, data) fills in and sends the form found there; forge(path, data) sends what no
    browser would (with a valid CSRF token); tree(response) and text(response) read the page.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        held = db.session()
        left = [*held.new, *held.dirty, *held.deleted]
        assert not left, f"the test left changes uncommitted: {left}"
        held.rollback()  # what the test holds is read again afterwards, and no snapshot stays open
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and "Content-Encoding" not in response.headers and response.data:
            check_page(response.text)
        return response

    def tree(self, response: TestResponse) -> Element:
        return parsed(response.text)

    def text(self, response: TestResponse) -> str:
        """What a reader sees in <main>, white space folded."""
        tree = self.tree(response)
        main = tree.find(".//main")
        return words(tree if main is None else main)

    def forms(self, path: str, **more: Any) -> list[PageForm]:
        """The forms of a page, in order; redirects are followed."""
        response = self.get(path, follow_redirects=True, **more)
        assert response.status_code == 200, f"GET {path} gave {response.status}"
        return self.forms_of(response)

    def forms_of(self, response: TestResponse) -> list[PageForm]:
        """The forms of a page that was answered already, in order."""
        tree = self.tree(response)
        return [PageForm(each, tree, response.request.full_path.rstrip("?")) for each in tree.iter("form")]

    def submit(self, path: str, data: Data | None = None, form: str | None = None, **more: Any) -> TestResponse:
        """Open the page at `path`, fill in its form and send it; the answer, not followed unless asked.

        `form` is the form's id or a part of its action; without it, the one form that has all the fields given
        (POST before GET). A button is pressed by naming it in `data`.
        """
        data = data or {}
        chosen = self._choose(self.forms(path), data, form)
        values = chosen.filled(data)
        if chosen.method == "get":
            return self.get(urlsplit(chosen.action).path, query_string=values, **more)
        assert "csrf_token" in chosen.names, f"the form to {chosen.action} has no CSRF token"
        return self.post(chosen.action, data=values, **more)

    def _choose(self, forms: list[PageForm], data: Data, wanted: str | None) -> PageForm:
        fitting = [each for each in forms if wanted is None or wanted == each.id or wanted in each.action]
        if wanted is None:
            fitting = [each for each in fitting if set(data) <= each.names]
            fitting = [each for each in fitting if each.method == "post"] or fitting
        offers = [(each.method, each.action, each.id, sorted(each.names)) for each in forms]
        assert len(fitting) == 1, f"{len(fitting)} forms fit {wanted or sorted(data)}; the page has {offers}"
        return fitting[0]

    def token(self) -> str:
        """A valid CSRF token, as any page with a form would give to this browser."""
        app = self.application
        with self.session_transaction() as kept, app.app_context(), app.test_request_context():
            session.update(kept)
            token = generate_csrf()
            kept.update(session)
        return token

    def forge(self, path: str, data: Data | None = None, **more: Any) -> TestResponse:
        """POST whatever is given, as somebody with a keyboard and bad manners would."""
        return self.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)
