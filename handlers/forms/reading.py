"""An answer in somebody's own words, as the form wants it: days, hours, yes and no, options."""

from collections.abc import Callable, Mapping

from domain.forms import NO, YES, Field, Form, options, told
from domain.sheets import FieldKind
from handlers import choosing
from handlers.tokens import labelled
from handlers.turn import Turn
from handlers.understanding import understood

# Digits of Arabic and Persian keyboards, as those the numbering plans are written in.
FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read(turn: Turn, form: Form, of: Field, text: str) -> str:
    """Return what was answered, or the words themselves where they say nothing we know."""
    reader = READERS.get(of.kind)
    return (reader(turn, form, of, text) if reader else None) or text


def _day(turn: Turn, _form: Form, _field: Field, text: str) -> str | None:
    """Read a day; of several, the first. One that could be two is asked again."""
    slots = _slots(turn, text)
    if slots.get("date_alt"):
        return None
    return _named(slots, "date") or _named(slots, "date_from")


def _moment(turn: Turn, _form: Form, _field: Field, text: str) -> str | None:
    """Read a moment; an hour without a day is today's."""
    slots = _slots(turn, text)
    if slots.get("date_alt"):
        return None
    if slots.get("time") and not slots.get("date") and not slots.get("datetime"):
        return f"{turn.today.isoformat()}T{slots['time']}"
    return _named(slots, "datetime")


def _slots(turn: Turn, text: str) -> Mapping[str, object]:
    return understood(
        text, now=turn.now, zone=turn.commune.zone, language=turn.language, bodies=()
    ).slots


def _named(slots: Mapping[str, object], name: str) -> str | None:
    return str(slots[name]) if slots.get(name) else None


def _option(turn: Turn, form: Form, of: Field, text: str) -> str | None:
    labels = labelled((told(form, of, one, turn.language), one) for one in options(of))
    choice = choosing.chosen(text, labels)
    return choice.value if choice else None


def _yes_or_no(turn: Turn, _form: Form, _field: Field, text: str) -> str | None:
    agreeing = turn.choice("common.yes", ":yes")
    choice = choosing.chosen(text, [agreeing, turn.choice("common.no", "cancel")])
    return (YES if choice is agreeing else NO) if choice else None


def _figures(_turn: Turn, _form: Form, _field: Field, text: str) -> str | None:
    return text.translate(FIGURES)


Reader = Callable[[Turn, Form, Field, str], str | None]
READERS: Mapping[FieldKind, Reader] = {
    FieldKind.DATE: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.CHOICE: _option,
    FieldKind.YES_NO: _yes_or_no,
    FieldKind.PHONE: _figures,
}
