"""From a row to a value of the domain."""

from typing import Any, TypeVar

from sqlalchemy import Row

Kind = TypeVar("Kind")
AnyRow = Row[*tuple[Any, ...]]


def value_of(kind: type[Kind], row: AnyRow, **more: object) -> Kind:
    """Make a `kind` of a row whose columns are named as its fields; `more` adds or replaces."""
    return kind(**{**row._mapping, **more})  # noqa: SLF001 - public, in spite of its name
