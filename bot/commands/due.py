"""`beffroi due`: what the law asks next, of whom, and by when."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, one_of, print_json, print_table, reading

if TYPE_CHECKING:
    from actions.duties.due import Owed
    from store.unit import Unit

COLUMNS = ("by", "late", "owner", "about", "body", "what")


def due(
    *,
    owner: Annotated[
        str | None, typer.Option(help="A role, such as council_secretariat or president.")
    ] = None,
    session: Annotated[
        int | None, typer.Option(help="All of one session, what is done included.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what the law asks next, of whom, by when, and by which article."""

    async def ask(unit: "Unit", language: str) -> None:
        from actions.duties.due import due as all_due, of_session
        from actions.meetings import tenant, today
        from domain.bodies import Role

        owners = [one_of(Role, owner)] if owner else []
        if session is not None:
            owed = await of_session(unit, session, language=language)
        else:
            owed = await all_due(unit, language=language, owners=owners)
        day = today(unit.clock, await tenant(unit))
        told = [_told(one, language, is_late=one.duty.is_late(day)) for one in owed]
        if as_json:
            print_json(told)
        else:
            print_table(COLUMNS, [[one[column] for column in COLUMNS] for one in told])

    reading(ask)


def _told(owed: "Owed", language: str, *, is_late: bool) -> dict[str, Any]:
    duty = owed.duty
    return {
        "by": duty.deadline.date.isoformat(),
        "late": is_late,
        "owner": duty.owner,
        "about": owed.subject,
        "body": owed.body.name(language),
        "duty": duty.name,
        "what": duty.deadline.sentence,
        "article": duty.deadline.article,
        "reading": duty.deadline.reading,
        "done_on": duty.done_on.isoformat() if duty.done_on else None,
    }
