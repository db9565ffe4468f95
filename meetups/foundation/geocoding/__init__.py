"""The one door to geopy: from typed words to a point, offline first, and never an exception for the page.

The built-in gazetteer answers what it understands completely. What is left (streets, venues) goes to a map service, if
the operator configured one: once, with a time limit, in turn with the whole installation, never while the database is
locked. Whatever goes wrong there, the town at the end of the address is still the answer.

answers   what comes of looking, and what is remembered   adapter   one careful HTTP request
services  Nominatim, Photon, Pelias                       memory    cache, turns and rest, in the database
door      the chain                                       rows      the two tables
"""

from meetups.foundation.geocoding.answers import Answer, Found, Memory, NoMemory
from meetups.foundation.geocoding.door import GazetteerGeocoder, GeocodingDoor, door, geodesic_km
from meetups.foundation.geocoding.services import SERVICES, MapService

__all__ = [
    "SERVICES", "Answer", "Found", "GazetteerGeocoder", "GeocodingDoor", "MapService", "Memory", "NoMemory", "door",
    "geodesic_km",
]  # fmt: skip
