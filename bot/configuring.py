"""Reading the settings from the environment, `.env` and `beffroi.toml`, every mistake at once."""

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.sections import Missing, Section
from bot.settings import Settings
from domain.errors import Misconfigured

PREFIX = "BEFFROI_"
TOML_FILE = "beffroi.toml"
DOTENV_FILE = ".env"
LIKENESS = 0.75  # from 0 to 1: how near a name is to be offered instead


class Dotenv(DotEnvSettingsSource):
    """A `.env` may hold the variables of other programs too."""

    def __call__(self) -> dict[str, Any]:
        return EnvSettingsSource.__call__(self)


class Found(Settings, BaseSettings):
    """The settings as they are found: the environment goes first, then `.env`, then the TOML."""

    model_config = SettingsConfigDict(  # type: ignore[mutable-override]  # as pydantic means it
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_file=DOTENV_FILE,
        env_ignore_empty=True,
        toml_file=TOML_FILE,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours is kinder
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, Dotenv(settings_cls), toml


def found_settings() -> Settings:
    """Return the settings found here, or raise Misconfigured naming every mistake in them."""
    try:
        return _without_mistakes()
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{TOML_FILE} cannot be read as TOML: {error}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The settings cannot be read: {error}.") from error


def _without_mistakes() -> Settings:
    named = {**dotenv_values(DOTENV_FILE), **os.environ}  # noqa: TID251 - the one place that reads it
    mistakes = list(_strangers(named))
    try:
        settings = Found()
    except ValidationError as error:
        mistakes += [_sentence(one) for one in error.errors()]
        raise Misconfigured(_together(mistakes)) from None  # its own text may quote a secret
    if mistakes:
        raise Misconfigured(_together(mistakes))
    return settings


def fields(section: type[Section] = Settings, prefix: str = PREFIX) -> dict[str, FieldInfo]:
    """Return every setting by the name of its environment variable."""
    found: dict[str, FieldInfo] = {}
    for name, field in section.model_fields.items():
        variable = prefix + name.upper()
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            found |= fields(kind, f"{variable}_")
        else:
            found[variable] = field
    return found


def _strangers(environment: Mapping[str, str | None]) -> Iterator[str]:
    """Name the variables that look like ours and are not."""
    sections = tuple(f"{PREFIX}{name.upper()}_" for name in Settings.model_fields)
    for name in sorted(environment):
        # What begins with a section's name is refused by the section itself.
        is_ours = name.startswith(sections) or name in fields()
        if name.startswith(PREFIX) and not is_ours:
            yield _no_setting(name)


def _sentence(error: Mapping[str, Any]) -> str:
    path = [str(part).upper() for part in error["loc"]]
    variable = PREFIX + "_".join(path)
    field = fields().get(variable)
    if field is None:
        return _no_setting(variable)
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Missing):
        other = "_".join([*path[:-1], str(cause).upper()])
        return f"{variable} is missing, and {PREFIX}{other} needs it: write {field.description}."
    return f"{variable} {_shown(field, error['input'])}: write {field.description}."


def _shown(field: FieldInfo, value: object) -> str:
    if "SecretStr" in str(field.annotation):
        return "is not right"
    return f"cannot be {value!r}"


def _no_setting(variable: str) -> str:
    near = difflib.get_close_matches(variable, fields(), n=1, cutoff=LIKENESS)
    advice = f"did you mean {near[0]}?" if near else "take it away."
    return f"{variable} is no setting: {advice}"


def _together(mistakes: list[str]) -> str:
    if len(mistakes) == 1:
        return mistakes[0]
    return "The settings have mistakes:\n" + "\n".join(f"  {mistake}" for mistake in mistakes)
