"""Letters about recaps: one function a letter, named by its news."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from meetups.attendance.letters.lines import topic
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Block, Deed, Heading, Letter, Links, Note, Para
from meetups.foundation.markup import one_line, without_links
from meetups.foundation.tokens import keyed, opens
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Addition, Photo, Recap, Response

KEY = "may-we-name-you:"
NAMING = declare(Kind("naming", "May we name you?", "When a recap would like to put your name beside your idea."))
RECAPS = declare(Kind("recaps", "Time for the recap", "If you hosted: up to four letters, until it is written up."))
JOINED = declare(Kind("joined", "Added to your recaps", "When an idea, a comment or a name was added by others."))
PHOTOS = declare(Kind("photos", "A photo was taken down", "When somebody did not want a photo of yours seen."))
LONGEST_TITLE = 80
ToWriter: TypeAlias = Callable[[Recap, Person], Letter]
NUDGES = {
    "minutes": "It is over. The recap takes five minutes now, and an hour next week.",
    "hours": "Still warm? Ten lines of sloppy notes are a recap.",
    "days": "Three days later you still know what made them laugh. Two sentences are a recap, too.",
    "weeks": "This is the last letter about it. What the room worked out is worth ten lines.",
}


def consent_token(response: Response) -> str:
    """The secret in the letter; another address or another asking makes another one."""
    return keyed(_purpose(response), response.id, response.ask_version)


def is_consent_token(token: str, response: Response) -> bool:
    """Whether the token was given to the person who is asked about this idea, or who said that it was theirs."""
    tied = response.asked_address is not None or response.claimed_at is not None
    return tied and opens(token, _purpose(response), response.id, response.ask_version)


def _purpose(response: Response) -> str:
    return f"consent:{response.asked_address}" if response.asked_address else "claim"


def may_we_name_you(response: Response, recap: Recap) -> Letter:
    """To the bearer of a name: may it stand beside their idea?

    Anybody can type any address, so of what they typed it carries the name and the title only, and no link of theirs.
    The idea itself is on the page behind the button.
    """
    credit = response.credit
    name = ", ".join(part for part in (credit.name, credit.library) if part)
    title = one_line(without_links(recap.title), LONGEST_TITLE) or "A Guerrilla Storytime"
    return Letter(
        key=f"{KEY}{response.id}:{response.ask_version}:{credit.at.timestamp() if credit.at else 0}",
        to=response.asked_address or "",
        subject=f"May we name you? {title}",
        lines=(
            Heading("May we put your name beside your idea?"),
            Para(f"“{title}” is being written up, and somebody remembers that one of its ideas was yours."),
            Para(f"It would say: {name}. Until you say yes it says “the group”, and so it stays if you do nothing."),
            Deed("Read it, and say yes or no", absolute(f"/consent/{consent_token(response)}")),
            Note("Keep this letter: the same link takes your name out again, whenever you like, no questions."),
        ),
        why="You get this one letter because somebody who was there typed your address. If that was not you, do "
            "nothing.",
        kind=NAMING,
        essential=False,
    )


def host_token(meetup: Meetup) -> str:
    """The secret that lets the present host say "nothing to report" without signing in."""
    return keyed(f"nothing-to-report:{meetup.host_id}", meetup.id)


def is_host_token(token: str, meetup: Meetup) -> bool:
    return opens(token, f"nothing-to-report:{meetup.host_id}", meetup.id)


def nudge_key(meetup: Meetup) -> str:
    """What the keys of all letters that remind of a meetup's recap begin with."""
    return f"recap-due:{meetup.id}:"


def time_for_the_recap(meetup: Meetup, host: Person, step: str, draft: Recap | None) -> Letter:
    """To the host, some time after the end: write it up. `draft`: the notes that stand, to be looked over."""
    ideas = draft.idea_count if draft else 0
    found = f"The notes of the evening are sorted: {ideas} {'idea' if ideas == 1 else 'ideas'} so far." if ideas else ""
    path = f"/recaps/{draft.code}/edit" if draft else f"/recaps/new?meetup={meetup.code}"
    lines: list[Block] = [
        Heading(f"Time for the recap: {meetup.title}"),
        Para(NUDGES[step]),
        Deed("Look it over and publish" if ideas else "Write it up", absolute(path)),
        Links((("Nothing to report", absolute(f"/nothing-to-report/{host_token(meetup)}")),)),
        Note("The letters stop as soon as a recap is up, or when you press “Nothing to report”."),
    ]
    return Letter(
        key=f"{nudge_key(meetup)}{step}:{meetup.local_end.date().isoformat()}",
        to=host.address,
        subject=f"Time for the recap: {meetup.title}",
        lines=tuple([*lines[:2], Para(found), *lines[2:]] if found else lines),
        why="You get this because you hosted the meetup.",
        kind=RECAPS,
        essential=False,
        topic=topic(meetup),
    )


def addition_token(addition: Addition) -> str:
    """The secret that takes one's own words back."""
    return keyed("addition", addition.id, addition.link_version)


def is_addition_token(token: str, addition: Addition) -> bool:
    return opens(token, "addition", addition.id, addition.link_version)


def something_waits(recap: Recap, writer: Person) -> Letter:
    """To an author or a host, once a day: something was added by a newcomer. Their words are not in it."""
    return _to_writer(
        recap, writer, "waits", f"Something was added to “{recap.title}”",
        "Somebody added to your recap for the first time. It is shown when you have nodded.",
        Deed("Look at it", absolute(f"/recaps/{recap.code}/additions")),
    )


def somebody_claimed(recap: Recap, writer: Person) -> Letter:
    """To an author or a host, once a day: a name stands beside an idea. Which one is not in it: names can go again."""
    return _to_writer(
        recap, writer, "claimed", f"Somebody is named in “{recap.title}”",
        "Somebody who was there said that an idea was theirs, and their name stands beside it. If that is wrong, "
        "choose “The group” for that idea.",
        Deed("Look at it", absolute(f"/recaps/{recap.code}/edit")),
    )


def _to_writer(recap: Recap, writer: Person, news: str, subject: str, says: str, deed: Deed) -> Letter:
    return Letter(
        key=f"joined:{news}:{recap.id}:{writer.id}:{clock.now().date().isoformat()}",
        to=writer.address, subject=subject, lines=(Heading(subject), Para(says), deed),
        why="You get this because you wrote the recap or hosted the meetup.", kind=JOINED, essential=False,
    )  # fmt: skip


def photo_taken_down(photo: Photo, recap: Recap, reader: Person) -> Letter:
    """To whoever put the photo there and whoever wrote the recap. Says nothing of who asked."""
    when = photo.hidden_at.timestamp() if photo.hidden_at else 0
    title = one_line(recap.title, LONGEST_TITLE)
    return Letter(
        key=f"photo-down:{photo.id}:{when}:{reader.id}",
        to=reader.address,
        subject=f"A photo was taken down: {title}",
        lines=(
            Heading("A photo was taken down"),
            Para(f"Somebody asked that a photo in “{title}” not be shown. It is hidden already, for everybody."),
            Para("You need not do anything. You can delete it for good; only a moderator can show it again."),
            Deed("See your photos", absolute(f"/recaps/{recap.code}/photos")),
        ),
        why="You get this because the photo is in a recap of yours.",
        kind=PHOTOS,
        essential=True,
    )
