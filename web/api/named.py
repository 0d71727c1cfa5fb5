"""What things are called in paths and queries, as far as anything can be called so."""

from typing import Annotated

from litestar.params import PathParameter, QueryParameter

from web.api.cursors import LARGEST

Number = Annotated[int, PathParameter(ge=1, le=LARGEST, description="Its number.")]
PetitionRef = Annotated[
    str, PathParameter(pattern=r"^PET-[0-9]{4}-[0-9]{1,6}$", description="As PET-2026-0012.")
]
DecisionRef = Annotated[
    str, PathParameter(pattern=r"^DEL-[0-9]{4}-[0-9]{1,6}$", description="As DEL-2026-12.")
]
SystemName = Annotated[
    str, PathParameter(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$", description="Its name here.")
]
BodyKey = Annotated[
    str | None,
    QueryParameter(
        name="body", pattern=r"^[A-Za-z0-9:._-]{1,64}$", description="Only of the body of this key."
    ),
]
SessionNumber = Annotated[
    int | None, QueryParameter(ge=1, le=LARGEST, description="Only of the session of this number.")
]
