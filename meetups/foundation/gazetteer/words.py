"""How typed words become keys: one spelling for all the ways a town is written."""

import re
import unicodedata

SAME_WORD = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
NOT_A_LETTER = re.compile(r"[\W_]+")
APOSTROPHES = re.compile(r"['\u2018\u2019\u02bb\u02bc`\u00b4]")
UNSPLIT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "Æ": "AE", "œ": "oe"})
LONGEST = 200

US_CODE = re.compile(r"(?<![\w-])(\d{5})(?:-\d{4})?$")
CANADIAN_CODE = re.compile(r"(?<!\w)([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(?:[ -]?\d[ABCEGHJ-NPRSTV-Z]\d)?$", re.I)
BRITISH_CODE = re.compile(r"(?<!\w)([A-Z]{1,2})\d[A-Z\d]?(?: ?\d[A-Z]{2})?$", re.I)
SOUTHERN_CODE = re.compile(r"(?<![\w-])(\d{4})$")


def visible(text: str) -> str:
    """The text with control and direction marks gone and blanks evened out; line ends count as commas."""
    text = re.sub(r"[\r\n;\u060c\u2028\u2029]+", ",", text)
    return " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text).split())


def fold(text: str) -> str:
    """The key of a name: no case, no accents, no punctuation, St. as saint ("Coeur d'Alène" -> "coeur dalene")."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).translate(UNSPLIT))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(SAME_WORD.get(word, word) for word in NOT_A_LETTER.sub(" ", plain).split())


def parts_of(text: str) -> list[str]:
    return [part.strip() for part in visible(text).split(",") if part.strip()]


def codes_at_end(text: str) -> list[tuple[str, str, str]]:
    """Every reading of the end of the text as a postal code: (country, code to look up, words before it)."""
    found = []
    for pattern, countries in (
        (US_CODE, ("US",)),
        (CANADIAN_CODE, ("CA",)),
        (BRITISH_CODE, ("GB",)),
        (SOUTHERN_CODE, ("AU", "NZ")),
    ):
        if match := pattern.search(text):
            before = text[: match.start()].strip(" ,")
            found += [(country, match.group(1).upper(), before) for country in countries]
    return found
