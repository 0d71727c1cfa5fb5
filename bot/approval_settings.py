"""The settings of which texts go through whose hands."""

from pathlib import Path

from pydantic import Field

from bot.sections import Section
from domain.approvals import Flows
from domain.approvals.choosing import ANY
from domain.publications import PublicationKind

KINDS = ", ".join([*PublicationKind, ANY])
KIND = f"({KINDS.replace(', ', '|')})"
CHOSEN = rf"^({KIND}=[\w.-]+(,\s*{KIND}=[\w.-]+)*)?$"


class Approval(Section):
    """Which flows there are, which text goes through which, and which notices need one."""

    flows: Path | None = Field(default=None, description="a folder of flows, a TOML file each")
    choose: str = Field(
        default="",
        pattern=CHOSEN,
        description=f"KIND=FLOW, with commas between; KIND is one of {KINDS}",
    )
    notices_over: int | None = Field(default=None, ge=0, description="a number of people")

    def known(self) -> Flows:
        chosen = (one.strip().partition("=") for one in self.choose.split(",") if one.strip())
        return Flows(self.flows, {kind: key for kind, _, key in chosen})
