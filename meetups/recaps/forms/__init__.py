"""What people type: one module a matter."""

from meetups.recaps.forms.importing import MOST_FOUND, FileForm, TakeForm
from meetups.recaps.forms.joining import CommentForm, LateIdeaForm, MineForm, WriteupForm
from meetups.recaps.forms.photos import PhotoForm
from meetups.recaps.forms.writing import ConsentForm, EntryForm, HeadForm, IdeaForm, NewForm, NotesForm, SortForm

__all__ = [
    "MOST_FOUND", "CommentForm", "ConsentForm", "EntryForm", "FileForm", "HeadForm", "IdeaForm", "LateIdeaForm",
    "MineForm", "NewForm", "NotesForm", "PhotoForm", "SortForm", "TakeForm", "WriteupForm",
]
