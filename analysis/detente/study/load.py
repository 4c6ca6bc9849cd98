"""Find a study and read its `study.toml`, with every problem in one error."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from detente.errors import StudyError, did_you_mean
from detente.study.config import Study

__all__ = ["DEFAULT_STUDY", "STUDY_FILE", "bundled_studies", "data_folder", "load_study"]

#: Name of the file that makes a folder a study.
STUDY_FILE = "study.toml"

#: The study that is meant when none is named and the working directory has none.
DEFAULT_STUDY = "russia-turkey"

#: Tables of the file besides [study], each a field of `Study`.
_TABLES = ("files", "columns", "figures", "aliases", "episodes", "about")

#: Keys of [study].
_SETTINGS = tuple(name for name in Study.model_fields if name not in (*_TABLES, "name", "folder"))


def bundled_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with detente.

    Returns
    -------
    tuple of str
        Names that `load_study` takes, sorted.

    Examples
    --------
    >>> "russia-turkey" in bundled_studies()
    True
    """
    return tuple(sorted(_bundled()))


def load_study(name_or_path: str | Path | None = None) -> Study:
    """Read a study.

    Parameters
    ----------
    name_or_path : str or Path, optional
        A folder with a `study.toml`, the path of a `study.toml` or another `.toml` file, or
        the name of a bundled study; a folder of the working directory goes before a bundled
        study of the same name. None: `./study.toml` where there is one, else the bundled
        "russia-turkey".

    Returns
    -------
    Study
        The study, checked; its data are not read yet. Its name is that of the folder, for
        another file than `study.toml` with the file's name behind: "a-alt" for a/alt.toml.

    Raises
    ------
    StudyError
        The study does not exist, is no TOML, or has a key or value that cannot be used;
        the message names every problem.

    Examples
    --------
    >>> study = load_study("russia-turkey")
    >>> study.title, study.dyad.slug, study.period.since
    ('Russia and Turkey', 'RUS-TUR', '2009-01')
    """
    try:
        file = _find(name_or_path)
    except OSError as error:  # a name that no file system takes, or a folder that is closed
        raise StudyError(
            f"The study {str(name_or_path)!r} cannot be looked up: {error.strerror}.",
            remedy="Name a study's folder or a bundled study.",
        ) from error
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            f"{file} is not UTF-8 (byte {error.start + 1}).", remedy="Save it as UTF-8."
        ) from error
    except OSError as error:
        raise StudyError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(
            f"{file} is not valid TOML: {error}.",
            remedy='Texts stand in double quotes, lists in [ ], as in dyad = ["RUS", "TUR"].',
        ) from error
    return _study(document, file)


def _find(name_or_path: str | Path | None) -> Path:
    """Return the `study.toml` that is meant."""
    if name_or_path is None:
        here = Path(STUDY_FILE)
        return here if here.is_file() else _bundled()[DEFAULT_STUDY] / STUDY_FILE
    path = Path(name_or_path).expanduser()
    if path.is_file():
        if path.suffix != ".toml":
            raise StudyError(
                f"{path} is not a study.",
                remedy=f"Name a folder with a {STUDY_FILE}, or that file.",
            )
        return path
    if (path / STUDY_FILE).is_file():
        return path / STUDY_FILE
    bundled = _bundled()
    if isinstance(name_or_path, str) and name_or_path in bundled:
        return bundled[name_or_path] / STUDY_FILE
    if path.is_dir():
        raise StudyError(
            f"The folder '{path}' has no {STUDY_FILE}.",
            remedy="Start a study in a new folder with: detente init FOLDER --dyad RUS TUR",
        )
    hint = did_you_mean(str(name_or_path), bundled)
    raise StudyError(
        f"There is no study {str(name_or_path)!r}.",
        remedy=hint or f"Bundled studies: {', '.join(sorted(bundled))}. Or name a study's folder.",
    )


def data_folder() -> Path:
    """Return the folder of the bundled data.

    Returns
    -------
    Path
        An installed package carries it; in a source checkout it is `data/` beside the
        package's source root.
    """
    package = Path(str(files("detente")))
    carried = package / "_bundled"
    return carried if carried.is_dir() else package.parents[1] / "data"


def _bundled() -> dict[str, Path]:
    """Return the folders of the bundled studies by name."""
    return {place.parent.name: place.parent for place in data_folder().glob(f"*/{STUDY_FILE}")}


def _study(document: dict[str, Any], file: Path) -> Study:
    """Build the study from the parsed file, or raise with all problems."""
    problems = _misplaced(document, file)
    settings = document.get("study", {})
    if not isinstance(settings, dict):
        settings = {}
    fields = {key: value for key, value in settings.items() if key in _SETTINGS}
    fields |= {key: value for key, value in document.items() if key in _TABLES}
    folder = file.absolute().parent
    name = folder.resolve().name or "study"
    # Two questions to the data of one folder must not write over each other's outputs.
    name += "" if file.name == STUDY_FILE else f"-{file.stem}"
    fields |= {"folder": folder, "name": name}
    try:
        study = Study.model_validate(fields)
    except ValidationError as error:
        problems += [_told(dict(found), file) for found in error.errors()]
    if problems:
        head = f"{file} has {len(problems)} problems:\n" if len(problems) > 1 else ""
        raise StudyError(head + "\n".join(problems))
    return study


def _misplaced(document: dict[str, Any], file: Path) -> list[str]:
    """Return a sentence for each key that no table of the file knows."""
    if not isinstance(document.get("study"), dict):
        yours = [key for key in document if key in _SETTINGS]
        if not yours:
            return [f"{file} has no table [study]. Begin with a line [study] and a title below it."]
    problems = []
    for key, value in document.items():
        if key == "study" or key in _TABLES:
            continue
        if key in _SETTINGS:
            problems.append(f"Key {key!r} stands outside [study] in {file}. Move it below [study].")
        elif isinstance(value, dict):
            hint = did_you_mean(key, ("study", *_TABLES))
            problems.append(f"Unknown table [{key}] in {file}. {hint}".strip())
        else:
            hint = did_you_mean(key, _SETTINGS)
            problems.append(f"Unknown key {key!r} at the top of {file}. {hint}".strip())
    settings = document.get("study")
    for key in settings if isinstance(settings, dict) else ():
        if key not in _SETTINGS:
            problems.append(_unknown(key, "study", _SETTINGS, file))
    return problems


def _unknown(key: str, table: str, choices: tuple[str, ...], file: Path) -> str:
    hint = did_you_mean(key, choices) or f"It takes {', '.join(choices)}."
    return f"Unknown key {key!r} in [{table}] of {file}. {hint}"


def _told(error: dict[str, Any], file: Path) -> str:
    """Return one finding of pydantic as a sentence in the words of the file."""
    place = [str(part) for part in error["loc"]]
    if place[0] in _SETTINGS:
        place = ["study", *place]
    table, key = ".".join(place[:-1]), place[-1]
    if error["type"] == "extra_forbidden":
        return _unknown(key, table, _keys_of(place[:-1]), file)
    if error["type"] == "missing":
        return f"[{table}] of {file} has no {key!r}. Add it."
    reason = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    if error["type"] != "value_error":
        reason = reason[:1].lower() + reason[1:]
    where = f"{key!r} in [{table}]" if table else f"[{key}]"
    value = error["input"]
    received = f" = {value!r}" if isinstance(value, str | int | float) else ""
    return f"{where} of {file}{received}: {reason}."


def _keys_of(tables: list[str]) -> tuple[str, ...]:
    """Return the keys that a table below [study] takes."""
    model: Any = Study
    for name in tables:
        if name != "study":
            model = model.model_fields[name].annotation
    return tuple(model.model_fields)
