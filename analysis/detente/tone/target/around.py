"""How far expressions stand from parties, grammar words and each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.context import Context
from detente.tone.target.lexicon import KINDS
from detente.tone.target.matching import Hits
from detente.tone.target.tokens import Ints

__all__ = ["FAR", "Around", "Places", "group_near", "sense_near", "token_at"]

_Value = TypeVar("_Value", bound=np.generic)
_Answer = TypeVar("_Answer")

#: The distance to what is not there.
FAR = 999


class Around:
    """Distances from expressions to marked tokens, in tokens.

    A mark is named: a side ("target", "source", "third", "relation", or "named" for any party
    and "actor" for one that no preposition governs), a role of grammar words, or a kind of
    the expressions themselves. It may also be given as ascending positions of tokens.

    Parameters
    ----------
    hits : Hits
        The expressions, in order.
    context : Context
        Their surroundings.
    among : Hits, optional
        All expressions, of which those of some kind are marks; left out, `hits`.
    """

    def __init__(self, hits: Hits, context: Context, among: Hits | None = None) -> None:
        self.hits = hits
        self.context = context
        self.among = hits if among is None else among
        self._before: dict[str, Ints] = {}
        self._after: dict[str, Ints] = {}
        self._begin: dict[str, Ints] = {}
        self._end: dict[str, Ints] = {}
        self._told: dict[Callable[[Around], Any], Any] = {}

    def once(self, rule: Callable[[Around], _Answer]) -> _Answer:
        """Return what a rule tells of these expressions, which it is asked but once.

        Parameters
        ----------
        rule : callable
            Takes these surroundings.

        Returns
        -------
        object
            Its answer, not to be changed.
        """
        if rule not in self._told:
            self._told[rule] = rule(self)
        answer: _Answer = self._told[rule]
        return answer

    def where(self, chosen: NDArray[np.bool_]) -> Around:
        """Return the surroundings of some of the expressions; all remain marks."""
        return Around(self.hits.where(chosen), self.context, self.among)

    def left(self, mark: str | Ints, within: str = "clause") -> Ints:
        """Return the distance to the nearest mark before each expression.

        Parameters
        ----------
        mark : str or ndarray of int
            What is looked for.
        within : {"clause", "stretch", "sentence"}
            Where; the one in which the expression begins.

        Returns
        -------
        ndarray of int, shape of hits
            1 for the token right before; `FAR` where there is none.
        """
        begin = self._begin.get(within)
        if begin is None:
            of, border = self.context.segments(within)
            begin = self._begin[within] = border[of[self.hits.first]]
        if isinstance(mark, str):
            at = self._before.get(mark)
            if at is None:
                at = self._before[mark] = self._first.before(self._marked(mark))
        else:
            at = self._first.before(mark)
        return np.where(at >= begin, self.hits.first - at, FAR)

    def right(self, mark: str | Ints, within: str = "clause") -> Ints:
        """Return the distance to the nearest mark after each expression, as `left` does.

        Parameters
        ----------
        mark, within
            As for `left`; the clause is the one in which the expression ends.

        Returns
        -------
        ndarray of int, shape of hits
            1 for the token right behind; `FAR` where there is none.
        """
        end = self._end.get(within)
        if end is None:
            of, border = self.context.segments(within)
            end = self._end[within] = border[of[self.hits.last] + 1]
        if isinstance(mark, str):
            at = self._after.get(mark)
            if at is None:
                at = self._after[mark] = self._last.after(self._marked(mark))
        else:
            at = self._last.after(mark)
        return np.where(at < end, at - self.hits.last, FAR)

    def holds(self, mark: str) -> NDArray[np.bool_]:
        """Tell which expressions have the mark before or behind them in their clause."""
        result: NDArray[np.bool_] = (self.left(mark) < FAR) | (self.right(mark) < FAR)
        return result

    @cached_property
    def owner(self) -> Ints:
        """Whose each expression is by its grammar: "American threats", "threats by Kiev"."""
        context, hits = self.context, self.hits
        gap = self.left("named")
        at = hits.first - gap
        holds = (gap <= 2) & token_at(context.is_free | context.is_adjective, at)
        holds |= (gap <= 4) & token_at(context.is_possessive, at)
        owner = np.where(holds, token_at(context.party, at), 0)
        gap = self.right("named")
        at = hits.last + gap
        # "annexation of", "killing of": whom a cold noun owns by "of" is its victim.
        by = np.where(
            hits.valence < 0, token_at(context.is_agent, at), token_at(context.is_owner, at)
        )
        return np.where((owner == 0) & (gap <= 4) & by, token_at(context.party, at), owner)

    @cached_property
    def doer(self) -> Ints:
        """Side of the last party before each expression that no preposition governs."""
        return self.side_before("clause")

    def side_before(self, within: str) -> Ints:
        """Return the side of the actor before each expression: TARGET, SOURCE, THIRD, NOBODY."""
        gap = self.left("actor", within)
        return np.where(gap < FAR, token_at(self.context.party, self.hits.first - gap), 0)

    @cached_property
    def _first(self) -> Places:
        return Places(self.hits.first, len(self.context.table))

    @cached_property
    def _last(self) -> Places:
        return Places(self.hits.last, len(self.context.table))

    def _marked(self, mark: str) -> Ints:
        if mark in self.context.sides:
            return self.context.sides[mark]
        if mark in KINDS:
            return self.among.first[self.among.are(mark)]
        return self.context.role(mark).first


class Places:
    """Some tokens of a table, asked for the marked ones nearest to them.

    Parameters
    ----------
    at : ndarray of int, shape (n,)
        Their positions, ascending.
    n_tokens : int
        Length of the table.

    Examples
    --------
    >>> places = Places(np.array([3, 4, 7]), 9)
    >>> places.before(np.array([3, 5])).tolist(), places.after(np.array([3, 5])).tolist()
    ([-1, 3, 5], [5, 5, 9])
    """

    def __init__(self, at: Ints, n_tokens: int) -> None:
        self._n = len(at)
        self._n_tokens = n_tokens
        # How many of them stand before each token, and before the table's end.
        self._passed = np.repeat(np.arange(self._n + 1), _runs(at + 1, n_tokens + 1))

    def before(self, marked: Ints) -> Ints:
        """Return for each place the largest marked position below it, or -1."""
        until = self._passed[marked + 1]
        return np.repeat(np.concatenate([[-1], marked]), _runs(until, self._n))

    def after(self, marked: Ints) -> Ints:
        """Return for each place the smallest marked position above it, or `n_tokens`."""
        until = self._passed[marked]
        return np.repeat(np.concatenate([marked, [self._n_tokens]]), _runs(until, self._n))


def _runs(until: Ints, n: int) -> Ints:
    """Return the lengths of the runs into which these places cut n rows."""
    edges: Ints = np.concatenate([[0], until, [n]])
    lengths: Ints = edges[1:] - edges[:-1]
    return lengths


def token_at(mask: NDArray[_Value], where: Ints) -> NDArray[_Value]:
    """Return what an array over tokens holds at some positions.

    Parameters
    ----------
    mask : ndarray, shape (n_tokens,)
        One value a token.
    where : ndarray of int
        Positions; those outside the table are moved to its ends.

    Returns
    -------
    ndarray, shape of where
        The values.
    """
    return mask.take(where, mode="clip")


def group_near(context: Context, of: Ints, step: int) -> Ints:
    """Return the groups of the tokens some steps from others, in the same sentence.

    Parameters
    ----------
    context : Context
        The batch.
    of : ndarray of int
        Positions of tokens.
    step : int
        How many tokens further on; below 0, before.

    Returns
    -------
    ndarray of int, shape of `of`
        0 where the sentence ends before.
    """
    return _near(context, context.table.group, of, step)


def sense_near(context: Context, of: Ints, step: int) -> Ints:
    """Return the senses of the tokens some steps from others, as `group_near` their groups.

    Parameters
    ----------
    context : Context
        The batch.
    of : ndarray of int
        Positions of tokens.
    step : int
        How many tokens further on; below 0, before.

    Returns
    -------
    ndarray of int, shape of `of`
        0 where the sentence ends before.
    """
    return _near(context, context.table.sense, of, step)


def _near(context: Context, values: Ints, of: Ints, step: int) -> Ints:
    table = context.table
    at = np.clip(of + step, 0, len(table) - 1)
    inside = (table.sentence[at] == table.sentence[of]) & (at == of + step)
    result: Ints = np.where(inside, values[at], 0)
    return result
