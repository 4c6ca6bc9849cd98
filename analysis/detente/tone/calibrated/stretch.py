"""The last step: tones are drawn away from the stretches where few codes lie.

Codes are thirds, or sixths where two coders are averaged. No coded statement lies between 0 and
1/6, few do at 1/6, which counts as neutral, and none beyond it below 1/3; but a sum of weights
fills these gaps evenly, and its tones around 0.2 are of mild statements as often as of neutral
ones. The step brings such tones to 0.25, the bound of neutral, and leaves 0 as it is.

Cold statements are hostile more often than half so: where the sum says -0.6, codes say some -0.7.
On the warm side the two agree.
"""

from __future__ import annotations

import numpy as np

from detente.tone.calibrated.rules import Floats

__all__ = ["COLD", "WARM", "stretch"]

#: Sizes of tones, from and to; straight between, unchanged beyond. The cold side was read off
#: constructed statements (each scored by a model without its dyad), the middle off the codings of
#: the studies as well (each by a model without its year).
COLD = ((0.0, 0.0), (0.18, 0.25), (0.4, 0.48), (0.6, 0.74), (0.8, 0.88), (1.0, 1.0))
WARM = ((0.0, 0.0), (0.2, 0.25), (0.4, 0.4), (1.0, 1.0))


def stretch(tone: Floats) -> Floats:
    """Return stretched tones; rising, of the same sign, unchanged from 1 on.

    Parameters
    ----------
    tone : ndarray of float, any shape
        Tones, clipped to [-1, 1] or not; NaN stays NaN.

    Returns
    -------
    ndarray of float, same shape
        Stretched tones, not clipped.

    Examples
    --------
    >>> stretch(np.array([0.0, 0.2, -0.18, 0.6, -0.6, -1.2])).round(3).tolist()
    [0.0, 0.25, -0.25, 0.6, -0.74, -1.2]
    """
    size = np.abs(tone)
    cold, warm = (np.interp(size, *np.transpose(knots)) for knots in (COLD, WARM))
    inside = np.where(np.asarray(tone) < 0, cold, warm)
    return np.asarray(np.copysign(np.where(size < 1, inside, size), tone))
