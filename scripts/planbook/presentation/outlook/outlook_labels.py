"""What the parts of an outlook are called: scenarios, worlds, readings, ages."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from planbook.load.plan import Plan
from planbook.load.reference import Reference
from planbook.summary.outlook.needs import Need, Seen
from planbook.summary.outlook.stated_worlds import World
from planbook.summary.population_facts import target_number
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number, number

#: What a plan's words leave open, by field of the scenario.
QUESTIONS = {
    "reading": plain("「○年までに」の意味"),
    "signs": plain("移動率の縮小が及ぶ年齢"),
    "ages": plain("年齢の上限"),
    "ages_at": plain("年齢のとらえ方"),
    "from_year": plain("移動率の変わり方"),
    "overlap": plain("規則が重なるとき"),
}
_ANSWERS = {
    ("reading", "interval"): plain("その年までの5年間の出生がその率"),
    ("reading", "point"): plain("その年にちょうど達する"),
    ("signs", "all"): plain("転入超過の年齢も縮小"),
    ("signs", "negative"): plain("転出超過の年齢だけ縮小"),
    ("ages_at", "start"): plain("5年間の初めの年齢"),
    ("ages_at", "end"): plain("5年間の終わりの年齢"),
    ("from_year", "gradual"): plain("目標年へ少しずつ"),
    ("from_year", "at_once"): plain("目標年から一度に"),
    ("overlap", "last"): plain("あとの規則が優先"),
    ("overlap", "product"): plain("両方をかける"),
}
GROUP_LABELS = {
    "women_20_39": plain("女性20〜39歳"),
    "age_5_14": plain("5〜14歳（小中学生の年齢にほぼあたる）"),
    "age_75_over": plain("75歳以上"),
    "age_85_over": plain("85歳以上"),
}
REASONS = {
    "no_projection": plain("この市区町村には、比べられる将来推計がありません。シナリオは作れません。"),
    "no_base_ages": plain(
        "推計の基準年の年齢別人口がなく、近い時点の住民基本台帳の年齢別人口もないため、シナリオを作れません。"
    ),
    "no_migration_pattern": plain(
        "年齢別の国勢調査が続けて2回分ないため、年齢別の移動の型が得られず、シナリオを作れません。"
    ),
    "base_mismatch": plain(
        "推計の基準年の総数が、その年の年齢別人口の合計と0.5%より大きく違うため、シナリオを作れません。表の写し間違いか、市域の違いを確かめてください。"
    ),
    "empty_cohort": plain(
        "人口が0人の年齢階級があり、移動の率を計算できないため、シナリオを作れません。都道府県などの率は手元にありません。"
    ),
    "off_grid": plain("将来推計の年が5年おきにそろっていないため、シナリオを作れません。"),
}

#: Why the plan's own assumptions are not computed.
ABSENT = {
    "no_assumption": plain(
        "この資料に将来の出生率や移動率の仮定の掲載がないため、目標が自らの仮定から出てくるかは、ここでは確かめられません。"
    ),
    "unread_only": plain(
        "この資料の出生率や移動率の仮定は、計算の規則として読めないため、目標が自らの仮定から出てくるかは、ここでは確かめられません。"
    ),
    "no_dated_target": plain(
        "この資料に年のある人口の目標の掲載がないため、仮定から計算した人口と比べられません。"
    ),
    "target_off_grid": plain(
        "目標の年が、推計の5年おきの年にあたらないため、仮定から計算した人口と比べられません。"
    ),
    "target_beyond": plain("目標の年が推計の最後の年より先なので、仮定から計算した人口と比べられません。"),
    "target_past": plain("目標の年が計算の始まりより前なので、仮定から計算した人口と比べられません。"),
    "no_data": plain(
        "計画の仮定をあてはめる推計や年齢別人口がこの本のデータにないため、目標が自らの仮定から出てくるかは、ここでは確かめられません。"
    ),
}
#: Why nothing is computed as at adoption.
ADOPTION_MISSING = {
    "no_edition": plain(
        "計画の始まりより前に公表された推計の版が分からないため、策定時の前提では計算していません。"
    ),
    "no_rule": plain("策定時の推計の版の仮定がこの本のデータにないため、策定時の前提では計算していません。"),
    "no_census": plain(
        "策定時の推計の基準となる国勢調査か、その5年前の国勢調査の年齢別人口がこの本のデータにないため、策定時の前提では計算していません。"
    ),
    "empty_cohort": plain(
        "策定時の国勢調査に人口が0人の年齢階級があり、移動の率を求められないため、策定時の前提では計算していません。"
    ),
    "too_late": plain(
        "策定時の推計の年のうちに、計画の仮定があてはまる期間がないため、策定時の前提では計算していません。"
    ),
}


def pattern_name(reference: Reference, edition: str) -> str:
    """Return what the first scenario is called: パターン1 is a name of IPSS's projection alone."""
    return text("パターン1") if _is_ipss(reference, edition) else text("パターン1にあたる推計")


def _is_ipss(reference: Reference, edition: str) -> bool:
    return reference.row("editions", edition).series == "ipss"


def scenario_labels(plan: Plan, edition: str, tfr: float) -> dict[str, tuple[str, str]]:
    """Return scenario → its sign and its name for readers.

    Parameters
    ----------
    plan : with the names of editions.
    edition : that the first scenario was fitted to.
    tfr : births per woman that the simulations assume.
    """
    usual = (
        text("パターン1（社人研推計に合わせた推計）")
        if _is_ipss(plan.reference, edition)
        else text("{edition}に合わせた推計", edition=plan.reference.label("editions", edition))
    )
    return {
        "pattern-1": ("pattern_1", usual),
        "simulation-1": ("simulation_1", text("シミュレーション1（出生率が{tfr}へ）", tfr=f"{tfr:g}")),
        "simulation-2": (
            "simulation_2",
            text("シミュレーション2（出生率が{tfr}へ、移動が0）", tfr=f"{tfr:g}"),
        ),
        "closed": ("closed", text("封鎖人口（移動が0）")),
    }


def question_words(key: str, keys: Collection[str]) -> str:
    """Return what a question is about; told apart by the assumption where two of one kind are asked the same.

    Parameters
    ----------
    key : from `question_key`.
    keys : of all the questions.
    """
    field, _, position = key.partition("@")
    words = text(QUESTIONS[field])
    alike = sum(other.partition("@")[0] == field for other in keys)
    return text("{words}（{n}番目の移動の仮定）", words=words, n=int(position) + 1) if alike > 1 else words


def answer_words(key: str, answer: str) -> str:
    """Return one answer for readers: 転出超過の年齢だけ縮小."""
    words = _ANSWERS.get((key.partition("@")[0], answer))
    if words:
        return text(words)
    low, _, high = answer.partition("-")
    return text("{low}〜{high}歳", low=low, high=high)


def world_words(plan: Plan, world: World) -> str:
    """Return what was known: 策定時：社人研推計（平成25年3月推計）にならう."""
    edition = plan.reference.label("editions", world.edition)
    year = world.rates.base.year
    if world.key == "adoption":
        return text("策定時：{edition}にならう", edition=edition)
    if world.key == "adoption_unshrunk":
        return text("策定時：移動の縮小を見込まない")
    if world.key == "today":
        return text("現在：{edition}に合わせ{year}年から", edition=edition, year=year)
    return text("その後：{edition}", edition=edition)


def aim_words(plan: Plan, need: Need) -> str:
    """Return what is to be reached: 2040年に45,000人に届く; without a target, the benchmark of keeping today's people."""
    if need.target is None:
        return text("{year}年も今の人口を保つ", year=need.year)
    return text("{year}年に{persons}に届く", year=need.year, persons=target_number(plan, need.target))


def interval_words(seen: Seen) -> str:
    """Return five years that have been, with what is special about them."""
    words = text("{start}〜{end}年", start=seen.start, end=seen.end)
    if seen.bridged:
        words += text("（{year}年の年齢は接続値）", year=seen.end)
    return words


def rough(value: float, unit: str = "persons", *, sign: bool = False, formula: str | None = None) -> Number:
    """Return a computed figure as a rough one: 3 digits and a half carry more than a projection knows.

    Examples
    --------
    >>> str(rough(15279.4)), str(rough(208.3)), str(rough(47.9))
    ('約15,300人', '約210人', '約48人')
    """
    return replace(
        number(value, unit, decimals=_rough_decimals(value), sign=sign, formula=formula), qualifier="about"
    )


def rough_at_least(value: float, unit: str = "persons", *, formula: str | None = None) -> Number:
    """Return a positive figure as a rough one that 以上 may follow: never more than it is.

    Examples
    --------
    >>> str(rough_at_least(2455.0)), str(rough_at_least(2460.0))
    ('約2,450人', '約2,460人')
    """
    step = 10 ** -_rough_decimals(value)
    return rough(math.floor(value / step) * step, unit, formula=formula)


def _rough_decimals(value: float) -> int:
    size = abs(value)
    return -2 if size >= 10_000 else -1 if size >= 100 else 0
