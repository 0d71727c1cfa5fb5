"""Names in three languages, as options of a command."""

from typing import Annotated

import typer

NameFr = Annotated[str | None, typer.Option("--name-fr", help="The name in French.")]
NameAr = Annotated[str | None, typer.Option("--name-ar", help="The name in Arabic.")]
NameEn = Annotated[str | None, typer.Option("--name-en", help="The name in English.")]


def by_language(
    name: str, *, name_fr: str | None, name_ar: str | None, name_en: str | None
) -> dict[str, str | None]:
    """Return names by language; `name` is in the language it is written in, Arabic or French."""
    from domain.importing.terms import written_language

    named = {"fr": name_fr, "ar": name_ar, "en": name_en}
    own = written_language(name)
    return {**named, own: named[own] or name}
