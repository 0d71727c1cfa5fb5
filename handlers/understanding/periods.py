"""Spoken periods: which days are meant by a month, a week, or from one day until another."""

from datetime import date, timedelta

from handlers.understanding import days
from handlers.understanding.days import (
    A_WEEK,
    LAST_DAY_NUMBER,
    MONTHS,
    Days,
    Read,
    Today,
    dated,
    day_number,
    day_of,
    month_days,
    one,
    shifted_month,
    steps_away,
)

THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, LAST_DAY_NUMBER)}  # of a month: its start, middle, end
SEASONS = {1: (1, 3), 2: (5, 8), 3: (10, 12)}  # of a year, in months
LONGEST = 1000  # of any unit: nobody plans that far
LAST = -1
A_FORTNIGHT = 2  # weeks
HALF_A_MONTH = 15  # days: so are fortnights counted
WEEKS = 4  # whole ones of a month; as many trimesters of a year


def days_of_a_month(read: Read, today: Today) -> Days | None:
    """`du 2 au 6 février`, `entre le 2 et le 6 février`, `2-6 February`."""
    first, last = read.numbers("NO")[:2]
    month, year = read.number("M") or 0, read.number("Y")
    end = dated(last, month, year, today).first
    start = dated(first, month, end.year, today).first
    return Days(start, end) if start <= end else None


def two_days(read: Read, today: Today) -> Days | None:
    """`les 5 et 6 février`: days that follow each other; others are two dates."""
    first, last = read.numbers("NO")[:2]
    return days_of_a_month(read, today) if last == first + 1 else None


def days_of_this_month(read: Read, today: Today) -> Days | None:
    """`du 5 au 19`."""
    first, last = read.numbers("NO")[:2]
    start = day_number(read, today)
    if start is None or not first < last <= LAST_DAY_NUMBER:
        return None
    end = day_of(start.first.year, start.first.month, last)
    return Days(start.first, end.first) if end else None


def month(read: Read, today: Today) -> Days | None:
    number, year = read.number("M") or read.number("NOF") or 0, read.number("Y")
    if not 1 <= number <= MONTHS:
        return None
    around = today.day.year
    if year is None and read.has("xl"):
        return _month_beside(number, today, is_next=read.has("x"))
    years = [year] if year else [around - 1, around, around + 1]
    return today.nearest([month_days(each, number) for each in years])


def _month_beside(number: int, today: Today, *, is_next: bool) -> Days:
    year = today.day.year
    if is_next:
        return month_days(year + (number <= today.day.month), number)
    return month_days(year - (number >= today.day.month), number)


def part_of_month(read: Read, today: Today) -> Days | None:
    """`début février`, `mid March`, `نهاية الشهر`: a third of it, as one counts them here."""
    whole = _month_named(read, today)
    first, last = THIRDS[read.number("s") or 1]
    if whole is None:
        return None
    end = min(last, whole.last.day)
    return Days(whole.first.replace(day=first), whole.first.replace(day=end))


def part_of_year(read: Read, today: Today) -> Days:
    """`le début de l’année`, `نهاية السنة`: some months of it."""
    first, last = SEASONS[read.number("s") or 1]
    around = today.day.year + steps_away(read)
    return Days(date(around, first, 1), month_days(around, last).last)


def edge_of_month(read: Read, today: Today) -> Days | None:
    """`le premier jour de mars`, `the last day of the month`."""
    named = _month_of_its_own(read, today) if read.has("M") else None
    whole = named or shifted_month(today.day, read.has("x"))
    if read.number("F") not in {None, 1}:
        return None
    return one(whole.first if read.has("F") else whole.last)


def week_of_month(read: Read, today: Today) -> Days | None:
    """`la deuxième semaine de mars`: its second seven days; a fortnight is half of it."""
    whole, number = _month_named(read, today), read.numbers("FO")[0]
    if whole and read.has("w") and read.numbers("w")[0] == A_FORTNIGHT:
        middle = whole.first.replace(day=HALF_A_MONTH)
        after = middle + timedelta(days=1)
        return Days(whole.first, middle) if number == 1 else Days(after, whole.last)
    if whole is None or not 1 <= number <= WEEKS:
        return None
    first = whole.first + (number - 1) * A_WEEK
    return Days(first, first + timedelta(days=6))


def week_of_day(read: Read, today: Today) -> Days:
    """`la semaine du 9 février`: from its Monday to its Sunday."""
    told = days.numeric(read, today) if read.has("D") else days.day_and_month(read, today)
    monday = told.first - timedelta(days=told.first.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekdays(read: Read, today: Today) -> Days:
    """`mn tnin l lkhmis`: from one weekday to the next such."""
    first, last = read.numbers("W")
    start = today.monday + timedelta(days=first)
    start = start if start > today.day else start + A_WEEK
    return Days(start, start + timedelta(days=(last - first) % 7))


def trimester(read: Read, today: Today) -> Days | None:
    """`le premier trimestre`, of this year or of the one said; `le dernier` is its fourth."""
    number, around = (read.numbers("F") or [WEEKS])[0], read.number("Y") or today.day.year
    if not 1 <= number <= WEEKS:
        return None
    return Days(date(around, 3 * number - 2, 1), month_days(around, 3 * number).last)


def weekday_of_month(read: Read, today: Today) -> Days | None:
    """`le premier lundi de mars`, `the last Friday of the month`."""
    whole = _month_named(read, today)
    count = (read.numbers("FO") or [LAST])[0]
    weekday = read.number("W") or 0
    if whole is None:
        return None
    fit = [
        day
        for number in range(1, whole.last.day + 1)
        if (day := whole.first.replace(day=number)).weekday() == weekday
    ]
    at = count if count == LAST else count - 1
    return one(fit[at]) if LAST <= at < len(fit) else None


def day_of_next_month(read: Read, today: Today) -> Days | None:
    """`le 5 du mois prochain`, `the 5th of this month`."""
    whole = _month_named(read, today)
    return day_of(whole.first.year, whole.first.month, read.numbers("NOF")[0]) if whole else None


def _month_named(read: Read, today: Today) -> Days | None:
    if read.has("M"):
        return _month_of_its_own(read, today) if read.has("W") else month(read, today)
    return shifted_month(today.day, read.has("x") - read.has("l") * (not read.has("W")))


def _month_of_its_own(read: Read, today: Today) -> Days:
    """Return the month of `le dernier vendredi de février`: last is the day, not the month."""
    years = [read.number("Y")] if read.has("Y") else [today.day.year + step for step in (-1, 0, 1)]
    return today.nearest([month_days(year or 0, read.number("M") or 1) for year in years])


def period(read: Read, today: Today) -> Days:
    """`la semaine prochaine`, `this month`, `l’année dernière`, `le week-end`."""
    steps = steps_away(read)
    if read.has("k"):
        saturday = today.monday + timedelta(days=5) + steps * A_WEEK
        return Days(saturday, saturday + timedelta(days=1))
    if read.has("w") or not read.has("my"):
        monday = today.monday + steps * A_WEEK
        return Days(monday, monday + timedelta(days=6))
    if read.has("y"):
        around = today.day.year + steps
        return Days(date(around, 1, 1), date(around, MONTHS, 31))
    return shifted_month(today.day, steps)


def next_few(read: Read, today: Today) -> Days | None:
    """`les deux prochaines semaines`, `the last three months`: so long from here, or until here."""
    count = read.number("N") or 1
    if count > LONGEST:
        return None
    count = -count if read.has("l") else count
    if read.has("dw"):
        end = today.day + count * (A_WEEK if read.has("w") else timedelta(days=1))
    else:
        shifted = shifted_month(today.day, count * (MONTHS if read.has("y") else 1))
        end = shifted.first.replace(day=min(today.day.day, shifted.last.day))
    tomorrow = today.day + timedelta(days=1)
    return Days(tomorrow, end) if end > today.day else Days(end, today.day)


def year(read: Read, today: Today) -> Days:
    number = read.number("Y") or today.day.year
    return Days(date(number, 1, 1), date(number, MONTHS, 31))


def since(first: Days, today: Today) -> Days:
    """`depuis octobre`: from its first day until today; a day to come stands alone."""
    return Days(first.first, today.day) if first.first < today.day else first


def joined(first: Days, last: Days) -> Days:
    """Return the days from one spoken date until another."""
    start = first.first
    if start <= last.last:
        return Days(start, last.last)
    if start - last.last < A_WEEK:  # from Monday to Wednesday: of the same week
        return Days(start, last.last + A_WEEK)
    same_month = day_of(last.last.year, last.last.month, start.day)  # du lundi 2 au 6 février
    is_before = same_month is not None and same_month.first <= last.last
    return Days(same_month.first if same_month and is_before else last.first, last.last)
