"""The lists of words a recap is described with. Values are stored and stand in addresses; labels are read."""

from __future__ import annotations

from meetups.deck.terms import AgeGroup, Category, Kind
from meetups.foundation.labels import Labeled

__all__ = [
    "AdditionKind", "AdditionState", "AgeGroup", "Category", "Form", "Kind", "Origin", "Outcome", "Perspective",
    "ResourceType", "Stance", "Words",
]


class Origin(Labeled):
    """Where a prompt came from."""

    CUP = ("cup", "From the cup")
    AUDIENCE = ("audience", "From the group")
    FACILITATOR = ("facilitator", "From the facilitator")


class Outcome(Labeled):
    ANSWERED = ("answered", "Answered")
    PARTLY = ("partly", "Partly answered")
    UNANSWERED = ("unanswered", "Not answered")
    SKIPPED = ("skipped", "Skipped")


class Form(Labeled):
    """What kind of thing a response is; a script is exact words to say."""

    TIP = ("tip", "Tip")
    SCRIPT = ("script", "Exact words")
    DEMO = ("demo", "Demonstration")
    SONG = ("song", "Song")
    RHYME = ("rhyme", "Rhyme")
    PROP = ("prop", "Prop")
    BOOK = ("book", "Book")
    STORY = ("story", "Story")
    OPINION = ("opinion", "Opinion")


class Stance(Labeled):
    """The side a response takes in a debate."""

    FOR = ("for", "For")
    AGAINST = ("against", "Against")
    MIXED = ("mixed", "Both")


class ResourceType(Labeled):
    """Songs, books and things mentioned in a response."""

    SONG = ("song", "Song")
    RHYME = ("rhyme", "Rhyme")
    FINGERPLAY = ("fingerplay", "Fingerplay")
    BOOK = ("book", "Book")
    PROP = ("prop", "Prop")
    FLANNEL = ("flannel", "Flannel")
    VIDEO = ("video", "Video")
    RECORDING = ("recording", "Recording")
    ARTICLE = ("article", "Article")
    HANDOUT = ("handout", "Handout")


class Words(Labeled):
    """Why the words of a song may stand written out; without a reason it is title, performer and link."""

    NONE = ("none", "Not written out")
    TRADITIONAL = ("traditional", "Traditional")
    OWN_WITH_PERMISSION = ("own_with_permission", "Mine, or with permission")


class AdditionKind(Labeled):
    """What somebody adds to a recap that is up."""

    IDEA = ("idea", "Idea")
    COMMENT = ("comment", "Comment")
    WRITEUP = ("writeup", "Write-up elsewhere")


class AdditionState(Labeled):
    """WAITING for the nod of an author or a host; SHOWN; DECLINED or taken out by them; TAKEN_BACK by its writer."""

    WAITING = ("waiting", "Waits for a nod")
    SHOWN = ("shown", "Shown")
    DECLINED = ("declined", "Not shown")
    TAKEN_BACK = ("taken_back", "Taken back")


class Perspective(Labeled):
    """How whoever wrote about a meetup was there."""

    FACILITATOR = ("facilitator", "Led it")
    PARTICIPANT = ("participant", "Took part")
    ONLOOKER = ("onlooker", "Walked by")
    PRESS = ("press", "Press")
