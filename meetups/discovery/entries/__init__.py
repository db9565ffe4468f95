"""How what was found looks: cards in lists, and the map beside them."""

from meetups.discovery.entries.cards import Card, card
from meetups.discovery.entries.maps import Circle, feature, meetup_map, near_map, place_map

__all__ = ["Card", "Circle", "card", "feature", "meetup_map", "near_map", "place_map"]
