"""What the gazetteer answers with."""

from dataclasses import dataclass
from typing import Literal

from meetups.foundation.geography import Point

Precision = Literal["town", "postal", "region"]


@dataclass(frozen=True, slots=True)
class Town:
    """A town, the middle of a postal code, or the middle of a state: `precision` says which.

    `region` is empty outside US, CA, AU and GB; `postal_code` only where one was typed (its area, as far as known).
    """

    name: str
    region: str
    region_code: str
    country: str
    country_name: str
    lat: float
    lon: float
    time_zone: str
    population: int
    precision: Precision
    postal_code: str = ""

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)

    @property
    def label(self) -> str:
        """As people there write it: "Tacoma, WA", "Kentville, Nova Scotia", "Bath, United Kingdom"."""
        return f"{self.name}, {self.region_code}" if self._is_american_town else self.long_label

    @property
    def long_label(self) -> str:
        """For telling two apart: "Portland, Maine"."""
        if self.precision == "region":
            return self.name
        inside = self.region if self.region and self.country != "GB" else self.country_name
        return f"{self.name}, {inside}"

    @property
    def _is_american_town(self) -> bool:
        return self.country == "US" and self.precision != "region" and bool(self.region_code)
