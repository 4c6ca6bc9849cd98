"""Slow and obvious twin of detente.index.monthly_index: loops, lists, no arrays."""

from __future__ import annotations

import math
from collections import defaultdict


def slow_months(rows, directions, weights="occasion"):
    """Return {(month, direction): (mean, se, n_eff)} and the pooled spread."""
    occasions = defaultdict(list)
    for row in rows:
        if row["tone"] is not None:
            direction = f"{row['source']}>{row['target']}"
            day = row["date"]
            occasions[direction, day[:7], day, row["speaker"], row["channel"]].append(
                100 * row["tone"]
            )
    months = defaultdict(list)
    for (direction, month, day, _speaker, _channel), tones in occasions.items():
        weight = 1.0 if weights == "occasion" else float(len(tones))
        months[direction, month].append((sum(tones) / len(tones), weight, day))

    mean, n_eff = {}, {}
    squares = scale = df = 0.0
    for key, members in months.items():
        total = sum(w for _, w, _ in members)
        mean[key] = sum(y * w for y, w, _ in members) / total
        n_eff[key] = total**2 / sum(w * w for _, w, _ in members)
        squares += sum(w * (y - mean[key]) ** 2 for y, w, _ in members)
        scale += total - sum(w * w for _, w, _ in members) / total
        df += n_eff[key] - 1
    spread = math.sqrt(squares / scale) if scale > 0 and squares > 0 and df > 0.5 else math.inf

    day_parts = {}
    for key, members in months.items():
        total = sum(w for _, w, _ in members)
        for day in {d for _, _, d in members}:
            today = [(y, w) for y, w, d in members if d == day]
            weight = sum(w for _, w in today)
            residual = sum(w * (y - mean[key]) for y, w in today) / weight
            day_parts[(*key, day)] = (weight / total, residual)
    first, second = directions
    overlap = defaultdict(float)
    shared = []
    for (direction, month, day), (share, residual) in day_parts.items():
        other = day_parts.get((second, month, day)) if direction == first else None
        if other is not None:
            overlap[month] += share * other[0]
            shared.append((month, share, other[0], residual * other[1]))
    # E(product) = covariance x (1 - share - other share + overlap), since residuals are
    # taken from means that hold the day itself.
    kept = sum(1 - one - two + overlap[month] for month, one, two, _ in shared)
    products = sum(product for *_, product in shared)
    covariance = max(0.0, products / kept) if kept > 1e-9 else 0.0

    table = {key: (mean[key], spread / math.sqrt(n_eff[key]), n_eff[key]) for key in months}
    for month in {month for _, month in months}:
        one, two = table.get((first, month)), table.get((second, month))
        if one and two:
            variance = (one[1] ** 2 + two[1] ** 2 + 2 * covariance * overlap[month]) / 4
            table["bilateral", month] = (
                (one[0] + two[0]) / 2,
                math.sqrt(variance),
                4 / (1 / one[2] + 1 / two[2]),
            )
    return table, spread
