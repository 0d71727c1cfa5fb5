"""What a file of people says: its columns, and each line read as one person in one seat."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.folding import latin_digits, visible
from domain.importing import cells, terms
from domain.importing.body_names import BodyNames
from domain.importing.columns import Column, Reader, Row, Table, filled
from domain.register import Place, Seat
from domain.spreadsheets import BadCell

COLUMNS = (
    Column(
        "name",
        ("name", "nom", "الاسم", "nom et prénom", "nom prénom", "prénom et nom", "nom complet",
         "full name", "الاسم الكامل", "الاسم والنسب", "الاسم الشخصي والعائلي", "élu", "élu(e)",
         "conseiller", "membre", "nom de l'élu", "nom usuel", "last name", "surname",
         "nom de famille", "الاسم العائلي", "النسب", "العضو", "المستشار"),
        is_required=True,
    ),
    Column(
        "given_name",
        ("prénom", "prénoms", "prénom de l'élu", "given name", "first name", "الاسم الشخصي"),
        hints=("prénom", "prénoms"),
    ),
    Column(
        "role",
        ("role", "rôle", "fonction", "qualité", "الصفة", "المهمة", "الدور", "position", "mandat",
         "titre", "المنصب"),
        hints=("fonction", "role", "qualité"),
    ),
    Column(
        "body",
        ("body", "instance", "الهيئة", "organe", "conseil", "المجلس", "assemblée", "commission",
         "اللجنة", "arrondissement", "المقاطعة", "collège", "council"),
        hints=("instance", "organe", "arrondissement", "المقاطعة"),
    ),
    Column("language", ("language", "langue", "اللغة", "lang"), hints=("langue", "language")),
    Column(
        "declared",
        ("declared address", "adresse déclarée", "العنوان المصرح به", "declared_address",
         "adresse de convocation", "adresse déclarée pour les convocations", "العنوان المعتمد"),
        hints=("déclarée", "declared", "المصرح"),
    ),
    Column(
        "email",
        ("email", "e-mail", "mail", "courriel", "adresse électronique", "adresse e-mail",
         "adresse mail", "البريد الإلكتروني", "الايميل"),
        hints=("email", "mail", "courriel", "الالكتروني"),
    ),
    Column(
        "phone",
        ("phone", "téléphone", "tel", "tél", "gsm", "mobile", "portable", "numéro de téléphone",
         "الهاتف", "رقم الهاتف", "الهاتف المحمول"),
        hints=("téléphone", "tel", "gsm", "mobile", "الهاتف"),
    ),
    Column("telegram", ("telegram", "تيليغرام", "تلغرام"), hints=("telegram",)),
    Column(
        "others",
        ("other addresses", "autres adresses", "عناوين أخرى", "other_addresses", "adresses",
         "autres contacts", "contacts"),
        hints=("autres", "other", "أخرى"),
    ),
    Column(
        "verified",
        ("verified", "vérifiée", "adresse vérifiée", "موثق", "تم التحقق", "confirmée"),
    ),
)  # fmt: skip
CHANNELS = {
    **dict.fromkeys(("mailto", "email", "e-mail", "mail", "courriel"), Channel.EMAIL),
    **dict.fromkeys(("tel", "sms", "phone", "gsm", "mobile", "tél"), Channel.SMS),
    **dict.fromkeys(("telegram", "tg"), Channel.TELEGRAM),
    "whatsapp": Channel.WHATSAPP,
    "slack": Channel.SLACK,
}
# In a column of its own, an address needs no word in front.
CHANNEL_OF = {"email": "mailto:", "phone": "tel:", "telegram": "telegram:"}
SEPARATORS = re.compile(r"[;|\n،]|,\s")
PHONE = re.compile(r"\+?[\d\s().-]{6,25}")
CHAT = re.compile(r"-?\d{1,20}")
NAME_LENGTH = 200
ADDRESS_LENGTH = 320


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a person, in one seat or none, with the addresses it names."""

    line: int
    name: str
    language: str | None
    seat: Seat | None
    declared: Place | None
    others: tuple[Place, ...]


def entries(
    table: Table, names: BodyNames, *, body: str | None, region: str, now: datetime
) -> tuple[list[Entry], list[BadCell]]:
    """Return the lines that could be read, and all that is wrong with the others.

    `body` is where those without a body sit; `region` is the country of telephone numbers
    without one; `now` is when an address that the file calls verified became so.
    """
    read = _Lines(table, names, body=body, region=region, now=now)
    found: list[Entry] = []
    bad: list[BadCell] = []
    for row in table.rows:
        entry, wrong = read.entry(row)
        found += [entry] if not wrong else []
        bad += wrong
    return found, bad


class _Lines:
    def __init__(
        self, table: Table, names: BodyNames, *, body: str | None, region: str, now: datetime
    ) -> None:
        self._headers = table.headers
        self._names = names
        self._body = body or ""
        self._place = partial(place, region=region)
        self._now = now
        self._declared = next((one for one in ("declared", "email") if table.has(one)), "declared")

    def entry(self, row: Row) -> tuple[Entry, list[BadCell]]:
        reader = Reader(row, self._headers)
        entry = Entry(
            line=row.line,
            name=reader.made("name", partial(filled, most=NAME_LENGTH), _name(row)) or "",
            language=reader.made("language", terms.language, row.text("language")),
            seat=self._seat(reader),
            declared=self._declared_place(reader),
            others=tuple(self._other_places(reader)),
        )
        return entry, reader.bad

    def _seat(self, reader: Reader) -> Seat | None:
        text = reader.row.text("body") or self._body
        if not text:
            if reader.row.text("role"):
                reader.refuse("body", Refused("import.role_without_body"))
            return None
        body = reader.made("body", self._names.named, text)
        if body is None:
            return None
        role = reader.made("role", partial(terms.role, kind=body.kind), reader.row.text("role"))
        return (body.key, role) if role else None

    def _declared_place(self, reader: Reader) -> Place | None:
        claim = partial(cells.claim, claims=cells.CLAIMS, otherwise=False)
        is_verified = reader.made("verified", claim, reader.row.text("verified"))
        text = reader.row.text(self._declared)
        found = reader.made(self._declared, self._place, text) if text else None
        if found is None:
            return None
        return Place(
            found.channel,
            found.value,
            is_declared=True,
            verified_at=self._now if is_verified else None,
        )

    def _other_places(self, reader: Reader) -> Iterator[Place]:
        for column in ("email", "phone", "telegram", "others"):
            if column != self._declared:
                for text in filter(None, map(visible, SEPARATORS.split(reader.row.raw(column)))):
                    prefix = "" if ":" in text else CHANNEL_OF.get(column, "")
                    found = reader.made(column, self._place, prefix + text)
                    if found:
                        yield found


def place(text: str, *, region: str) -> Place:
    """Return the address a cell names, by its prefix (`telegram:`, `tel:` …) or its look."""
    channel, value = _channel(latin_digits(visible(text)))
    if channel is Channel.TELEGRAM and not CHAT.fullmatch(value.strip()):
        raise Refused("import.not_telegram", value=cells.shown(value))
    found = Place(channel, canonical(channel, value, region=region))
    if len(found.value) > ADDRESS_LENGTH:
        raise Refused("import.too_long", value=cells.shown(value), most=ADDRESS_LENGTH)
    return found


def _channel(text: str) -> tuple[Channel, str]:
    prefix, colon, rest = text.partition(":")
    named = CHANNELS.get(prefix.strip().lower()) if colon else None
    if named:
        return named, rest
    if "@" in text[1:]:
        return Channel.EMAIL, text
    if PHONE.fullmatch(text):
        return Channel.SMS, text
    raise Refused("import.unknown_channel", value=cells.shown(text))


def _name(row: Row) -> str:
    return " ".join(filter(None, (row.text("given_name"), row.text("name"))))
