"""The nouns of the room: a recap, its entries, the ideas under them."""

from meetups.recaps.models.addition import Addition
from meetups.recaps.models.asking import ConsentAsk
from meetups.recaps.models.entry import RecapEntry
from meetups.recaps.models.nudging import NothingToReport, Nudge
from meetups.recaps.models.photos import Photo, PhotoPeople
from meetups.recaps.models.recap import Qualifier, Recap, RecapStatus
from meetups.recaps.models.response import THE_GROUP, Attribution, Consent, CreditMode, Resource, Response
from meetups.recaps.models.revision import Revision

__all__ = [
    "THE_GROUP", "Addition", "Attribution", "Consent", "ConsentAsk", "CreditMode", "NothingToReport", "Nudge",
    "Photo", "PhotoPeople", "Qualifier", "Recap", "RecapEntry", "RecapStatus", "Resource", "Response",
    "Revision",
]
