"""What a file of people changes: its lines gathered into persons, and held against the register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.addresses import Channel
from domain.errors import Refused
from domain.folding import folded
from domain.importing.people_files import Entry
from domain.register import Change, Newcomer, Place, Registered, Seat
from domain.spreadsheets import BadCell

# A chat belongs to one person; a letter box may be shared, unless it is declared.
ONE_PERSONS = frozenset({Channel.TELEGRAM, Channel.SLACK})

Where = tuple[Channel, str]


@dataclass(slots=True, eq=False)
class Claimant:
    """A person as a file tells them: all the lines that are about them."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(dict.fromkeys(entry.seat for entry in self.entries if entry.seat))

    @property
    def declared(self) -> Place | None:
        return next((entry.declared for entry in self.entries if entry.declared), None)

    @property
    def language(self) -> str | None:
        return next((entry.language for entry in self.entries if entry.language), None)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every address once, the declared one in front."""
        others = (place for entry in self.entries for place in entry.others)
        found = [*filter(None, [self.declared]), *others]
        return tuple({_where(place): place for place in reversed(found)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Plan:
    newcomers: Sequence[Newcomer]
    changes: Sequence[Change]
    same: int
    bad: Sequence[BadCell]


def plan(entries: Sequence[Entry], register: Iterable[Registered], *, language: str) -> Plan:
    """Return what to add and what to change; `language` is for newcomers who name none.

    Whoever declared the same address is the same person; without one, whoever has the same name
    in the same body.
    """
    claimants, bad = gathered(entries)
    bad += _contradictions(claimants)
    known = _Known(register)
    newcomers, changes, same = [], [], 0
    for claimant, found in _matched(claimants, known, bad):
        if found is None:
            newcomers.append(
                Newcomer(
                    claimant.first.name,
                    claimant.language or language,
                    claimant.seats,
                    claimant.places,
                )
            )
            continue
        change = _change(claimant, found)
        changes += [change] if change else []
        same += not change
    return Plan(newcomers, changes, same, bad)


def gathered(entries: Sequence[Entry]) -> tuple[list[Claimant], list[BadCell]]:
    """Return the persons a file is about, in the order it names them."""
    by_address, bad = _declared(entry for entry in entries if entry.declared)
    by_seat: dict[tuple[str, str], Claimant] = {}
    for claimant in by_address:
        for entry in claimant.entries:
            by_seat.setdefault(_seat(entry), claimant)
    for entry in entries:
        if not entry.declared:
            by_seat.setdefault(_seat(entry), Claimant()).entries.append(entry)
    claimants = list(dict.fromkeys([*by_address, *by_seat.values()]))
    for claimant in claimants:
        claimant.entries.sort(key=lambda entry: entry.line)
    return sorted(claimants, key=lambda claimant: claimant.first.line), bad


def _declared(entries: Iterable[Entry]) -> tuple[list[Claimant], list[BadCell]]:
    bad: list[BadCell] = []
    by_address: dict[Where, Claimant] = {}
    for entry in entries:
        if entry.declared:
            claimant = by_address.setdefault(_where(entry.declared), Claimant())
            claimant.entries.append(entry)
            if folded(entry.name) != folded(claimant.first.name):
                bad.append(_belongs(entry, entry.declared, claimant.first))
    return list(by_address.values()), bad


class _Known:
    """The register, by all that tells one person from another."""

    def __init__(self, register: Iterable[Registered]) -> None:
        self.by_address: dict[Where, Registered] = {}
        self.by_chat: dict[Where, Registered] = {}
        self.by_seat: dict[tuple[str, str], list[Registered]] = defaultdict(list)
        for person in register:
            for address in person.addresses:
                where = (address.channel, address.value)
                if address.is_declared:
                    self.by_address[where] = person
                if address.channel in ONE_PERSONS:
                    self.by_chat[where] = person
            for key in dict.fromkeys(key for key, _ in person.seats) or ("",):
                self.by_seat[folded(person.name), key].append(person)


def _matched(
    claimants: Sequence[Claimant], known: _Known, bad: list[BadCell]
) -> Iterator[tuple[Claimant, Registered | None]]:
    """Give everyone their own entry of the register: by address first, then by name and body."""
    found = dict(_by_address(claimants, known, bad))
    taken = {person.id for person in found.values()}
    for claimant in claimants:
        if claimant not in found:
            namesakes = _namesakes(claimant, known, taken)
            if len(namesakes) > 1:
                bad.append(BadCell(claimant.first.line, "", Refused("import.namesakes")))
            elif namesakes:
                found[claimant] = namesakes[0]
                taken.add(namesakes[0].id)
        bad.extend(_foreign_chats(claimant, found.get(claimant), known))
        yield claimant, found.get(claimant)


def _by_address(
    claimants: Sequence[Claimant], known: _Known, bad: list[BadCell]
) -> Iterator[tuple[Claimant, Registered]]:
    for claimant in claimants:
        owner = known.by_address.get(_where(claimant.declared)) if claimant.declared else None
        if owner and claimant.declared:
            yield claimant, owner
            if folded(owner.name) != folded(claimant.first.name):
                bad.append(_registered(claimant, claimant.declared, owner))


def _namesakes(claimant: Claimant, known: _Known, taken: set[int]) -> list[Registered]:
    keys = {_seat(entry) for entry in claimant.entries}
    alike = {person.id: person for key in keys for person in known.by_seat.get(key, ())}
    return [person for person in alike.values() if person.id not in taken]


def _foreign_chats(
    claimant: Claimant, person: Registered | None, known: _Known
) -> Iterator[BadCell]:
    for place in claimant.places:
        owner = known.by_chat.get(_where(place))
        if owner and (person is None or owner.id != person.id):
            yield _registered(claimant, place, owner)


def _contradictions(claimants: Sequence[Claimant]) -> Iterator[BadCell]:
    """Tell where one file gives a chat to two people, or two languages to one."""
    chats: dict[Where, Entry] = {}
    for claimant in claimants:
        first = next((entry for entry in claimant.entries if entry.language), None)
        for entry in claimant.entries:
            if first and entry.language not in {None, first.language}:
                reason = Refused("import.two_languages", other_line=str(first.line))
                yield BadCell(entry.line, "", reason)
        for place in claimant.places:
            if place.channel in ONE_PERSONS:
                owner = chats.setdefault(_where(place), claimant.first)
                if owner is not claimant.first:
                    yield _belongs(claimant.first, place, owner)


def _change(claimant: Claimant, person: Registered) -> Change | None:
    keys = {key for key, _ in claimant.seats}
    held = {(place.channel, place.value): place for place in person.addresses}
    change = Change(
        person.id,
        claimant.first.name,
        claimant.language or person.language,
        gained=tuple(seat for seat in claimant.seats if seat not in person.seats),
        lost=tuple(seat for seat in person.seats if seat[0] in keys and seat not in claimant.seats),
        places=tuple(
            place
            for place in claimant.places
            if not (own := held.get(_where(place)))
            or (place.is_declared and not own.is_declared)
            or (place.verified_at and not own.is_verified)
        ),
    )
    is_same = (change.name, change.language) == (person.name, person.language) and not (
        change.gained or change.lost or change.places
    )
    return None if is_same else change


def _where(place: Place) -> Where:
    return place.channel, place.value


def _seat(entry: Entry) -> tuple[str, str]:
    return folded(entry.name), entry.seat[0] if entry.seat else ""


def _belongs(entry: Entry, place: Place, owner: Entry) -> BadCell:
    reason = Refused(
        "import.address_of_another",
        address=place.value,
        other=owner.name,
        other_line=str(owner.line),
    )
    return BadCell(entry.line, "", reason)


def _registered(claimant: Claimant, place: Place, owner: Registered) -> BadCell:
    reason = Refused("import.address_registered", address=place.value, other=owner.name)
    return BadCell(claimant.first.line, "", reason)
