"""The bodies that meet, and the roles people have in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COUNCIL = "council"  # the key of the commune's own council, which every town has
FALLBACK_LANGUAGES = ("fr", "ar", "en")


class BodyKind(StrEnum):
    COUNCIL = "council"
    ARRONDISSEMENT_COUNCIL = "arrondissement_council"
    BUREAU = "bureau"
    COMMISSION_PERMANENT = "commission_permanent"
    COMMISSION_TEMPORARY = "commission_temporary"
    INQUIRY_COMMISSION = "inquiry_commission"
    CONSULTATIVE_BODY = "consultative_body"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that meets.

    `key` is its name for machines (`council`, `arr:ain-chock`, `com:budget`). `names` are by
    language; `aliases` are other ways people write it, in any script. `seats` are those filled:
    quorum counts members in office. `parent_key` is the body it comes from.
    """

    id: int
    key: str
    kind: BodyKind
    names: Mapping[str, str]
    seats: int
    parent_key: str | None = None
    aliases: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Return the name in this language, else in the first one that has it, else the key."""
        wanted = (language, *FALLBACK_LANGUAGES)
        return next((self.names[one] for one in wanted if self.names.get(one)), self.key)


class Role(StrEnum):
    """What a person is in a body: elected, or staff."""

    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    RAPPORTEUR_BUDGET = "rapporteur_budget"
    COMMISSION_CHAIR = "commission_chair"
    COMMISSION_VICE_CHAIR = "commission_vice_chair"
    GROUP_LEADER = "group_leader"
    MEMBER = "member"

    COUNCIL_SECRETARIAT = "council_secretariat"
    COMMUNICATION_WRITER = "communication_writer"
    DIVISION_HEAD = "division_head"
    CABINET = "cabinet"
    DIRECTOR_GENERAL = "director_general"
    REGISTRY_AGENT = "registry_agent"
    ARCHIVIST = "archivist"
    AUDITOR = "auditor"
    CLERK = "clerk"
    ADMIN = "admin"


STAFF = frozenset(
    {
        Role.COUNCIL_SECRETARIAT,
        Role.COMMUNICATION_WRITER,
        Role.DIVISION_HEAD,
        Role.CABINET,
        Role.DIRECTOR_GENERAL,
        Role.REGISTRY_AGENT,
        Role.ARCHIVIST,
        Role.AUDITOR,
        Role.CLERK,
        Role.ADMIN,
    }
)
ELECTED = frozenset(Role) - STAFF
CHAIRING = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR})  # whose side counts in a tie


def has_vote(role: Role) -> bool:
    """Return whether a role votes and counts for the quorum: only the elected do."""
    return role in ELECTED
