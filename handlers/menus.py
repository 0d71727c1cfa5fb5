"""The commands that are shown to each kind of person, and in groups: one table."""

from collections.abc import Mapping
from enum import StrEnum

from domain.people import Person
from domain.phrasebook import phrasebook
from handlers.understanding import Intent
from handlers.understanding.commands import COMMANDS


class Standing(StrEnum):
    """What somebody is to the council. Each but a group has a phrase `help.<value>`."""

    STRANGER = "stranger"
    PERSON = "person"
    MEMBER = "member"
    STAFF = "staff"
    GROUP = "group"


ANYBODY = (Intent.AGENDA_QUERY, Intent.SESSION_NEXT, Intent.SESSION_LIST, Intent.DOCUMENT_GET)
KNOWN = (Intent.REMINDER_SET, Intent.INBOX, Intent.NOTIFICATION_WHY, Intent.PREFS_SHOW)
LAST = (Intent.PREFS_LANGUAGE, Intent.HELP, Intent.CANCEL)
MENUS: Mapping[Standing, tuple[Intent, ...]] = {
    Standing.STRANGER: (*ANYBODY, Intent.LINK, *LAST),
    Standing.PERSON: (*ANYBODY, *KNOWN, Intent.UNLINK, *LAST),
    Standing.MEMBER: (
        *ANYBODY,
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        *KNOWN,
        Intent.UNLINK,
        *LAST,
    ),
    Standing.STAFF: (*ANYBODY, Intent.APPROVAL_LIST, *KNOWN, Intent.UNLINK, *LAST),
    Standing.GROUP: (*ANYBODY, Intent.SUBSCRIBE, Intent.UNSUBSCRIBE, Intent.HELP),
}
# Where the first word for an intent means more than is meant in a menu.
NAMES = {Intent.UNSUBSCRIBE: "unfollow"}


def standing(person: Person | None) -> Standing:
    if person is None:
        return Standing.STRANGER
    if person.is_staff:
        return Standing.STAFF
    return Standing.MEMBER if person.seats else Standing.PERSON


def commands(of: Standing, language: str) -> dict[str, str]:
    """Return the commands, without their slash, and what each does in a language."""
    say = phrasebook().say
    return {
        NAMES.get(intent) or COMMANDS[intent].split()[0]: say(
            f"menu.{intent.replace('.', '_')}", language
        )
        for intent in MENUS[of]
    }
