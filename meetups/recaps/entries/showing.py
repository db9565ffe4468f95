"""How a recap looks as plain text, on its page and in a list, and how much of it a reader may see."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from markupsafe import Markup

from meetups.foundation import clock
from meetups.foundation.markup import one_line, to_html
from meetups.recaps.models import Recap, RecapEntry, Resource, Response
from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResource, WrittenResponse, write
from meetups.recaps.notation.resources import mentioned, read_resource_line, resource_line
from meetups.recaps.terms import Form, Outcome, ResourceType

_WORD = re.compile(r"[^\W_]+")
_PLACE_IN_BRACKETS = re.compile(r"(.+?) \((.+)\)$")
_WEB = ("http://", "https://")


def day(recap: Recap) -> str:
    """ "Fri, Apr 9, 2027"; nothing when the day is not known."""
    if recap.held_on is None:
        return ""
    return clock.show_date(datetime.combine(recap.held_on, time(12), UTC), "UTC")


def facts_line(recap: Recap) -> str:
    """Where, when and how many, in one line: what a mailing list wants to know first."""
    count = recap.headcount
    return ". ".join(part for part in (recap.place_label, day(recap), count[:1].upper() + count[1:]) if part)


def written(recap: Recap) -> WrittenRecap:
    """The recap as its writers see it, all names and skipped sticks included."""
    entries = [written_entry(entry) for entry in recap.entries]
    return WrittenRecap(recap.title, recap.head, entries, recap.tail)


def written_entry(entry: RecapEntry, *, agreed_only: bool = False) -> WrittenEntry:
    """One entry; with `agreed_only` only names whose bearers said yes."""
    return WrittenEntry(
        entry.prompt, origin=entry.origin, kind=entry.kind,
        topic=entry.topic or (entry.category.label if entry.category else None),
        age_groups=entry.age_groups, outcome=entry.outcome,
        responses=[_response(response, agreed_only) for response in entry.responses],
        literacy_tip=entry.literacy_tip or None, leftovers=[entry.leftovers] if entry.leftovers else [],
    )


def _response(response: Response, agreed_only: bool) -> WrittenResponse:
    credit = response.credit
    name = credit.shown if agreed_only else ", ".join(part for part in (credit.name, credit.library) if part)
    return WrittenResponse(
        response.text, form=response.form, stance=response.stance, said_by=name or None,
        literacy_tip=response.literacy_tip or None, links=list(response.links),
        resources=[written_thing(resource) for resource in response.resources],
    )


def written_thing(resource: Resource) -> WrittenResource:
    return WrittenResource(resource.type, resource.title, resource.creator or None, resource.url or None)


def public_text(recap: Recap) -> str:
    """Plain text for mailing lists, 76 columns, only what readers of the page see."""
    head = "\n\n".join(part for part in (facts_line(recap), recap.head) if part)
    entries = [written_entry(entry, agreed_only=True) for entry in recap.shown_entries]
    return write(WrittenRecap(recap.title, head, entries, recap.tail))


def name_and_library(said_by: str) -> tuple[str, str]:
    """("Mei", "Alder Creek") from "Mei, Alder Creek" or "Mei (Alder Creek)"."""
    brackets = _PLACE_IN_BRACKETS.match(said_by)
    if brackets:
        return brackets.group(1).strip(), brackets.group(2).strip()
    name, _, library = said_by.partition(",")
    return name.strip() or said_by.strip(), library.strip()


# songs, books and things, one a line, as people fill them in


def thing_lines(response: Response) -> str:
    """The things and links of an idea, one a line: "Song: Title | by Somebody | https://..."."""
    lines = [f"{resource.type.label}: {resource_line(written_thing(resource))}" for resource in response.resources]
    return "\n".join([*lines, *(link for link in response.links if link not in response.text)])


def read_thing_line(line: str) -> WrittenResource | str | None:
    """A thing, an address, or None for a line that is neither."""
    label, colon, rest = line.partition(":")
    kind = next((each for each in ResourceType if each.label.casefold() == label.strip().casefold()), None)
    if colon and kind and rest.strip():
        guess = mentioned(kind, rest)
        told = f"{guess.title} {guess.creator or ''} {guess.url or ''}"
        whole = {*_WORD.findall(rest)} <= {*_WORD.findall(told), "by", "from"}
        return guess if whole and "|" not in rest else read_resource_line(kind, rest.strip())
    return line if is_web(line) and " " not in line else None


def is_web(address: str) -> bool:
    """Whether an address may be pressed."""
    return address.lower().startswith(_WEB) and not any(c.isspace() for c in address)


def site_of(address: str) -> str:
    """The host of an address, to be read before it is pressed."""
    try:
        return one_line(urlsplit(address).netloc.rpartition("@")[2] or address, 60)
    except ValueError:
        return one_line(address, 60)


# what the page needs to know


def labels(entry: RecapEntry) -> str:
    """ "From the cup · Act it out · Preschool · Transitions and attention-getters"."""
    about = entry.category.label if entry.category else one_line(entry.topic, 80)
    ages = ", ".join(age.label for age in entry.age_groups)
    kind = entry.kind.label if entry.kind else ""
    return " · ".join(part for part in (entry.origin.label, kind, ages.capitalize(), about) if part)


def things_beside(response: Response) -> list[Resource]:
    """Songs, books and things that the text of the idea does not already name in full."""
    return [r for r in response.resources if r.title not in response.text or r.creator not in response.text]


def links_beside(response: Response) -> list[str]:
    """Addresses to press, without those that a thing shown beside the idea carries."""
    shown = {resource.url for resource in things_beside(response)}
    return [link for link in response.links if link not in shown and is_web(link)]


def form_label(response: Response) -> str:
    """What kind of thing it is, when it is worth saying; a tip or an opinion with a side shows it already."""
    plain = response.form is Form.TIP or (response.stance and response.form is Form.OPINION)
    return "" if plain else response.form.label


def told(response: Response) -> Markup:
    """The idea as HTML, beginning with the side it takes or what it is: "For. Families remember bear week." """
    stance = f"{response.stance.label}." if response.stance else ""
    return led(" ".join(part for part in (stance, form_label(response)) if part), response.text)


def led(label: str, markdown: str) -> Markup:
    """Member text as HTML with a bold label in front, inside its first paragraph where it begins with one."""
    html = to_html(markdown)
    if not label:
        return html
    bold = Markup("<b>{}</b> ").format(label)
    first = Markup("<p>")
    return first + bold + html[3:] if html.startswith(first) else first + bold + Markup("</p>") + html


def tallied(recap: Recap) -> str:
    """ "11 of 12 answered: nine from the cup ..." in short: "11 of 12 answered"."""
    shown = recap.shown_entries
    answered = sum(1 for entry in shown if entry.outcome in (Outcome.ANSWERED, Outcome.PARTLY))
    return f"{answered} of {len(shown)} answered"
