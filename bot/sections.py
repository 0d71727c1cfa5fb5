"""What every section of the settings has: its strictness, and how its fields depend on others."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationInfo


class Section(BaseModel):
    """Settings under one name. A field's `description` completes “write …”."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_default=True, hide_input_in_errors=True
    )


class Missing(ValueError):
    """A setting that another one makes necessary."""


def needed(value: Any, info: ValidationInfo, other: str, *, when: object = None) -> Any:
    """Return `value`; raise Missing when it is None while `other` is set (to `when`)."""
    chosen = info.data.get(other)
    if value is None and chosen is not None and when in {None, chosen}:
        raise Missing(other)
    return value


def shaped(value: SecretStr | None, shape: re.Pattern[str]) -> SecretStr | None:
    if value is not None and not shape.fullmatch(value.get_secret_value()):
        raise ValueError("its shape is wrong")
    return value
