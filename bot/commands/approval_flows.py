"""`beffroi approvals flows`: the steps that texts go through, the presets and the commune's own."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.answers import AsJson, print_json, print_table

app = typer.Typer(name="flows", no_args_is_help=True, help="The steps that texts go through.")


@app.command("list")
def list_flows(as_json: AsJson = False) -> None:
    """List the presets and the flows of the commune's folder, with their steps."""
    from bot.configuring import found_settings
    from domain.approvals import own_keys, preset_keys, read_flow, written

    settings = found_settings()
    folder, own = settings.approval.flows, own_keys(settings.approval.flows)
    flows = [read_flow(key, written(key, folder)) for key in sorted({*preset_keys(), *own})]
    names = {flow.key: flow.names[settings.language] for flow in flows}
    steps = {flow.key: [step.key for step in flow.steps] for flow in flows}
    if as_json:
        print_json(
            [
                {"key": key, "name": names[key], "steps": steps[key], "is_own": key in own}
                for key in names
            ]
        )
        return
    rows = [
        (key, names[key], " > ".join(steps[key]), "own" if key in own else "preset")
        for key in names
    ]
    print_table(["Flow", "Name", "Steps", "Whose"], rows)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A flow as TOML.", exists=True, dir_okay=False)],
) -> None:
    """Read a flow and name every mistake in it; exit with 1 when there is one."""
    from domain.approvals import read_flow

    flow = read_flow(file.stem, file.read_text("utf-8"))
    stages = [" and ".join(step.key for step in stage) for stage in flow.stages]
    typer.echo(f"{flow.key} is whole: {', then '.join(stages)}.")
