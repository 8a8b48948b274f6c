"""Sentences on municipalities under similar conditions: the rule, who they are, where each stands among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb

from planbook.presentation.comparison.compare_labels import labels_of, plan_ids_of
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.tables import plan_attribute
from planbook.summary.comparison.peer_facts import (
    BASE_YEAR,
    YEARS,
    Measure,
    PeerComparison,
    PeerFigures,
    PlacePeers,
)
from planbook.summary.outlook.baseline import is_disturbed
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.codes import MunicipalityKind
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.rounding import NO_VALUE, format_number

KINDS: dict[MunicipalityKind, str] = {
    "designated_city": plain("政令指定都市"),
    "special_ward": plain("特別区"),
    "city": plain("市（政令指定都市を除く）"),
    "town_or_village": plain("町村"),
}
_ONE: dict[MunicipalityKind, str] = {
    "designated_city": plain("1市"),
    "special_ward": plain("1区"),
    "city": plain("1市"),
    "town_or_village": plain("1町村"),
}
_MANY: dict[MunicipalityKind, str] = {
    "designated_city": plain("{n}市"),
    "special_ward": plain("{n}区"),
    "city": plain("{n}市"),
    "town_or_village": plain("{n}町村"),
}
_SPANS: dict[Measure, str] = {
    "counted": plain("国勢調査の{start}年から{end}年までの人口の増減"),
    "projected": plain("社人研推計の{start}年から{end}年までの人口の増減"),
}
#: A projection carries on what was observed from the census before its base to its base.
OBSERVED_YEARS = 5
_LESS_LOSS, _MORE_LOSS = plain("減り方の小さい"), plain("減り方の大きい")
_GROWTH, _LESS_GROWTH = plain("増える"), plain("増え方の小さい")


def peers_counted(kind: MunicipalityKind, n: int) -> str:
    """Return how many peers there are, by what they are: 68市, 1町村."""
    return text(_ONE[kind]) if n == 1 else text(_MANY[kind], n=format_number(n))


def rule(page: Page, peers: PeerComparison) -> Html:
    """State the rule with its own figures; nothing without municipalities."""
    if not peers.places:
        return Html("")
    given = peers.rule
    return page.say(
        "条件の似た市区町村とは、区分（政令指定都市、特別区、そのほかの市、町村）が同じで、{year}年の国勢調査の人口が{share}倍から{most}倍まで、65歳以上の割合（年齢不詳を除く）の差が{points}ポイント以内の市区町村です。避難などで人口が大きく動いた市区町村や、人口のごく少ない村（全国で{outliers}）は、どこの相手にもしません。そのほかは、この規則だけで選んでいます。当てはまるものが{fewest}に満たないときは、条件を広げずに、そう書きます。",
        year=BASE_YEAR,
        share=_fraction(1 / given.largest_ratio),
        most=_fraction(given.largest_ratio),
        outliers=text("{n}市区町村", n=peers.outliers),
        points=format_number(float(given.share_points)),
        fewest=text("{n}市区町村", n=given.fewest),
    )


def _fraction(value: Fraction) -> str:
    """Return a ratio as readers say it: 4分の3; a whole number as it is."""
    if value.denominator == 1:
        return str(value.numerator)
    return text("{denominator}分の{numerator}", denominator=value.denominator, numerator=value.numerator)


def conditions(page: Page, peers: PeerComparison) -> Html:
    """List what the rule asks of each municipality's peers, and how many there are; nothing without any."""
    labels = labels_of(peers.comparison)
    return _items(
        peers, ((item, _condition(page, peers, item, labels[item.place.code])) for item in peers.places)
    )


def _condition(page: Page, peers: PeerComparison, item: PlacePeers, place: str) -> Html:
    if item.missing == "not_listed":
        return page.words(
            "{place}：全国の市区町村の表に値がないので、条件の似た市区町村を選べません。", place=place
        )
    if item.missing == "left_out":
        return page.words(
            "{place}：{reason}。増減の率をほかと比べにくいので、条件の似た市区町村を選びません。",
            place=place,
            reason=_outlier_reason(page, item.place.code),
        )
    said = page.words(
        "{place}（人口{persons}、65歳以上{share}）：{kind}で、人口{least}から{most}まで、65歳以上の割合{low}から{high}まで。当てはまるのは{peers}です。",
        place=place,
        persons=item.own.persons[BASE_YEAR],
        share=item.own.old_share or NO_VALUE,
        kind=text(KINDS[item.kind]),
        least=item.persons_limits[0],
        most=item.persons_limits[1],
        low=item.share_limits[0] if item.share_limits else NO_VALUE,
        high=item.share_limits[1] if item.share_limits else NO_VALUE,
        peers=peers_counted(item.kind, len(item.peers)),
    )
    if item.missing == "few":
        said += page.words(
            "{fewest}に満たないので、幅は示しません。", fewest=text("{n}市区町村", n=peers.rule.fewest)
        )
    if item.left_out:
        said += page.words(
            "{names}も条件が合いますが、避難などで人口が大きく動いたか、人口がごく少ないので、除いています。",
            names=_names(item.left_out),
        )
    return said


def _outlier_reason(page: Page, code: str) -> str:
    row = page.reference.row("outlier_municipalities", code)
    return getattr(row, f"reason_{current_language()}").rstrip("。.")


def _names(figures: Sequence[PeerFigures]) -> str:
    return text("、").join(
        text("{name}（{prefecture}）", name=item.name, prefecture=item.prefecture) for item in figures
    )


def mutual(page: Page, peers: PeerComparison) -> Html:
    """Say which of the compared municipalities are peers of one another; nothing with fewer than two."""
    if len(peers.places) < 2:
        return Html("")
    labels, ids = labels_of(peers.comparison), plan_ids_of(peers.comparison)
    if not peers.mutual:
        return page.say("ならべた市区町村どうしでは、互いに条件の似た組はありません。")
    items = [
        (
            _both(ids[one.place.code], ids[other.place.code]),
            page.words(
                "{one}と{other}は、互いに条件の似た市区町村です。",
                one=labels[one.place.code],
                other=labels[other.place.code],
            ),
        )
        for one, other in peers.mutual
    ]
    if len(items) == comb(len(peers.places), 2):
        return _list(items)
    return _list(items) + page.say("ならべた市区町村のほかの組は、条件のどれかが合いません。")


def _both(one: str, other: str) -> str:
    """Return the plans of a pair: shown while a plan of either place is chosen together with one of the other."""
    return " ".join(f"{a}+{b}" for a in one.split() for b in other.split())


def positions(page: Page, peers: PeerComparison, measure: Measure) -> Html:
    """List where each municipality stands among its peers; nothing where there is no spread at all."""
    labels = labels_of(peers.comparison)
    said = ((item, position(page, item, measure, labels[item.place.code])) for item in peers.places)
    return _items(peers, ((item, words) for item, words in said if words is not None))


def position(page: Page, item: PlacePeers, measure: Measure, place: str) -> Html | None:
    """Say where a municipality stands among its peers, in which half or beyond, never on which place.

    None where it has no peers to speak of: `conditions` says why.
    """
    if item.missing:
        return None
    start, end = YEARS[measure]
    spread, own = item.spreads.get(measure), item.changes.get(measure)
    values = {
        "place": place,
        "span": text(_SPANS[measure], start=start, end=end),
        "peers": peers_counted(item.kind, spread.n if spread else len(item.peers)),
    }
    if spread is None:
        held = sum(measure in peer.changes for peer in item.peers)
        return page.words(
            "{place}と条件の似た{peers}のうち、{span}がわかるのは{n}だけなので、幅を示しません。",
            n=peers_counted(item.kind, held),
            **values,
        )
    figures = {name: getattr(spread, name) for name in ("least", "low", "high", "most")}
    if spread.position is None:
        return page.words(
            "{place}の{span}は、値がありません。条件の似た{peers}では{least}から{most}まで、中ほどの半分は{low}から{high}までです。",
            **figures,
            **values,
        )
    said = page.words(_template(item, measure), own=own, side=_side(item, measure), **figures, **values)
    return said + _without_value(page, item, measure) + _unusual_years(page, item, measure, place)


def _without_value(page: Page, item: PlacePeers, measure: Measure) -> Html:
    """Say how many peers have no value and are not counted; nothing where all have one."""
    lacking = len(item.peers) - item.spreads[measure].n
    if not lacking:
        return Html("")
    return page.words(
        "条件の似た{peers}のうち{n}は、値がないので数えていません。",
        peers=peers_counted(item.kind, len(item.peers)),
        n=peers_counted(item.kind, lacking),
    )


def _unusual_years(page: Page, item: PlacePeers, measure: Measure, place: str) -> Html:
    """Say that years unlike others lie in the change, or in the years whose movement a projection carries on."""
    start, end = YEARS[measure]
    if measure == "projected":
        start, end = start - OBSERVED_YEARS, start
    if not is_disturbed(item.place.plan.municipality.file, start, end):
        return Html("")
    if measure == "counted":
        return page.words(
            "この期間の{place}には、このページの初めに挙げた、ふだんと違う年が含まれます。", place=place
        )
    return page.words(
        "推計のもとになった{start}〜{end}年の{place}の動きには、このページの初めに挙げた、ふだんと違う年が含まれます。",
        place=place,
        start=start,
        end=end,
    )


def _template(item: PlacePeers, measure: Measure) -> str:
    spread = item.spreads[measure]
    if spread.position == "same":
        return plain("{place}の{span}（{own}）は、条件の似た{peers}のどれとも同じです。")
    if str(spread.least) == str(spread.most):
        return plain("{place}の{span}（{own}）は、どれも{least}の条件の似た{peers}より、{side}側にあります。")
    if spread.position == "inside":
        return plain(
            "{place}の{span}（{own}）は、条件の似た{peers}の中ほどの半分（{low}〜{high}）に入ります。"
        )
    if spread.position in ("below_half", "above_half"):
        return plain(
            "{place}の{span}（{own}）は、条件の似た{peers}の幅（{least}〜{most}）の中で、中ほどの半分（{low}〜{high}）より{side}側にあります。"
        )
    return plain(
        "{place}の{span}（{own}）は、条件の似た{peers}の幅（{least}〜{most}）の外で、{side}側にあります。"
    )


def _side(item: PlacePeers, measure: Measure) -> str:
    """Name the direction by what happens to the population, not by the sign of a number."""
    own: Number = item.changes[measure]
    if item.spreads[measure].position in ("below_half", "below_all"):
        return text(_MORE_LOSS if own.value < 0 else _LESS_GROWTH)
    return text(_LESS_LOSS if own.value < 0 else _GROWTH)


def _items(peers: PeerComparison, said: Iterable[tuple[PlacePeers, Html]]) -> Html:
    ids = plan_ids_of(peers.comparison)
    return _list([(ids[item.place.code], words) for item, words in said])


def _list(items: Sequence[tuple[str, Html]]) -> Html:
    if not items:
        return Html("")
    return Html("<ul>" + "".join(f"<li{plan_attribute(ids)}>{words}</li>" for ids, words in items) + "</ul>")
