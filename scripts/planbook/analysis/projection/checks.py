"""What a projection refuses, said with the keys of the cells at fault."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planbook.vocabulary.errors import InputError, Message, Problem, message

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: Cells that a message names; the rest is counted.
NAMED = 5


def name_cells(mask: Mask, axes: Sequence[Sequence[str]]) -> str:
    """Name the first cells that `mask` marks by their labels, and count them.

    Parameters
    ----------
    mask : shape as long as the labels in `axes`, one axis each.
    axes : the labels of each axis.

    Examples
    --------
    >>> name_cells(np.array([[True, False], [True, True]]), (("07210", "07202"), ("0-4", "5-9")))
    '07210 0-4, 07202 0-4, 07202 5-9 (n=3)'
    """
    cells = np.argwhere(mask)
    names = [" ".join(axes[axis][at] for axis, at in enumerate(cell)) for cell in cells[:NAMED]]
    return f"{', '.join(names)}{', …' if len(cells) > NAMED else ''} (n={len(cells)})"


def refuse_cells(what: Message, mask: Mask, axes: Sequence[Sequence[str]], remedy: Message) -> None:
    """Raise an `InputError` that names the marked cells; do nothing where none is marked."""
    if mask.any():
        raise InputError(Problem(what=what, found=name_cells(mask, axes), remedy=remedy))


def require_shape(name: str, array: Array, shape: tuple[int, ...], *, whole: bool = False) -> None:
    """Raise an `InputError` unless `array` has `shape`; an axis of 1 stands for all unless it must be `whole`."""
    fits = array.ndim == len(shape) and all(
        have == want or (have == 1 and not whole) for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits:
        expected = (
            message("{shape}", shape=shape) if whole else message("{shape}（どの軸も1でもよい）", shape=shape)
        )
        raise InputError(
            Problem(
                what=message("配列「{name}」の形が合いません。", name=name),
                found=str(array.shape),
                allowed=expected,
                remedy=message("軸の順は、期間、シナリオ、市区町村、性、年齢です（ない軸は飛ばします）。"),
            )
        )


def is_within(array: Array, upper: float = np.inf) -> bool:
    """Tell whether every value is finite and in 0…upper: two passes, where naming the cells takes many.

    Examples
    --------
    >>> is_within(np.array([0.0, 1.0])), is_within(np.array([0.5, np.nan])), is_within(np.array([1.2]), 1)
    (True, False, False)
    """
    if not array.size:
        return True
    high = array.max()
    return bool(array.min() >= 0 and high <= upper and np.isfinite(high))


def require_persons(persons: Array, axes: Sequence[Sequence[str]]) -> None:
    """Raise an `InputError` for persons that are missing, infinite or negative."""
    if is_within(persons):
        return
    refuse_cells(
        message("人口がない、または有限の数でないセルがあります。"),
        ~np.isfinite(persons),
        axes,
        message("欠けた値は0とみなしません。元の表にその行があるかを確かめてください。"),
    )
    refuse_cells(
        message("人口が負のセルがあります。"),
        persons < 0,
        axes,
        message("元の表の符号と、率の合計（生残率＋純移動率）が0以上であることを確かめてください。"),
    )


def require_rates(name: str, rates: Array, axes: Sequence[Sequence[str]], upper: float = np.inf) -> None:
    """Raise an `InputError` for rates that are missing, below zero or above `upper`.

    Parameters
    ----------
    name : the rate, as a message calls it.
    rates : any shape.
    axes : the labels of each axis; an axis of length 1 that stands for all has one label.
    upper : the largest value allowed; 1 for survival.
    """
    if is_within(rates, upper):
        return
    refuse_cells(
        message("率「{name}」に欠けた値があります。", name=name),
        ~np.isfinite(rates),
        axes,
        message("欠けた率は0とみなしません。代わりの率を使うなら、その旨を明示して与えてください。"),
    )
    with np.errstate(invalid="ignore"):
        outside = (rates < 0) | (rates > upper)
    bounds = message("0以上") if np.isinf(upper) else message("0から{upper}まで", upper=upper)
    raise InputError(
        Problem(
            what=message("率「{name}」が取りうる範囲の外にあります。", name=name),
            found=name_cells(outside, axes),
            allowed=bounds,
            remedy=message("率の単位（比、百分率）と、元にした人口の年次を確かめてください。"),
        )
    )


def require_horizon(base_year: int, horizon: int, width: int = 5) -> int:
    """Return the number of steps to `horizon`; an `InputError` unless it is a multiple of `width` ahead."""
    span = horizon - base_year
    if span <= 0 or span % width:
        raise InputError(
            Problem(
                what=message(
                    "推計の最終年は、基準年から{width}年の倍数だけ後の年でなければなりません。", width=width
                ),
                place={"key": "horizon"},
                found=str(horizon),
                allowed=message("{years}", years=[base_year + width * step for step in range(1, 8)]),
                remedy=message(
                    "基準年は{base}年です。間の年を推計するには補間であることを明示してください。",
                    base=base_year,
                ),
            )
        )
    return span // width


def require_steps(name: str, given: int, wanted: int) -> None:
    """Raise an `InputError` where rates are given for fewer steps than a projection has."""
    if given < wanted:
        raise InputError(
            Problem(
                what=message("率「{name}」の期間が推計の期間より少ないです。", name=name),
                found=str(given),
                allowed=message("{wanted}期間（1期間は5年）", wanted=wanted),
                remedy=message("最後の率を延ばすなら、その仮定を明示して与えてください。"),
            )
        )


def name_axes(shape: Sequence[int], labels: Sequence[str | Sequence[str]]) -> list[Sequence[str]]:
    """Give every axis of rates its labels; a name alone is numbered, an axis that stands for all is 「*」.

    Examples
    --------
    >>> name_axes((2, 1, 2), ("step", ("07210", "07202"), ("female", "male")))
    [('step1', 'step2'), ('*',), ('female', 'male')]
    """
    named: list[Sequence[str]] = []
    for size, label in zip(shape, labels, strict=True):
        if isinstance(label, str):
            named.append(tuple(f"{label}{at + 1}" for at in range(size)))
        else:
            named.append(label if len(label) == size else ("*",) * size)
    return named
