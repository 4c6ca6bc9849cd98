"""What every output of a run must carry, said once."""

from __future__ import annotations

from detente import wording

__all__ = ["EXAMPLE_DATA", "study_notices"]

#: Stands on every output while example rows remain.
EXAMPLE_DATA = "EXAMPLE DATA"


def study_notices(
    *,
    n_example: int = 0,
    n_rejected: int = 0,
    n_unscored: int = 0,
    n_set_aside: int = 0,
    n_outside: int = 0,
) -> tuple[str, ...]:
    """Say what a reader of any output has to know about the rows behind it.

    Parameters
    ----------
    n_example : int
        Rows of a placeholder speaker ("Example Minister").
    n_rejected : int
        Bad rows that were set aside.
    n_unscored : int
        Statements without a tone.
    n_set_aside : int
        Rows of another dyad.
    n_outside : int
        Statements outside the study's period.

    Returns
    -------
    tuple of str
        One notice per count that is not zero, the gravest first.

    Examples
    --------
    >>> study_notices(n_unscored=2, n_rejected=1)
    ('1 bad row set aside', '2 statements without tone')
    >>> study_notices()
    ()
    """
    told = [
        (n_example, EXAMPLE_DATA),
        (n_rejected, f"{wording.count(n_rejected, 'bad row')} set aside"),
        (n_unscored, f"{wording.count(n_unscored, 'statement')} without tone"),
        (n_set_aside, f"{wording.count(n_set_aside, 'row')} of another dyad set aside"),
        (n_outside, f"{wording.count(n_outside, 'statement')} outside the period set aside"),
    ]
    return tuple(text for n, text in told if n)
