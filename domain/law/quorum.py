"""The quorum: how many members must be there for a meeting to be valid."""

from domain.law.loading import pack
from domain.sessions import SessionKind


def quorum(members_in_office: int) -> int:
    """Return how many must be present: more than half (law 113-14, art. 42; CGCT L2121-17)."""
    return members_in_office // 2 + 1


def has_quorum(
    pack_key: str,
    *,
    present: int,
    members_in_office: int,
    meeting: int = 1,
    kind: SessionKind = SessionKind.ORDINARY,
) -> bool:
    """Return whether the nth meeting called for a session may open.

    It is counted at the opening only; who leaves later does not matter (art. 42).
    """
    if meeting >= quorum_free_meeting(pack_key, kind):
        return present > 0
    return present >= quorum(members_in_office)


def quorum_free_meeting(pack_key: str, kind: SessionKind = SessionKind.ORDINARY) -> int:
    """Return the number of the meeting that is valid whatever the number present."""
    meetings: dict[str, int] = pack(pack_key).rules["quorum_free_meeting"].value
    return meetings.get(kind, meetings["ordinary"])
