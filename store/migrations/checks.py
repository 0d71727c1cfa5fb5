"""Checks that let more through than before, changed where they lie, whatever the table's size."""

import re

from alembic import op


def widen(table: str, name: str, words: str, *, column: str) -> None:
    """Let a column hold these words, separated by spaces; `name` is that of their kind."""
    listed = ", ".join(f"'{word}'" for word in words.split())
    replace(table, name, f"{column} IN ({listed})")


def replace(table: str, name: str, condition: str) -> None:
    """Replace a check by one that every row already fulfils.

    SQLite cannot alter a check, and making the table anew would copy every row: its text is
    changed instead, as its manual advises for what does not touch the rows ("Making Other Kinds
    Of Table Schema Changes", sqlite.org/lang_altertable.html).
    """
    constraint = f"ck_{table}_{name}"
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f(constraint), table, type_="check")
        op.create_check_constraint(op.f(constraint), table, condition)
        return
    said = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).scalar_one()
    # A check ends its line: what it holds may have brackets of its own.
    pattern = re.compile(rf"CONSTRAINT {constraint} CHECK \(.*\)(?=,?\s*\n)")
    text, count = pattern.subn(lambda _: f"CONSTRAINT {constraint} CHECK ({condition})", said)
    if count != 1:
        raise LookupError(f"the check {constraint} was not found")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (text, table)
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
