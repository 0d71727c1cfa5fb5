"""`beffroi approvals`: texts on their way through the hands that must agree to them."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import approval_flows
from bot.commands.answers import (
    AsJson,
    acting_for,
    changing,
    one_of,
    operator,
    person_called,
    print_json,
    print_table,
    reading,
)
from bot.commands.notice import audience, texts_in

if TYPE_CHECKING:
    from actions.texts.manuscripts import Manuscript
    from store.unit import Unit

app = typer.Typer(
    name="approvals", no_args_is_help=True, help="Follow texts that others must agree to."
)
app.add_typer(approval_flows.app)

Ref = Annotated[str, typer.Argument(help="Its reference, such as APP-61.", metavar="REF")]
File = Annotated[
    Path,
    typer.Argument(
        help="A TOML file with title and text under [fr], [ar] or [en].",
        exists=True,
        dir_okay=False,
        allow_dash=True,
    ),
]
By = Annotated[str, typer.Option(help="Whose text it is: an id, an address or a whole name.")]
Who = Annotated[str, typer.Argument(help="An id, an address or a whole name.")]
COLUMNS = ("Reference", "Kind", "State", "Submitted", "Step", "Due", "Title")


@app.command("list")
def list_approvals(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Those that ended, too.")] = False,
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List texts on their way, the longest waiting first."""

    async def ask(unit: "Unit", language: str) -> "list[dict[str, Any]]":
        from actions.texts.manuscripts import manuscript
        from domain.approvals import ApprovalState
        from store.publications import ALIVE

        states = frozenset(ApprovalState) if everything else ALIVE
        found = await unit.publications.in_states(states, most=most)
        return [_plain(await manuscript(unit, one.id), language) for one in found]

    rows = reading(ask)
    if as_json:
        print_json(rows)
        return
    print_table(COLUMNS, [[_cell(cell) for cell in row.values()] for row in rows])


@app.command()
def show(ref: Ref, as_json: AsJson = False) -> None:
    """Show a text whole: what it says, what changed since the version before, its history."""

    async def ask(unit: "Unit", language: str) -> "dict[str, Any]":
        from actions.texts.manuscripts import manuscript

        return await _whole(unit, await manuscript(unit, _number(ref)), language)

    shown = reading(ask)
    if as_json:
        print_json(shown)
        return
    plain = {name: value for name, value in shown.items() if name not in {"history", "texts"}}
    print_table(["", ""], [(name, _cell(value)) for name, value in plain.items() if value])
    for language, text in shown["texts"].items():
        typer.echo(f"\n[{language}] {text['title']}\n{text['text']}")
    typer.echo()
    history = shown["history"]
    columns = ["When", "Who", "What", "By", "Step", "Reason"]
    print_table(columns, [[_cell(cell) for cell in one.values()] for one in history])


@app.command()
def submit(
    text: File,
    by: By,
    kind: Annotated[
        str, typer.Option(help="press_release, post, newsletter, speech or notice.")
    ] = "notice",
    to: Annotated[
        str, typer.Option(help="everyone, a body's key, followers:BODY or person:ID.")
    ] = "everyone",
    not_before: Annotated[
        datetime | None, typer.Option(help="An embargo, in the commune's time.")
    ] = None,
) -> None:
    """Put a text before those who must agree to it; it goes out by itself when the last has."""
    texts = texts_in(text)

    async def act(unit: "Unit", _: str) -> str:
        from actions.meetings import tenant
        from actions.texts.submitting import Begun, begin, submit as put_forward
        from bot.configuring import found_settings
        from domain.clock import instant, zone
        from domain.publications import PublicationKind, Text

        commune, wanted = await tenant(unit), one_of(PublicationKind, kind)
        begun = Begun(
            kind=wanted,
            flow=found_settings().approval.known().for_kind(wanted, commune.rule_pack),
            texts={language: Text(*said) for language, said in texts.items()},
            audience=audience(to),
            release_at=instant(not_before, zone(commune.zone)) if not_before else None,
        )
        author = await acting_for(unit, by)
        number = (await begin(unit, author, begun)).id
        return (await put_forward(unit, author, number)).ref

    typer.echo(f"{changing(act)} is submitted: beffroi approvals show follows it.")


@app.command()
def agenda(
    session: Annotated[int, typer.Argument(help="The session, by its number.")], by: By
) -> None:
    """Put a session's agenda, as it is on record, before those who must agree to it."""

    async def act(unit: "Unit", _: str) -> str:
        from actions.meetings import tenant
        from actions.texts.submitting import Begun, begin, submit as put_forward
        from bot.configuring import found_settings
        from domain.publications import PublicationKind

        pack = (await tenant(unit)).rule_pack
        flow = found_settings().approval.known().for_kind(PublicationKind.AGENDA, pack)
        author = await acting_for(unit, by)
        begun = Begun(PublicationKind.AGENDA, flow, session_id=session)
        number = (await begin(unit, author, begun)).id
        return (await put_forward(unit, author, number)).ref

    typer.echo(f"{changing(act)} is submitted: beffroi approvals show follows it.")


@app.command()
def revise(ref: Ref, text: File, by: By) -> None:
    """Replace a text that is on its way: it goes through all its steps again."""
    texts = texts_in(text)

    async def act(unit: "Unit", _: str) -> None:
        from actions.texts.submitting import revise as revised
        from domain.publications import Text

        said = {language: Text(*one) for language, one in texts.items()}
        await revised(unit, await acting_for(unit, by), _number(ref), said)

    changing(act)
    typer.echo(f"{ref} has a new text.")


@app.command()
def recall(ref: Ref) -> None:
    """Take a text back for its author, before it is out."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.texts.manuscripts import manuscript
        from actions.texts.submitting import recall as recalled

        author = (await manuscript(unit, _number(ref))).publication.author_id
        await recalled(unit, await acting_for(unit, str(author)), _number(ref))

    changing(act)
    typer.echo(f"{ref} is recalled; nothing of it goes out.")


@app.command()
def withdraw(
    ref: Ref, reason: Annotated[str, typer.Argument(help="Why; it stays on record.")]
) -> None:
    """Withdraw a text that is out: what has not left yet is held back."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.publishing import withdraw as withdrawn

        await withdrawn(unit, operator(), _number(ref), reason)

    changing(act)
    typer.echo(f"{ref} is withdrawn.")


@app.command()
def delegate(
    person: Who,
    to: Who,
    starts: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The first day.")],
    ends: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The last day.")],
) -> None:
    """Lend somebody's right to decide for some days, as they asked."""

    async def act(unit: "Unit", _: str) -> int:
        from actions.texts.delegating import delegate_days

        first, last = starts.date(), ends.date()
        return await delegate_days(
            unit,
            await acting_for(unit, person),
            await person_called(unit, to),
            first=first,
            last=last,
        )

    typer.echo(f"Delegation {changing(act)} is noted.")


def _number(ref: str) -> int:
    number = ref.strip().upper().removeprefix("APP-")
    if not number.isdecimal():
        raise typer.BadParameter(f"{ref!r} is no reference such as APP-61.")
    return int(number)


def _plain(held: "Manuscript", language: str) -> dict[str, Any]:
    from actions.texts.wording import title

    publication, waiting = held.publication, held.standing.open
    is_waiting = publication.state == "waiting"
    return {
        "ref": publication.ref,
        "kind": publication.kind,
        "state": publication.state,
        "submitted_at": publication.submitted_at,
        "step": ", ".join(one.step.key for one in waiting) if is_waiting else "",
        "due_at": min((one.due_at for one in waiting), default=None) if is_waiting else None,
        "title": title(held.texts, language),
    }


async def _whole(unit: "Unit", held: "Manuscript", language: str) -> dict[str, Any]:
    from actions.texts.history import history
    from actions.texts.manuscripts import name_of
    from domain.publications import changes_between

    publication = held.publication
    versions = [texts for _, texts in await unit.publications.texts(publication.id)]
    return {
        **_plain(held, language),
        "author": await name_of(unit, publication.author_id),
        "flow": publication.flow,
        "round": publication.round,
        "sha256": publication.content,
        "release_at": publication.release_at,
        "notice": publication.notice_id,
        "reason": publication.ended_reason,
        "changed": "\n".join(changes_between(versions[1], versions[0], language))
        if len(versions) > 1
        else "",
        "texts": {
            written: {"title": text.title, "text": text.body}
            for written, text in held.texts.items()
        },
        "history": [one.plain for one in await history(unit, publication.id)],
    }


def _cell(value: Any) -> Any:
    is_day = isinstance(value, date)
    return value.isoformat(" ", "minutes") if is_day and hasattr(value, "hour") else value
