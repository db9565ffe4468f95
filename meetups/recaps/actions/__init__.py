"""Starting, taking in notes, editing, asking for names, publishing. Each action takes the recap's lock first."""

from meetups.recaps.actions.consent import (
    ask_consent,
    forget_person,
    give_consent,
    refuse_consent,
    withdraw_consent,
    withdraw_everywhere,
)
from meetups.recaps.actions.editing import (
    add_entry,
    move_entry,
    move_idea,
    remove_entry,
    save_entry,
    save_head,
    throw_away,
)
from meetups.recaps.actions.joining import (
    OPEN_FOR,
    AddedWords,
    Guest,
    add_idea,
    add_writeup,
    claim,
    comment,
    decline,
    freeze,
    nod,
    take_back,
)
from meetups.recaps.actions.notes import sort_again, start, take_in
from meetups.recaps.actions.nudging import (
    nothing_to_report,
    nudge,
    send_nudges,
    something_to_report,
    stop_nudging,
)
from meetups.recaps.actions.photos import (
    PhotoWish,
    TooManyPhotos,
    add_photo,
    delete_photo,
    describe_photo,
    forget_photographer,
    put_back,
    sweep_photos,
    take_down,
)
from meetups.recaps.actions.publishing import publish, withdraw
from meetups.recaps.actions.refusals import (
    CannotAsk,
    ConsentMissing,
    NothingInIt,
    NotNow,
    SongWords,
    StaleForm,
    TooManyAdded,
    TooMuchAtOnce,
)
from meetups.recaps.actions.undoing import restore
from meetups.recaps.actions.wishes import EntryWish, HeadWish, IdeaWish, entry_standing, fingerprint, head_standing

__all__ = [
    "OPEN_FOR", "AddedWords", "CannotAsk", "ConsentMissing", "EntryWish", "Guest", "HeadWish", "IdeaWish",
    "NotNow", "NothingInIt", "PhotoWish", "SongWords", "StaleForm", "TooManyAdded", "TooManyPhotos",
    "TooMuchAtOnce", "add_entry", "add_idea", "add_photo", "add_writeup", "ask_consent", "claim", "comment",
    "decline", "delete_photo", "describe_photo", "entry_standing", "fingerprint", "forget_person",
    "forget_photographer", "freeze", "give_consent", "head_standing", "move_entry", "move_idea", "nod",
    "nothing_to_report", "nudge", "publish", "put_back", "refuse_consent", "remove_entry", "restore",
    "save_entry", "save_head", "send_nudges", "something_to_report", "sort_again", "start", "stop_nudging",
    "sweep_photos", "take_back", "take_down", "take_in", "throw_away", "withdraw", "withdraw_consent",
    "withdraw_everywhere",
]
