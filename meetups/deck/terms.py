"""The lists of words a stick is described with. Values are stored and stand in addresses; labels are read."""

from __future__ import annotations

from meetups.foundation.labels import Labeled


class Kind(Labeled):
    """What a prompt asks people to do."""

    ACT_OUT = ("act_out", "Act it out")
    LEAD_US = ("lead_us", "Lead us")
    SHARE = ("share", "Share")
    DEBATE = ("debate", "Debate")


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


class Skill(Labeled):
    """What it trains: the five practices, and what research on early literacy adds."""

    TALKING = ("talking", "Talking")
    SINGING = ("singing", "Singing")
    READING = ("reading", "Reading")
    WRITING = ("writing", "Writing")
    PLAYING = ("playing", "Playing")
    PHONOLOGICAL_AWARENESS = ("phonological_awareness", "Phonological awareness")
    PRINT_AWARENESS = ("print_awareness", "Print awareness")
    LETTER_KNOWLEDGE = ("letter_knowledge", "Letter knowledge")
    VOCABULARY = ("vocabulary", "Vocabulary")
    NARRATIVE_SKILLS = ("narrative_skills", "Narrative skills")
    PRINT_MOTIVATION = ("print_motivation", "Print motivation")
    MOTOR = ("motor", "Movement")
    SOCIAL_EMOTIONAL = ("social_emotional", "Social and emotional")


class Sharing(Labeled):
    """Who may see a deck."""

    PRIVATE = ("private", "Only me")
    LINK = ("link", "Whoever has the link")
    PUBLIC = ("public", "Everybody")
