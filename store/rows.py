"""From a row to a value of the domain."""

from typing import Any, TypeVar

from sqlalchemy import Row

Kind = TypeVar("Kind")
AnyRow = Row[*tuple[Any, ...]]


def value_of(kind: type[Kind], row: AnyRow, **more: object) -> Kind:
    """Make a `kind` of a row whose columns are named as its fields; `more` adds or replaces."""
    named = dict(zip(row._fields, row, strict=True))
    return kind(**(named | more))
