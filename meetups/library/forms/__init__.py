"""What people type in the library: a search in the address, a note beside an idea."""

from meetups.library.forms.keeping import SaveForm, TriedForm
from meetups.library.forms.searching import FIXED, Chosen, chosen_in

__all__ = ["FIXED", "Chosen", "SaveForm", "TriedForm", "chosen_in"]
