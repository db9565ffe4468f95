"""Names of states, provinces and nations that the data does not carry, written down by hand.

GeoNames numbers the provinces of Canada and the states of Australia; `GEONAMES_REGION` turns its numbers into the codes
people use. The tables are facts (ISO 3166-2, postal abbreviations).
"""

US = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip

CANADA = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NT": "Northwest Territories", "NS": "Nova Scotia", "NU": "Nunavut",
    "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon",
}  # fmt: skip

AUSTRALIA = {
    "ACT": "Australian Capital Territory", "NSW": "New South Wales", "NT": "Northern Territory", "QLD": "Queensland",
    "SA": "South Australia", "TAS": "Tasmania", "VIC": "Victoria", "WA": "Western Australia",
}  # fmt: skip

UNITED_KINGDOM = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}

REGIONS = {"US": US, "CA": CANADA, "AU": AUSTRALIA, "GB": UNITED_KINGDOM}

GEONAMES_REGION = {
    "CA": {
        "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
        "11": "SK", "12": "YT", "13": "NT", "14": "NU",
    },
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}  # fmt: skip

# What people also write for a region. Keys are folded (see words.fold).
REGION_NICKNAMES = {
    "newfoundland": ("CA", "NL"), "labrador": ("CA", "NL"), "pei": ("CA", "PE"), "b c": ("CA", "BC"),
    "d c": ("US", "DC"), "wash": ("US", "WA"), "calif": ("US", "CA"), "mass": ("US", "MA"), "penn": ("US", "PA"),
    "n y": ("US", "NY"), "n j": ("US", "NJ"), "n c": ("US", "NC"), "s c": ("US", "SC"), "n h": ("US", "NH"),
    "n m": ("US", "NM"), "n s": ("CA", "NS"), "n b": ("CA", "NB"), "r i": ("US", "RI"), "n d": ("US", "ND"),
    "s d": ("US", "SD"), "w v": ("US", "WV"), "yukon territory": ("CA", "YT"), "ulster": ("GB", "NIR"),
}  # fmt: skip

# Beside the ISO codes and English names of all countries, which the data file carries.
COUNTRY_NICKNAMES = {
    "usa": "US", "u s a": "US", "u s": "US", "united states of america": "US", "america": "US", "uk": "GB",
    "u k": "GB", "great britain": "GB", "britain": "GB", "republic of ireland": "IE", "eire": "IE",
    "holland": "NL", "the netherlands": "NL", "aotearoa": "NZ", "deutschland": "DE", "espana": "ES",
    "osterreich": "AT", "schweiz": "CH", "czech republic": "CZ", "korea": "KR",
}  # fmt: skip

# A county after a comma says the country, nothing more: "Ashford, Kent".
COUNTIES = {
    "GB": (
        "bedfordshire berkshire buckinghamshire cambridgeshire cheshire cornwall cumbria derbyshire devon dorset"
        " durham essex gloucestershire hampshire herefordshire hertfordshire kent lancashire leicestershire"
        " lincolnshire norfolk northamptonshire northumberland nottinghamshire oxfordshire rutland shropshire somerset"
        " staffordshire suffolk surrey sussex warwickshire wiltshire worcestershire yorkshire merseyside fife"
        " antrim armagh tyrone gwynedd powys pembrokeshire"
    ),
    "IE": "carlow cavan clare donegal kerry kildare kilkenny laois leitrim longford louth mayo meath monaghan offaly"
    " roscommon sligo tipperary westmeath wicklow",
}

# Names in everybody's mouth that the alternate names lack, or that are too short to be trusted there.
TOWN_NICKNAMES = {
    "nyc": ("new york city", "US"), "new york": ("new york city", "US"), "sf": ("san francisco", "US"),
    "philly": ("philadelphia", "US"), "dc": ("washington", "US"), "washington dc": ("washington", "US"),
    "washington d c": ("washington", "US"), "vegas": ("las vegas", "US"), "nola": ("new orleans", "US"),
    "slc": ("salt lake city", "US"),
}  # fmt: skip
