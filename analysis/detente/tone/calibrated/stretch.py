"""The last step: tones are drawn away from the empty stretch between neutral and mild.

Codes are thirds, so no coded statement lies strictly between 0 and 1/3 by one coder's
judgement, and the middle of that gap is 1/6; the classes, though, are cut at 0.25. The step
brings 1/6 to 0.25 and leaves 0, 0.4 and all beyond as they are.
"""

from __future__ import annotations

import numpy as np

from detente.tone.calibrated.rules import Floats

__all__ = ["KNOTS", "stretch"]

#: From and to; straight between, unchanged beyond. The same on the cold side.
KNOTS = ((0.0, 0.0), (1 / 6, 0.25), (0.4, 0.4))


def stretch(tone: Floats) -> Floats:
    """Return stretched tones; odd, rising, unchanged from 0.4 on.

    Parameters
    ----------
    tone : ndarray of float, any shape
        Tones, clipped to [-1, 1] or not; NaN stays NaN.

    Returns
    -------
    ndarray of float, same shape
        Stretched tones, not clipped; the sign stays.

    Examples
    --------
    >>> stretch(np.array([0.0, 1 / 6, -1 / 6, 0.5, 1.2])).round(3).tolist()
    [0.0, 0.25, -0.25, 0.5, 1.2]
    """
    size = np.abs(tone)
    knots = np.array(KNOTS)
    inside = np.interp(size, knots[:, 0], knots[:, 1])
    return np.asarray(np.copysign(np.where(size < knots[-1, 0], inside, size), tone))
