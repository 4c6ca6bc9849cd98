"""What a scorer is: the protocols that a scorer of one's own keeps to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

__all__ = ["EvidenceScorer", "Forms", "Scorer", "ToneTrace", "TracePart", "TracingScorer"]

#: For each text the surface forms of one country: names, demonyms, capital, leaders.
Forms: TypeAlias = Sequence[Sequence[str]]


@runtime_checkable
class Scorer(Protocol):
    """An object that gives texts a tone.

    Attributes
    ----------
    name : str
        Name under which results are reported.
    parameters : mapping of str to object
        Everything that decides the numbers (library and version, rule of combination,
        limits), in values that JSON can hold; it is written into the manifest. With
        ``"is_target_directed": False`` the scorer reads no surface forms; left out, it does.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> isinstance(get_scorer("vader"), Scorer)
    True
    """

    @property
    def name(self) -> str:
        """Name under which results are reported."""
        ...

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers, in values that JSON can hold."""
        ...

    def score(
        self, texts: Sequence[str], targets: Forms, sources: Forms | None = None
    ) -> NDArray[np.float64]:
        """Give each text its tone toward its target.

        Parameters
        ----------
        texts : sequence of str, length n
            Texts with at least one letter.
        targets, sources : sequence of sequences of str, length n
            Surface forms of the addressed and of the speaking country on the day of each
            text, longest first. Made when an item is read, so a scorer that needs none
            does not pay for them.

        Returns
        -------
        ndarray of float64, shape (n,)
            Tone in [-1, 1]; NaN where the scorer finds no tone.
        """
        ...


@runtime_checkable
class EvidenceScorer(Scorer, Protocol):
    """A scorer that can tell a balanced text from one without evaluative words.

    A tone of 0 is ambiguous: praise and blame may cancel, or the scorer may know none of
    the words. `score_statements` asks this question of texts with tone 0.
    """

    def has_evidence(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Say for each text whether any word in it weighed on its tone; shape (n,)."""
        ...


class TracePart(Protocol):
    """One expression and what it gave; ``valence * factor`` is its share of the tone.

    `start` and `end` are offsets in the text in characters, the end excluded; both 0 where
    the part has no place in it, such as a model's constant. `entry` is what was matched,
    `valence` its weight there, `factor` all that multiplied it, `link` the party it was
    linked to. A part may also have `notes`, a sequence of str that says what changed its
    factor ("negated by 'not'"); `explain` shows them, the column `trace` leaves them out.
    """

    @property
    def start(self) -> int: ...  # noqa: D102 -- said above, as are the others
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def entry(self) -> str: ...  # noqa: D102
    @property
    def valence(self) -> float: ...  # noqa: D102
    @property
    def factor(self) -> float: ...  # noqa: D102
    @property
    def link(self) -> str: ...  # noqa: D102


class ToneTrace(Protocol):
    """How one text came by its tone.

    `unclipped` is the sum of valence times factor over `parts`, `tone` that sum clipped to
    [-1, 1]; both NaN where there is no tone. `flags` may hold "implicit_target" (the text
    does not name the target) and "no_evaluative_words".
    """

    @property
    def parts(self) -> Sequence[TracePart]: ...  # noqa: D102 -- said above, as are the others
    @property
    def unclipped(self) -> float: ...  # noqa: D102
    @property
    def tone(self) -> float: ...  # noqa: D102
    @property
    def flags(self) -> Sequence[str]: ...  # noqa: D102


@runtime_checkable
class TracingScorer(Scorer, Protocol):
    """A scorer that shows its working: tone, flags and parts of each text in one pass."""

    def trace_batch(
        self, texts: Sequence[str], targets: Forms, sources: Forms | None = None
    ) -> Sequence[ToneTrace]:
        """Return for each text the trace of the tone that `score` gives it.

        Parameters
        ----------
        texts : sequence of str, length n
            As for `score`.
        targets, sources : sequence of sequences of str, length n
            As for `score`.

        Returns
        -------
        sequence of ToneTrace, length n
            In the order of the texts; its tones are those of `score` up to 1e-9.
        """
        ...
