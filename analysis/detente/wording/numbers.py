"""Every number, unit and sentence part that a reader sees, formatted once.

The functions take plain numbers and import no result, so that a table, a chart, a
sentence and the report cannot print the same number in two ways. A value that is
missing is said in words, never as ``nan``; a rounded zero never carries a minus sign.
"""

from __future__ import annotations

from math import isfinite, isnan

from detente.wording.language import figures, say

__all__ = [
    "degrees",
    "difference",
    "estimate",
    "interval",
    "number",
    "share",
    "tone",
]

_MINUS = "\N{MINUS SIGN}"

#: Digits that an end of an interval may need to be told from zero.
_MOST_DIGITS = 2


def number(value: float, digits: int = 0) -> str:
    """Format a number with a true minus sign and thousands separated by commas.

    Parameters
    ----------
    value : float
        Any number; NaN and infinities give "no value".
    digits : int, default 0
        Digits after the point.

    Returns
    -------
    str
        The number; never ``-0``.

    Examples
    --------
    >>> number(1062), number(-0.04, 1), number(float("nan"))
    ('1,062', '0.0', 'no value')
    """
    if not isfinite(value):
        return say("no value")
    rounded = round(float(value), digits)
    text = figures(f"{abs(rounded):,.{digits}f}")
    return f"{_MINUS}{text}" if rounded < 0 else text


def degrees(value: float, digits: int = 0) -> str:
    """Format degrees of the relations index, with a sign unless they round to zero.

    Parameters
    ----------
    value : float
        Degrees, -100 (all hostile) to +100 (all cordial).
    digits : int, default 0
        Digits after the point.

    Returns
    -------
    str
        The degrees without their unit.

    Examples
    --------
    >>> degrees(23.4), degrees(-0.2), degrees(-4.25, 1)
    ('+23', '0', '−4.2')
    """
    text = number(value, digits)
    return f"+{text}" if isfinite(value) and round(float(value), digits) > 0 else text


def tone(value: float) -> str:
    """Format a statement's tone, two digits, with a sign unless it rounds to zero.

    Parameters
    ----------
    value : float
        Tone in [-1, 1].

    Returns
    -------
    str
        The tone.

    Examples
    --------
    >>> tone(0.3182), tone(-0.001)
    ('+0.32', '0.00')
    """
    return degrees(value, 2)


def interval(lower: float, upper: float, digits: int = 0) -> str:
    """Format the two ends of an interval in degrees.

    Parameters
    ----------
    lower, upper : float
        Ends in degrees; NaN where there is no interval.
    digits : int, default 0
        Digits after the point.

    Returns
    -------
    str
        "a to b", or that there is no interval. Of an interval that leaves zero out no end is
        written as zero, if two digits suffice to tell it from zero.

    Examples
    --------
    >>> interval(-12.4, 26.0), interval(0.3, 26.0), interval(-0.3, 26.0)
    ('−12 to +26', '+0.3 to +26', '0 to +26')
    >>> interval(float("nan"), 26.0)
    'no interval'
    """
    if isnan(lower) or isnan(upper):
        return say("no interval")
    return say(
        "{lower} to {upper}", lower=_end(lower, upper, digits), upper=_end(upper, lower, digits)
    )


def _end(value: float, other: float, digits: int) -> str:
    """Format one end of an interval."""
    if value * other > 0 and round(float(value), digits) == 0:
        enough = (n for n in range(digits + 1, _MOST_DIGITS + 1) if round(float(value), n) != 0)
        digits = next(enough, digits)
    return degrees(value, digits)


def share(value: float, digits: int = 0) -> str:
    """Format a share as per cent.

    Parameters
    ----------
    value : float
        Share in [0, 1].
    digits : int, default 0
        Digits after the point.

    Returns
    -------
    str
        Per cent; a share that is not zero never prints as "0%".

    Examples
    --------
    >>> share(0.42), share(0.001), share(float("nan"))
    ('42%', 'under 1%', 'no value')
    """
    if not isfinite(value):
        return say("no value")
    smallest = 10.0**-digits
    if 0 < value * 100 < smallest / 2:
        return say("under {number}%", number=number(smallest, digits))
    return say("{number}%", number=number(value * 100, digits))


def estimate(value: float, lower: float, upper: float, confidence: float) -> str:
    """Format an estimate in degrees with its confidence interval.

    Parameters
    ----------
    value, lower, upper : float
        Degrees; NaN ends where there is no interval.
    confidence : float
        Coverage of the interval, in (0, 1).

    Returns
    -------
    str
        Estimate with its unit and interval.

    Examples
    --------
    >>> estimate(19.2, 11.8, 26.1, 0.95)
    '+19 degrees (95% confidence interval +12 to +26)'
    """
    if not isfinite(value):
        return say("no value")
    if isnan(lower) or isnan(upper):
        return say("{value} degrees (no interval)", value=degrees(value))
    return say(
        "{value} degrees ({share} confidence interval {interval})",
        value=degrees(value),
        share=share(confidence),
        interval=interval(lower, upper),
    )


def difference(value: float, lower: float, upper: float, confidence: float) -> str:
    """Say whether a difference in degrees can be told from none.

    Parameters
    ----------
    value, lower, upper : float
        Difference (later minus earlier) and the ends of its interval, degrees.
    confidence : float
        Coverage of the interval, in (0, 1).

    Returns
    -------
    str
        A predicate: "was 8 degrees warmer (...)" only where the interval excludes
        zero; otherwise that we cannot tell.

    Examples
    --------
    >>> difference(8.2, 1.0, 15.4, 0.95)
    'was 8 degrees warmer (difference +8, 95% confidence interval +1 to +15)'
    >>> difference(8.2, -3.0, 19.4, 0.95)
    'cannot be told apart (difference +8, 95% confidence interval −3 to +19)'
    """
    if not isfinite(value) or isnan(lower) or isnan(upper):
        return say("cannot be compared: too few months")
    # An end that rounds to zero is printed with a digit, so that no reader sees a
    # difference called clear next to an interval that seems to touch zero.
    digits = 1 if 0 in (round(lower), round(upper)) else 0
    detail = say(
        "(difference {value}, {share} confidence interval {interval})",
        value=degrees(value),
        share=share(confidence),
        interval=interval(lower, upper, digits),
    )
    if lower <= 0 <= upper:
        return say("cannot be told apart {detail}", detail=detail)
    size = number(abs(value), 0 if abs(value) >= 0.5 else 1)
    if value > 0:
        return say("was {size} degrees warmer {detail}", size=size, detail=detail)
    return say("was {size} degrees colder {detail}", size=size, detail=detail)
