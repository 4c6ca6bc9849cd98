"""What a regression on the index is given: checked, and put in months."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.errors import BadArgumentError

__all__ = ["check_design", "frame_by_month"]

_WRITE = "Write its index as days, such as pd.to_datetime(['2015-11-01']), or as a PeriodIndex."


def frame_by_month(outcome: pd.Series[float], controls: pd.DataFrame | None) -> pd.DataFrame:
    """Return the outcome and the controls by month.

    Parameters
    ----------
    outcome : Series
        What is explained, by days or months.
    controls : DataFrame or None
        Further covariates.

    Returns
    -------
    DataFrame
        A row per month that both have, by its first day; `outcome` stands first.

    Raises
    ------
    BadArgumentError
        For another type, an index without days, a month that occurs twice, or values that are
        no finite numbers.
    """
    if not isinstance(outcome, pd.Series):
        raise BadArgumentError(
            f"outcome is a {type(outcome).__name__}, not a Series.",
            remedy="Use pd.Series(values, index=months): the months are needed.",
        )
    frame = _by_month(outcome.to_frame("outcome"), "outcome")
    if controls is None:
        return frame
    if not isinstance(controls, pd.DataFrame):
        raise BadArgumentError(
            f"controls is a {type(controls).__name__}, not a DataFrame.",
            remedy="Use a DataFrame with a row per month; a Series has to_frame().",
        )
    names = ["outcome", *map(str, controls.columns)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadArgumentError(
            f"Two columns are called {twice!r}.",
            remedy="Rename one control; 'outcome' is taken.",
        )
    return frame.join(_by_month(controls, "controls"), how="inner")


def check_design(frame: pd.DataFrame, index: NDArray[np.float64]) -> None:
    """Refuse months in which nothing can be told apart.

    Parameters
    ----------
    frame : DataFrame
        As `frame_by_month` gives it, without missing values.
    index : ndarray, shape (n,)
        The smoothed index of those months.

    Raises
    ------
    BadArgumentError
        Where the outcome, the index or a control is constant, or one is a sum of the others.
    """
    values = frame.to_numpy("float64")
    flat = np.ptp(values, axis=0) <= 1e-9 * np.abs(values).max(axis=0)
    if flat.any():
        raise BadArgumentError(
            f"{frame.columns[int(flat.argmax())]!r} is the same in all "
            f"{wording.count(len(frame), 'month')} used.",
            remedy="Leave the control out; a constant is fitted anyway."
            if flat[1:].any()
            else "Give an outcome that changes over the months of the index.",
        )
    design = np.column_stack([index, values[:, 1:]])
    design = design - design.mean(axis=0)
    design = design / np.maximum(np.linalg.norm(design, axis=0), 1e-300)
    if np.linalg.matrix_rank(design, tol=1e-8) < design.shape[1]:
        named = wording.listing(["the index", *(repr(name) for name in frame.columns[1:])])
        raise BadArgumentError(
            f"In these months one of {named} follows from the others.",
            remedy="Leave out a control that is a sum or multiple of others or of the index.",
        )


def _by_month(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return finite numbers by the first day of their month."""
    months = _months(frame.index, name)
    if months.has_duplicates:
        raise BadArgumentError(
            f"{name} has {months[months.duplicated()][0]:%Y-%m} twice; one value a month is used.",
            remedy="Average it by month first.",
        )
    frame = frame.set_axis(months)
    for column in frame.columns:
        what = name if column == name else f"{column!r} of {name}"
        if not pd.api.types.is_numeric_dtype(frame[column]):
            raise BadArgumentError(
                f"{what} holds no numbers ({frame[column].dtype}).",
                remedy="Turn it into numbers first, such as by pd.to_numeric.",
            )
        endless = np.isinf(frame[column].to_numpy("float64", na_value=np.nan))
        if endless.any():
            raise BadArgumentError(
                f"{what} is infinite in {months[endless][0]:%Y-%m}.",
                remedy="Correct the value, or make it missing: such months are left out.",
            )
    return frame.astype("float64")


def _months(index: pd.Index, name: str) -> pd.DatetimeIndex:
    """Return the first days of the months that an index names."""
    if isinstance(index, pd.PeriodIndex):
        if not index.freqstr.startswith(("M", "D")):
            raise BadArgumentError(
                f"The periods of {name} are no months ({index.freqstr}).",
                remedy="Give one value a month: the index is monthly.",
            )
        days = index.to_timestamp()
    else:
        try:
            if pd.api.types.is_numeric_dtype(index):
                raise TypeError("numbers")
            # Text in another form than 2015-11 or 2015-11-24 may mean two days.
            days = pd.DatetimeIndex(pd.to_datetime(index, format="ISO8601"))
        except (TypeError, ValueError) as error:
            raise BadArgumentError(
                f"The index of {name} holds no days (it begins with {list(index[:1])}).",
                remedy=_WRITE,
            ) from error
    if days.hasnans:
        raise BadArgumentError(f"The index of {name} has a missing day.", remedy=_WRITE)
    return days.tz_localize(None).to_period("M").to_timestamp()
