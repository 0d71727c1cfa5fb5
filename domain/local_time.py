"""Dates and hours as people read them, in their language."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list

# Morocco names its months in its own way (يوليوز, غشت, شتنبر) and writes 0-9.
LOCALES = {"fr": "fr", "ar": "ar_MA", "ary": "ar_MA", "en": "en_GB"}
ELSEWHERE = "fr"  # the locale of a language that is not ours

DAY = "EEEE d MMMM y"
FIRST_OF_THE_MONTH = {"fr": "EEEE d'er' MMMM y"}
MOMENT = {
    "fr": "{day} à {hour}",
    "ar_MA": "{day} على الساعة {hour}",
    "en_GB": "{day} at {hour}",
}
SPAN = {
    "fr": "du {first} au {last}",
    "ar_MA": "من {first} إلى {last}",
    "en_GB": "from {first} to {last}",
}
UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
# By CLDR plural category. Arabic stands in the oblique case: a length follows قبل, بعد or خلال.
COUNTED = {
    "fr": {
        "day": {"one": "{} jour", "other": "{} jours"},
        "hour": {"one": "{} heure", "other": "{} heures"},
        "minute": {"one": "{} minute", "other": "{} minutes"},
    },
    "en_GB": {
        "day": {"one": "{} day", "other": "{} days"},
        "hour": {"one": "{} hour", "other": "{} hours"},
        "minute": {"one": "{} minute", "other": "{} minutes"},
    },
    "ar_MA": {
        "day": {
            "one": "يوم واحد",
            "two": "يومين",
            "few": "{} أيام",
            "many": "{} يوما",
            "other": "{} يوم",
        },
        "hour": {"one": "ساعة واحدة", "two": "ساعتين", "few": "{} ساعات", "other": "{} ساعة"},
        "minute": {"one": "دقيقة واحدة", "two": "دقيقتين", "few": "{} دقائق", "other": "{} دقيقة"},
    },
}


def locale(language: str) -> str:
    """Return the CLDR locale that writes this language here."""
    return LOCALES.get(language, ELSEWHERE)


@lru_cache(maxsize=4096)
def day(of: date, language: str) -> str:
    """Return `jeudi 5 février 2026`."""
    place = locale(language)
    pattern = FIRST_OF_THE_MONTH.get(place, DAY) if of.day == 1 else DAY
    return format_date(of, pattern, locale=place)


def weekday(number: int, language: str) -> str:
    """Return `lundi` for 0."""
    return str(get_day_names("wide", locale=locale(language))[number])


def hour(of: time | datetime) -> str:
    """Return `09:30`: the 24 hours are read alike in every language here."""
    return f"{of:%H:%M}"


def moment(wall_time: datetime, language: str) -> str:
    """Return `jeudi 5 février 2026 à 18:00`.

    Raises ValueError for a time with an offset: whoever tells a time says first whose clock.
    """
    if wall_time.tzinfo is not None:
        raise ValueError(f"{wall_time} is an instant: give the wall time of a place")
    pattern = MOMENT[locale(language)]
    return pattern.format(day=day(wall_time.date(), language), hour=hour(wall_time))


def stamp(wall_time: datetime) -> str:
    """Return `05/02/2026 18:00`, for tables: read alike in every language here."""
    return f"{wall_time:%d/%m/%Y %H:%M}"


def month(of: date, language: str) -> str:
    """Return `février 2026`."""
    return format_date(of, "LLLL y", locale=locale(language))


def short_month(of: date, language: str) -> str:
    """Return `févr.`."""
    return format_date(of, "LLL", locale=locale(language))


def span(first: date, last: date, language: str) -> str:
    """Return `du jeudi 5 février 2026 au …`, or the one day when both are the same."""
    if first == last:
        return day(first, language)
    return SPAN[locale(language)].format(first=day(first, language), last=day(last, language))


def lasting(length: timedelta, language: str) -> str:
    """Return `2 jours et 3 heures`, to the minute, without a sign."""
    parts = []
    rest = abs(length)
    for unit, size in UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(_counted(count, unit, language))
    return format_list(parts or [_counted(0, "minute", language)], locale=locale(language))


def _counted(count: int, unit: str, language: str) -> str:
    place = locale(language)
    forms = COUNTED[place][unit]
    return forms.get(Locale.parse(place).plural_form(count), forms["other"]).format(count)
