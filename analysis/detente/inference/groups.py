"""Who spoke and how: mean tone by group, contacts, what a later search brought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.countries import Dyad

__all__ = [
    "CONTACT_CHANNELS",
    "NOT_STATED",
    "UNILATERAL_CHANNELS",
    "contact_frequency",
    "dyad_rows",
    "group_name",
    "own_words",
    "search_gap",
    "tone_by_group",
]

#: Columns of the table of groups.
_GROUP_COLUMNS = (
    *("grouping", "group", "direction", "mean", "lower", "upper"),
    *("n_statements", "n_occasions", "n_days", "share"),
)

#: Group of the statements that do not tell theirs.
NOT_STATED = wording.mark("not stated")

#: Channels through which one side speaks by itself.
UNILATERAL_CHANNELS = (
    "press_remarks",
    "press_conference",
    "interview",
    "speech",
    "written_statement",
    "social_media",
)

#: Channels that need the other side.
CONTACT_CHANNELS = ("phone_call", "meeting", "letter", "joint_statement")

_GROUPINGS = {"speaker": "speaker", "office": "level", "topic": "topic", "channel": "channel"}

#: With statements on fewer days no interval is given.
_MIN_DAYS = 5


#: Channels and offices as they read.
_NAMES = (
    *(wording.mark("press remarks"), wording.mark("press conference")),
    *(wording.mark("interview"), wording.mark("speech"), wording.mark("written statement")),
    *(wording.mark("social media"), wording.mark("joint statement"), wording.mark("letter")),
    *(wording.mark("phone call"), wording.mark("meeting"), wording.mark("head of state")),
    *(wording.mark("head of government"), wording.mark("foreign minister")),
    *(wording.mark("minister"), wording.mark("ministry"), wording.mark("ambassador")),
    *(wording.mark("spokesperson"), wording.mark("parliament"), wording.mark("military")),
    wording.mark("other official"),
)


def group_name(code: str) -> str:
    """Name a channel or an office for readers.

    Parameters
    ----------
    code : str
        As it stands in a column of the statements, such as "phone_call".

    Returns
    -------
    str
        The name in the reader's language; a word of the study's own stays as it is.
    """
    return wording.say(code.replace("_", " "))


def own_words(text: str) -> str:
    """Show a topic or another word of the study's own for readers.

    Parameters
    ----------
    text : str
        As it stands in a column of the statements, such as "black_sea".

    Returns
    -------
    str
        With spaces, and with a capital first where all its letters are small; capitals of the
        study's own stay as they are.

    Examples
    --------
    >>> own_words("black_sea"), own_words("NATO"), own_words("eVisa"), own_words("South_China_Sea")
    ('Black sea', 'NATO', 'eVisa', 'South China Sea')
    """
    words = text.replace("_", " ")
    return wording.capital(words) if words.islower() else words


def dyad_rows(
    scored: pd.DataFrame, dyad: Dyad, since: pd.Timestamp, until: pd.Timestamp
) -> pd.DataFrame:
    """Return the statements of a dyad in a period, with what grouping needs.

    Parameters
    ----------
    scored : DataFrame
        Statements; unchanged.
    dyad : Dyad
        The two countries.
    since, until : Timestamp
        First days of the first and of the last month.

    Returns
    -------
    DataFrame
        The rows with `direction`, `day`, `month` and `occasion` (a number) added, `degrees`
        (tone x 100), and missing texts as "".
    """
    direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    day = scored["date"].dt.tz_localize(None).dt.normalize()
    month = day.dt.to_period("M").dt.to_timestamp()
    rows = scored.assign(direction=direction, day=day, month=month, degrees=scored["tone"] * 100.0)[
        direction.isin(dyad.directions) & month.between(since, until)
    ].reset_index(drop=True)
    for name in (*_GROUPINGS.values(),):
        if name in rows.columns:
            rows[name] = rows[name].fillna("").astype(str).replace("", NOT_STATED)
    keys = [name for name in ("direction", "day", "speaker", "channel") if name in rows.columns]
    numbered: pd.DataFrame = rows.assign(
        occasion=rows.groupby(keys, observed=True, sort=False).ngroup()
    )
    return numbered


def tone_by_group(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Average the tone of each speaker, office, topic and channel.

    Parameters
    ----------
    rows : DataFrame
        As `dyad_rows` gives them.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per grouping, group and direction, most statements first: `grouping`
        ("speaker", "office", "topic", "channel"), `group`, `direction`, `mean`, `lower`,
        `upper` (degrees; no ends with statements on fewer than five days), `n_statements`,
        `n_occasions`, `n_days`, `share` (of the direction's statements with a tone).

    Notes
    -----
    Each occasion (speaker, day, channel) counts once within its group. Statements of a day
    share its noise, so intervals cluster by day: with weights w, residuals e and D days,
    ``se = sqrt(D / (D - 1) sum_day (sum w e)^2) / sum w``, Student's t with D - 1 degrees of
    freedom. The interval is about statements on such days, not about other years.
    """
    spoken = rows[rows["degrees"].notna()]
    total = spoken.groupby("direction").size()
    table = []
    for grouping, column in _GROUPINGS.items():
        if column not in spoken.columns:
            continue
        for keys, some in spoken.groupby([column, "direction"], observed=True):
            group, direction = map(str, keys)
            weight = 1.0 / some.groupby("occasion")["degrees"].transform("size")
            mean, lower, upper = _clustered_mean(
                some["degrees"].to_numpy("float64"),
                weight.to_numpy("float64"),
                some["day"].to_numpy(),
                confidence,
            )
            table.append(
                {
                    "grouping": grouping,
                    "group": group,
                    "direction": direction,
                    "mean": mean,
                    "lower": lower,
                    "upper": upper,
                    "n_statements": len(some),
                    "n_occasions": some["occasion"].nunique(),
                    "n_days": some["day"].nunique(),
                    "share": len(some) / total[direction],
                }
            )
    frame = pd.DataFrame(table, columns=list(_GROUP_COLUMNS))
    frame["order"] = frame["grouping"].map(list(_GROUPINGS).index)
    frame = frame.sort_values(
        ["order", "direction", "n_statements", "group"], ascending=[True, True, False, True]
    )
    return frame.drop(columns="order").reset_index(drop=True)


def contact_frequency(
    rows: pd.DataFrame, months: pd.DatetimeIndex, directions: Sequence[str], confidence: float
) -> pd.DataFrame:
    """Count calls, meetings, letters and joint statements per month and year.

    Parameters
    ----------
    rows : DataFrame
        As `dyad_rows` gives them, with `channel`.
    months : DatetimeIndex
        All months of the period.
    directions : sequence of str
        The directions.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per unit ("month", "year"), period and direction (also "bilateral"): `unit`,
        `period` (first day), `direction`, `n_occasions`, `n_contact` and the numbers of each
        channel (`phone_call`, `meeting`, `letter`, `joint_statement`), all occasions; `share`
        of contacts in [0, 1] with `lower` and `upper`, missing without an occasion.

    Notes
    -----
    A call that both sides made known counts once for each. Intervals are Wilson's, as if
    occasions were independent. Statements without a tone count too: it is of no matter here.
    """
    occasions = rows.groupby("occasion").first()
    every = pd.concat([occasions, occasions.assign(direction="bilateral")])
    counted = every.assign(**{name: every["channel"] == name for name in CONTACT_CHANNELS})
    tables = []
    for unit, starts in (("month", months), ("year", _years(months))):
        period = counted["month"]
        if unit == "year":
            period = period.dt.to_period("Y").dt.to_timestamp()
        grid = pd.MultiIndex.from_product(
            [starts, [*directions, "bilateral"]], names=["period", "direction"]
        )
        grouped = counted.groupby([period.rename("period"), "direction"])
        sums = grouped[list(CONTACT_CHANNELS)].sum().reindex(grid, fill_value=0)
        sums.insert(0, "n_occasions", grouped.size().reindex(grid, fill_value=0))
        tables.append(sums.reset_index().assign(unit=unit))
    table = pd.concat(tables, ignore_index=True)
    n_contact = table[list(CONTACT_CHANNELS)].sum(axis=1)
    n = table["n_occasions"].astype("float64").where(table["n_occasions"] > 0)
    share = n_contact / n
    lower, upper = _wilson(share, n, confidence)
    table = table.assign(n_contact=n_contact, share=share, lower=lower, upper=upper)
    names = ["unit", "period", "direction", "n_occasions", "n_contact", *CONTACT_CHANNELS]
    return table[[*names, "share", "lower", "upper"]]


def search_gap(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Compare what later searches brought with what the first brought.

    Parameters
    ----------
    rows : DataFrame
        As `dyad_rows` gives them; column `wave` (number of the search) where known.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per later search: `wave`, `gap` with `lower` and `upper` (degrees by which its
        statements are warmer than the first search's of the same direction and year),
        `n_statements`. No row without a later search.

    Notes
    -----
    Least squares of tone on the search with a constant per direction and year; standard errors
    clustered by day. A yardstick for selection: how different statements were that a first
    search had not found.
    """
    columns = ["wave", "gap", "lower", "upper", "n_statements"]
    if "wave" not in rows.columns:
        return pd.DataFrame(columns=columns)
    spoken = rows[rows["degrees"].notna() & rows["wave"].notna()]
    wave = pd.to_numeric(spoken["wave"], errors="coerce")
    table = []
    for later in sorted(wave[wave > wave.min()].unique()):
        some = spoken[(wave == later) | (wave == wave.min())]
        cell = [some["direction"], some["day"].dt.year]
        is_later = (wave[some.index] == later).astype("float64")
        x = is_later - is_later.groupby(cell).transform("mean")
        y = some["degrees"] - some["degrees"].groupby(cell).transform("mean")
        size = float((x**2).sum())
        if size < 1e-9:
            continue
        gap = float((x * y).sum()) / size
        scores = (x * (y - gap * x)).groupby(some["day"]).sum()
        half = _quantile(confidence, len(scores)) * _root(scores.to_numpy("float64")) / size
        table.append([int(later), gap, gap - half, gap + half, int(is_later.sum())])
    return pd.DataFrame(table, columns=columns)


def _clustered_mean(
    y: NDArray[np.float64], weight: NDArray[np.float64], day: NDArray[np.generic], confidence: float
) -> tuple[float, float, float]:
    mean = float(weight @ y / weight.sum())
    names, position = np.unique(day, return_inverse=True)
    if len(names) < _MIN_DAYS:
        return mean, np.nan, np.nan
    scores = np.bincount(position, weight * (y - mean)).astype("float64")
    half = _quantile(confidence, len(names)) * _root(scores) / weight.sum()
    if half < 1e-9:
        return mean, np.nan, np.nan
    return mean, max(mean - half, -100.0), min(mean + half, 100.0)


def _root(scores: NDArray[np.float64]) -> float:
    """Return the root of the clustered sum of squares, corrected for few days."""
    n = len(scores)
    return float(np.sqrt(n / (n - 1) * np.sum(scores**2))) if n > 1 else np.nan


def _quantile(confidence: float, n_days: int) -> float:
    from scipy import stats  # takes a second to load

    return float(stats.t.ppf((1 + confidence) / 2, n_days - 1)) if n_days > 1 else np.nan


def _wilson(
    share: pd.Series[float], n: pd.Series[float], confidence: float
) -> tuple[pd.Series[float], pd.Series[float]]:
    from scipy import stats

    z = float(stats.norm.ppf((1 + confidence) / 2))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    spread = share * (1 - share) / n + z**2 / (4 * n**2)
    half: pd.Series[float] = z / (1 + z**2 / n) * spread**0.5
    return (middle - half).clip(lower=0.0), (middle + half).clip(upper=1.0)


def _years(months: pd.DatetimeIndex) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(months.to_period("Y").to_timestamp().unique())
