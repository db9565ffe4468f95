"""The lists of words a recap is described with. Values are stored and stand in addresses; labels are read."""

from __future__ import annotations

from meetups.foundation.labels import Labeled


class Origin(Labeled):
    """Where a prompt came from."""

    CUP = ("cup", "From the cup")
    AUDIENCE = ("audience", "From the group")
    FACILITATOR = ("facilitator", "From the facilitator")


class Kind(Labeled):
    """What a prompt asks people to do."""

    ACT_OUT = ("act_out", "Act it out")
    LEAD_US = ("lead_us", "Lead us")
    SHARE = ("share", "Share")
    DEBATE = ("debate", "Debate")


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


class AgeGroup(Labeled):
    """Baby 0-18 months, toddler 18-36 months, preschool 3-5 years, school age 5-12."""

    BABY = ("baby", "Babies")
    TODDLER = ("toddler", "Toddlers")
    PRESCHOOL = ("preschool", "Preschool")
    SCHOOL_AGE = ("school_age", "School age")
    MIXED_AGES = ("mixed_ages", "Mixed ages")
    ADULTS = ("adults", "Grown-ups")


class Category(Labeled):
    """What a prompt is about; the same values as on the sticks of the deck."""

    BEHAVIOR_MANAGEMENT = ("behavior_management", "Behavior and group management")
    TRANSITIONS = ("transitions", "Transitions and attention-getters")
    EARLY_LITERACY = ("early_literacy", "Early literacy skills")
    CAREGIVERS = ("caregivers", "Grown-ups and caregiver tips")
    SONGS_AND_RHYMES = ("songs_and_rhymes", "Songs, rhymes, fingerplays")
    WIGGLES_AND_MOVEMENT = ("wiggles_and_movement", "Wiggles and movement")
    INCLUSION_AND_ACCESS = ("inclusion_and_access", "Inclusion, access, justice")
    BOOKS_AND_TELLING = ("books_and_telling", "Books and telling")
    PROPS_AND_FLANNELS = ("props_and_flannels", "Props, puppets, flannels")
    PLANNING_AND_LOGISTICS = ("planning_and_logistics", "Planning, space, promotion")
    MISHAPS = ("mishaps", "When things go sideways")
    ADVOCACY_AND_US = ("advocacy_and_us", "Advocacy and looking after ourselves")


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
    """What may be printed of the words of a song or rhyme. Copyrighted words are never stored: link only."""

    NONE = ("none", "No words")
    LINK_ONLY = ("link_only", "Link only")
    TRADITIONAL = ("traditional", "Traditional")
    OWN_WITH_PERMISSION = ("own_with_permission", "Own words, with permission")
