"""Cells as people fill them in, read as values: days, hours, numbers, titles, claims."""

import re
from datetime import date, time, timedelta

from domain.errors import Refused
from domain.folding import folded, latin_digits, visible

# The months as French, English, Moroccan and Levantine Arabic write them, folded.
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "janvier janv jan january يناير كانون",
            "fevrier fevr fev feb february فبراير شباط",
            "mars mar march مارس اذار",
            "avril avr apr april ابريل نيسان",
            "mai may ماي مايو ايار",
            "juin jun june يونيو حزيران",
            "juillet juil jul july يوليوز يوليو تموز",
            "aout aou aug august غشت اغسطس اب",
            "septembre sept sep september شتنبر سبتمبر ايلول",
            "octobre oct october اكتوبر",
            "novembre nov november نونبر نوفمبر",
            "decembre dec december دجنبر ديسمبر",
        ),
        start=1,
    )
    for word in words.split()
}
# On folded text, where every separator is one space; a weekday may go before.
YEAR_FIRST = re.compile(r"(?:\D+ )?(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?:\D+ )?(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>\d{4}|\d{2})(?!\d)")
DAY_OF_MONTH = re.compile(
    r"(?:\D+ )?(?P<day>\d{1,2})(?:er|st|nd|rd|th)? (?P<month>[^\W\d]+) (?P<year>\d{4})(?!\d)"
)
MONTH_DAY = re.compile(
    r"(?:\D+ )?(?P<month>[^\W\d]+) (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})"
)
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
SHAPES = (YEAR_FIRST, DAY_FIRST, DAY_OF_MONTH, MONTH_DAY, COMPACT)
SERIAL = re.compile(r"\d{5}")
SERIAL_ZERO = date(1899, 12, 30)  # how Excel counts days where a date lost its format
YEARS, CENTURY = 100, 2000  # a year of two digits is one of this century
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # beyond is a slip of the pen

HOUR = re.compile(
    r"(?:\D* )?(?P<hour>\d{1,2})(?: ?h(?:eures?)? ?| |$)(?P<minute>\d{2})?(?: \d{2})?z?"
    r" ?(?P<half>[ap] ?m)?"
)
NOON = 12
MIDNIGHT = time(0)

CLAIMS = {
    **dict.fromkeys(("oui", "yes", "true", "vrai", "1", "x", "o", "y", "نعم"), True),
    **dict.fromkeys(("non", "no", "false", "faux", "0", "n", "لا"), False),
}
PUBLIC = CLAIMS | {
    **dict.fromkeys(("public", "publique", "open", "علني", "علنيه", "مفتوحه", "للعموم"), True),
    **dict.fromkeys(("huis clos", "a huis clos", "prive", "closed", "private", "مغلقه"), False),
    **dict.fromkeys(("غير مفتوحه للعموم", "غير مفتوحه", "سريه", "restreint"), False),
}

NUMBER_SIGN = re.compile(
    r"^(?:n\s?[°ºo]\s?\.?|no\.|point|item|النقطة|نقطة|رقم|#)\s*", re.IGNORECASE
)
WHOLE = re.compile(r"(\d+)(?:\.0)?")

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character of Office Open XML (ECMA-376, ST_Xstring)
BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
DASHES = "-–—_"
GOES_ON = re.compile(
    r"(?:\b(?:la|le|les|l|de|du|des|d|à|au|aux|et|ou|en|sur|pour|par|of|the)|[.,:;’'(/-])$",
    re.IGNORECASE,
)


def day(text: str) -> date:
    """Return the day a cell names, day before month; raise Refused when there is no such day."""
    return day_and_hour(text)[0]


def day_and_hour(text: str) -> tuple[date, time | None]:
    """Return the day and, where the cell goes on to say it, the hour. Midnight says nothing."""
    words = folded(text)
    if SERIAL.fullmatch(words):
        return SERIAL_ZERO + timedelta(days=int(words)), None
    for shape in SHAPES:
        found = shape.match(words)
        if found and _month(found["month"]):
            return _date(found, text), _hour_after(words[found.end() :])
    raise Refused("import.not_a_date", value=shown(text))


def hour(text: str) -> time:
    """Return the wall time a cell names: `18:00`, `18h30`, `9 h`, `6:30 PM`."""
    found = HOUR.fullmatch(folded(text))
    if found is None:
        raise Refused("import.not_an_hour", value=shown(text))
    hours = int(found["hour"])
    if found["half"]:
        hours = hours % NOON + (NOON if found["half"].startswith("p") else 0)
    try:
        return time(hours, int(found["minute"] or 0))
    except ValueError as error:
        raise Refused("import.not_an_hour", value=shown(text)) from error


def claim(text: str, claims: dict[str, bool], *, otherwise: bool) -> bool:
    """Return what a cell claims, or `otherwise` when it is empty."""
    words = folded(text)
    if words and words not in claims:
        raise Refused("import.not_yes_or_no", value=shown(text))
    return claims.get(words, otherwise)


def item_number(text: str) -> str:
    """Return an item's number as people say it: `n° 07.` and `٧` are both `7`."""
    number = NUMBER_SIGN.sub("", latin_digits(visible(text))).strip(" .)-")
    whole = WHOLE.fullmatch(number)
    return str(int(whole[1])) if whole else number


def title(text: str) -> str:
    """Return a title on one line, its parts joined by dashes as they stood under each other."""
    signs = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    parts = [visible(part).strip(f" {DASHES}") for part in BREAK.split(signs)]
    joined = ""
    for part in filter(None, parts):
        joined += (_joint(joined, part) if joined else "") + part
    return joined


def shown(text: str, *, most: int = 80) -> str:
    """Return a cell for an error message, cut where it would fill the screen."""
    plain = visible(text)
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _month(word: str) -> int:
    return int(word) if word.isdecimal() else MONTHS.get(word, 0)


def _date(found: re.Match[str], text: str) -> date:
    year = int(found["year"])
    try:
        named = date(year + CENTURY * (year < YEARS), _month(found["month"]), int(found["day"]))
    except ValueError as error:
        raise Refused("import.no_such_date", value=shown(text)) from error
    if not FIRST_DAY <= named <= LAST_DAY:
        raise Refused("import.no_such_date", value=shown(text))
    return named


def _hour_after(rest: str) -> time | None:
    words = rest.removeprefix("t").strip()
    at = hour(words) if HOUR.fullmatch(words) else None
    return None if at == MIDNIGHT else at


def _joint(before: str, part: str) -> str:
    """Say what stood between two lines: a wrapped sentence goes on, a subtitle begins."""
    is_open = part.startswith("(") or before.count("(") > before.count(")")
    return " " if is_open or part[0].islower() or GOES_ON.search(before) else " – "
