"""``planbook bench``: how long a projection takes, for all municipalities at once and one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from planbook.command.bilingual import Argument, Command
from planbook.command.console import say
from planbook.vocabulary.catalogue import plain, text

_HELP = plain(
    "計算の速さを測る（開発者向け）\n"
    "\n"
    "projection は、人口推計を全市区町村・全シナリオまとめて計算した場合と、市区町村とシナリオを一つずつ計算した場合の秒数を比べます。\n"
    "入力は乱数で作った架空の人口と率で、データのフォルダーは読みません。両方の結果が同じであることも確かめます。"
)
_EXAMPLES = (
    ("planbook bench projection", plain("1,741市区町村、20シナリオ、30年の推計を測る")),
    ("planbook bench projection --municipalities 100", plain("少ない市区町村で測る")),
)
_SEED = 20150101


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@click.argument(
    "subject",
    cls=Argument,
    metavar="projection",
    type=click.Choice(["projection"]),
    words=plain("測るもの。いまは projection（人口推計）だけです"),
)
@click.option(
    "--municipalities",
    type=click.IntRange(min=1),
    default=1741,
    show_default=True,
    help=plain("市区町村の数"),
)
@click.option(
    "--scenarios", type=click.IntRange(min=1), default=20, show_default=True, help=plain("シナリオの数")
)
@click.option(
    "--steps", type=click.IntRange(min=1), default=6, show_default=True, help=plain("期間の数（1期間は5年）")
)
def bench(subject: str, municipalities: int, scenarios: int, steps: int) -> None:
    """See ``_HELP``."""
    say(
        text(
            "{municipalities}市区町村 × {scenarios}シナリオ × {steps}期間（架空の入力）",
            municipalities=municipalities,
            scenarios=scenarios,
            steps=steps,
        )
    )
    together, apart, difference = time_projection(municipalities, scenarios, steps)
    say(text("まとめて計算：{seconds}秒", seconds=f"{together:.3f}"))
    say(text("一つずつ計算：{seconds}秒", seconds=f"{apart:.3f}"))
    say(text("比：{ratio}倍", ratio=f"{apart / together:.1f}"))
    say(text("結果の最大の差：{persons}人", persons=f"{difference:.1e}"))


def time_projection(municipalities: int, scenarios: int, steps: int) -> tuple[float, float, float]:
    """Project the same synthetic population twice: all at once, and one municipality and scenario at a time.

    Returns
    -------
    seconds at once, seconds one by one, and the largest difference of any cell in persons.

    Notes
    -----
    The loop is plain: one NumPy row a cohort and sex, no checks. Both times leave the making of the input out.
    """
    import numpy as np  # noqa: PLC0415

    _project_together(*make_input(1, 1, 1))  # so that imports are not timed
    base, survival, migration, ratios = make_input(municipalities, scenarios, steps)
    together, whole = _time(lambda: _project_together(base, survival, migration, ratios))
    apart, single = _time(lambda: _project_apart(base, survival, migration, ratios))
    return together, apart, float(np.abs(whole - single).max())


def make_input(municipalities: int, scenarios: int, steps: int) -> tuple:
    """Make persons, survival, net migration and child–woman ratios out of seeded random numbers."""
    import numpy as np  # noqa: PLC0415

    random = np.random.default_rng(_SEED)
    base = random.uniform(50, 5000, (municipalities, 2, 19))
    survival = np.linspace(0.999, 0.3, 19) * random.uniform(0.98, 1, (steps, municipalities, 2, 19))
    migration = random.uniform(-0.1, 0.1, (steps, scenarios, municipalities, 2, 19))
    ratios = random.uniform(0.1, 0.3, (steps, scenarios, municipalities))
    return base, survival, migration, ratios


def _time(work: Callable) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _project_together(base, survival, migration, ratios):
    import numpy as np  # noqa: PLC0415

    from planbook.analysis.projection.cohorts import Cohorts  # noqa: PLC0415
    from planbook.analysis.projection.engine import Fertility, project_population  # noqa: PLC0415
    from planbook.analysis.projection.transitions import make_net_transition  # noqa: PLC0415

    steps, scenarios, municipalities = ratios.shape
    cohorts = Cohorts(2020, tuple(f"{at:05d}" for at in range(municipalities)), base)
    transition = make_net_transition(survival[:, None], migration, cohorts)
    fertility = Fertility(ratios, np.full((steps, 1, 1), 105.0))
    names = tuple(str(at) for at in range(scenarios))
    return project_population(cohorts, transition, fertility, 2020 + 5 * steps, names).persons


def _project_apart(base, survival, migration, ratios):
    import numpy as np  # noqa: PLC0415

    steps, scenarios, municipalities = ratios.shape
    persons = np.empty((steps + 1, scenarios, *base.shape))
    persons[0] = base
    for scenario in range(scenarios):
        for town in range(municipalities):
            for step in range(steps):
                now = persons[step, scenario, town]
                after = persons[step + 1, scenario, town]
                for sex in (0, 1):
                    grown = now[sex] * (survival[step, town, sex] + migration[step, scenario, town, sex])
                    after[sex, 1:] = grown[:-1]
                    after[sex, -1] += grown[-1]
                children = after[0, 3:10].sum() * ratios[step, scenario, town]
                after[1, 0] = children * 105 / 205
                after[0, 0] = children - after[1, 0]
    return persons
