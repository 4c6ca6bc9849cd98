"""The question of a study, as `study.toml` states it: frozen and self-checking."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from detente import events, statements
from detente._tables import Column
from detente.countries import Dyad
from detente.errors import BadArgumentError, did_you_mean
from detente.index import METHODS, MODELS, Method, Model, Weights
from detente.study.charts import Charts
from detente.study.fields import AliasTable, DyadField, Filled, Lines, Month, Names, Table
from detente.tone import get_scorer, is_scorer_name
from detente.validation import codebook
from detente.wording import LANGUAGES

__all__ = ["About", "ColumnNames", "Files", "Period", "Study"]

#: Keys of the index: what a wrong value is called, and the right ones.
_CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "method": ("method", METHODS),
    "weights": ("weighting", get_args(Weights)),
    "model": ("model", MODELS),
    "language": ("language", tuple(LANGUAGES)),
}


#: What the columns of each file are.
_SCHEMAS: dict[str, tuple[Column, ...]] = {
    "statements": statements.COLUMNS,
    "events": events.COLUMNS,
    "codings": codebook.COLUMNS,
}


class _Frozen(BaseModel):
    """A table of `study.toml`: no key more than those it knows, none changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Period(_Frozen):
    """First and last month of a study, both included.

    Parameters
    ----------
    since, until : str or None
        Months as YYYY-MM; None: the first or last month with a statement.
    """

    since: Month = None
    until: Month = None

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"ends ({self.until}) before it starts ({self.since}).")
        return self

    @property
    def first_day(self) -> date | None:
        """First day of the first month, where there is one."""
        return date.fromisoformat(f"{self.since}-01") if self.since else None

    @property
    def last_day(self) -> date | None:
        """Last day of the last month, where there is one."""
        if not self.until:
            return None
        year, month = (int(part) for part in self.until.split("-"))
        return date(year, month, monthrange(year, month)[1])


class Files(_Frozen):
    """Where the data of a study are.

    Parameters
    ----------
    statements : str
        Path relative to the study's folder, absolute path, or URL.
    events, codings : str or None
        Likewise; None: the study has none.
    lexicon : str or None
        Likewise: entries of the study's own for the scorers "target" and "calibrated".
    model : str or None
        Folder of a model that `detente train` wrote, for the scorer "calibrated", relative to
        the study's folder or absolute; None: the one that comes with detente.
    """

    statements: Filled = "statements.csv"
    events: Filled | None = None
    codings: Filled | None = None
    lexicon: Filled | None = None
    model: Filled | None = None


class ColumnNames(_Frozen):
    """Names that the columns have in the files, by the names of the schema.

    Parameters
    ----------
    statements, events, codings : mapping of str to str
        {name in the schema: name in the file}; only those that differ.
    """

    statements: Table = Names()
    events: Table = Names()
    codings: Table = Names()

    @field_validator("statements", "events", "codings")
    @classmethod
    def _known(cls, value: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        names = [column.name for column in _SCHEMAS[str(info.field_name)]]
        for name in value:
            if name not in names:
                hint = did_you_mean(name, names) or f"Use some of {', '.join(names)}."
                raise ValueError(f"names an unknown column {name!r}. {hint}")
        return value


class About(_Frozen):
    """What a reader should know of the data.

    Parameters
    ----------
    authors : tuple of str
        Who compiled the data.
    licence : str
        Licence of the data.
    source : str
        The source line that charts carry.
    limits : tuple of str
        Known limits, one sentence each.
    cite : str
        How to cite the study.
    chosen_before_tones : bool or None
        Whether headline episodes were chosen, and the direction expected of each judged, before
        any tone was known; None: not stated, and the report says so.
    rows_found : bool
        Whether the statements were found by searching, not drawn from a list of all; False: how
        they were chosen is not stated.
    """

    authors: Lines = ()
    licence: str = ""
    source: str = ""
    limits: Lines = ()
    cite: str = ""
    chosen_before_tones: Annotated[bool | None, Field(strict=True)] = None
    rows_found: Annotated[bool, Field(strict=True)] = False


class Study(_Frozen):
    """One configured question with its data.

    Parameters
    ----------
    name : str
        Name of the folders that outputs go to: that of the study's folder, and for another
        file than `study.toml` that file's name behind it, as in "a-alt" for a/alt.toml.
    folder : Path
        The study's folder.
    title : str
        The reader's title.
    dyad : Dyad
        The two countries.
    period : Period
        First and last month.
    scorer : str, default "vader"
        What gives tone.
    method : {"state_space", "means"}, default "state_space"
        What the index of a month is: the smoothed state behind all months, or its own mean.
    weights : {"occasion", "office", "day", "none"}, default "occasion"
        What counts once in its month.
    model : {"mean_reverting", "local_level"}, default "mean_reverting"
        Law of the state; of no use to "means".
    seed : int, default 1
        Start of the random draws behind the intervals of the validation, at least 0.
    language : str, optional
        Of what `run_study` writes (charts, report, reasons in tables), a code of
        `detente.wording.LANGUAGES`; default: that in which the study is run, English where none
        is chosen.
    files, columns, about
        The data, the names of their columns, and what to know of them.
    figures : Charts
        The look of its charts, where a command does not say otherwise.
    episodes : mapping of str to str
        Reader's label of each headline episode; empty: the events' own labels.
    aliases : mapping of str to tuple of str
        Further names by which texts mention a country of the dyad, by its code; matched as
        written.

    Notes
    -----
    Read one with `load_study`; it raises `StudyError` with every problem of the file.
    """

    name: Filled
    folder: Path
    title: Filled
    dyad: DyadField
    period: Period = Period()
    scorer: str = "vader"
    method: Method = "state_space"
    weights: Weights = "occasion"
    model: Model = "mean_reverting"
    seed: Annotated[int, Field(ge=0, strict=True)] = 1
    language: str | None = None
    files: Files = Files()
    columns: ColumnNames = ColumnNames()
    figures: Charts = Charts()
    episodes: Table = Names()
    aliases: AliasTable = Names()
    about: About = About()

    def __repr__(self) -> str:
        period = f"{self.period.since or 'first'} to {self.period.until or 'last statement'}"
        return f"<Study {self.name}: {self.title}, {period}, scorer {self.scorer!r}>"

    @field_validator("scorer")
    @classmethod
    def _known_scorer(cls, value: str) -> str:
        # A scorer is made where statements are scored; here it would take a model's time.
        if not is_scorer_name(value):
            get_scorer(value)  # raises, and says what there is
        return value

    @field_validator("method", "weights", "model", "language", mode="before")
    @classmethod
    def _known_choice(cls, value: object, info: ValidationInfo) -> object:
        word, known = _CHOICES[str(info.field_name)]
        if value not in known:
            hint = did_you_mean(str(value), known) or f"Use one of {', '.join(known)}."
            raise ValueError(f"is an unknown {word}. {hint}")
        return value

    @field_validator("aliases")
    @classmethod
    def _known_countries(
        cls, value: Mapping[str, tuple[str, ...]], info: ValidationInfo
    ) -> Mapping[str, tuple[str, ...]]:
        dyad = info.data.get("dyad")
        if isinstance(dyad, Dyad):  # else the dyad itself is the problem, and told as such
            codes = (dyad.a, dyad.b)
            for code in value:
                if code not in codes:
                    raise ValueError(
                        f"names {code!r}, which is no country of the dyad; use {codes[0]} and "
                        f"{codes[1]}."
                    )
        return value

    def path(self, which: str) -> str | None:
        """Return where a file of the study is.

        Parameters
        ----------
        which : {"statements", "events", "codings", "lexicon", "model"}
            The file, or the folder of the model.

        Returns
        -------
        str or None
            A path that can be opened, or a URL; None where the study has no such file.

        Raises
        ------
        BadArgumentError
            For another name.
        """
        if which not in Files.model_fields:
            raise BadArgumentError(
                f"A study has no file {which!r}.",
                remedy=did_you_mean(which, Files.model_fields)
                or f"Use one of {', '.join(Files.model_fields)}.",
            )
        value: str | None = getattr(self.files, which)
        if value is None or "://" in value:
            return value
        path = self.folder / Path(value).expanduser()
        # Short names read better in messages; they are made when asked for, so that a
        # later change of the working directory does no harm.
        here = Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)

    def with_choices(self, **choices: str) -> Study:
        """Return the study with another `method`, `weights` or `model` of the index.

        Parameters
        ----------
        **choices : str
            Some of the three.

        Returns
        -------
        Study
            A copy; this one stays as it is.

        Raises
        ------
        BadArgumentError
            For a value, or a name, that is not known.
        """
        for name, value in choices.items():
            word, known = _CHOICES.get(name, ("choice", tuple(_CHOICES)))
            told = value if name in _CHOICES else name
            if told not in known:
                hint = did_you_mean(told, known) or f"Use one of {', '.join(known)}."
                raise BadArgumentError(f"Unknown {word} {told!r}.", remedy=hint)
        return self.model_copy(update=choices)

    @property
    def parameters(self) -> dict[str, Any]:
        """What decides the numbers, as plain values without paths."""
        return {
            "title": self.title,
            "dyad": self.dyad.slug,
            "since": self.period.since,
            "until": self.period.until,
            "scorer": self.scorer,
            "method": self.method,
            "weights": self.weights,
            "model": self.model,
            "seed": self.seed,
            # English outputs are those of the runs before there was a choice.
            **({"language": self.language} if self.language not in (None, "en") else {}),
            "episodes": dict(self.episodes),
            "aliases": {code: list(names) for code, names in self.aliases.items()},
        }
