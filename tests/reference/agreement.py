"""Slow and obvious twins of the figures in detente.validation: loops and lists."""

from __future__ import annotations

import math
from itertools import permutations


def _class(value):
    if value < -0.25:
        return "cold"
    return "warm" if value > 0.25 else "neutral"


def _mean(values):
    return sum(values) / len(values)


def slow_pearson(a, b):
    ma, mb = _mean(a), _mean(b)
    top = sum((x - ma) * (y - mb) for x, y in zip(a, b, strict=True))
    bottom = math.sqrt(sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b))
    return top / bottom if bottom > 1e-9 else math.nan


def _ranks(values):
    return [sum(v < x for v in values) + sum(v == x for v in values) / 2 for x in values]


def slow_macro_f1(gold, tone):
    truth, said = [_class(x) for x in gold], [_class(x) for x in tone]
    f1 = []
    for name in ("cold", "neutral", "warm"):
        hits = sum(t == name and s == name for t, s in zip(truth, said, strict=True))
        n = truth.count(name) + said.count(name)
        if n:
            f1.append(2 * hits / n)
    return _mean(f1)


def slow_measures(gold, tone):
    """Return Pearson, Spearman, macro-F1, mean absolute error, slope, intercept."""
    mx, my = _mean(tone), _mean(gold)
    spread = sum((x - mx) ** 2 for x in tone)
    slope = math.nan
    if spread > 1e-9:
        slope = sum((x - mx) * (y - my) for x, y in zip(tone, gold, strict=True)) / spread
    return [
        slow_pearson(gold, tone),
        slow_pearson(_ranks(gold), _ranks(tone)),
        slow_macro_f1(gold, tone),
        _mean([abs(x - y) for x, y in zip(gold, tone, strict=True)]),
        slope,
        my - slope * mx,
    ]


def slow_alpha(units, metric):
    """Return Krippendorff's alpha of lists of codes, one list per statement."""
    units = [codes for codes in units if len(codes) > 1]
    everything = sorted(code for codes in units for code in codes)
    n = len(everything)

    def distance(c, k):
        if metric == "interval":
            return (c - k) ** 2
        low, high = sorted((c, k))
        between = sum(low <= code <= high for code in everything)
        return (between - (everything.count(c) + everything.count(k)) / 2) ** 2

    observed = sum(
        distance(c, k) / (len(codes) - 1) for codes in units for c, k in permutations(codes, 2)
    )
    expected = sum(distance(c, k) for c, k in permutations(everything, 2))
    return 1 - (n - 1) * observed / expected if expected else math.nan
