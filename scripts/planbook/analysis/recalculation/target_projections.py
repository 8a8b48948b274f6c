"""The rule on targets beside projections.

What came out after the plan began is hindsight and is worded so: it tells nothing of the plan's making.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planbook.analysis.population import find_crossing, select_totals
from planbook.analysis.recalculation.checks import Check, Outcome
from planbook.analysis.recalculation.editions import is_later, listed_gaps
from planbook.analysis.recalculation.official import EditionInfo, Projected
from planbook.analysis.recalculation.registry import rule
from planbook.analysis.recalculation.statements import Statements, plan_place
from planbook.analysis.recalculation.words import edition_words, persons, says, sentences, when
from planbook.vocabulary.catalogue import plain
from planbook.vocabulary.errors import Message, message
from planbook.vocabulary.schemas.plan_file import PopulationTarget


@rule(
    "R33",
    plain("目標と将来推計"),
    plain(
        "人口の目標を、手元の将来推計の同じ年の値と比べ、差と率を示します。目標年が書かれていなければ、最も新しい推計がその人口まで減る時期を示します。"
        "計画の前に公表された版があれば、それで目標の高さを述べます。"
        "後に公表された版との差は、後から分かったことです。目標は、推計についての記述ではなく、めざす水準です。推計より多くても少なくても"
        "正しいか誤りかは決まらないので、一致・不一致とはせず、差だけを示します。"
    ),
)
def check_targets(statements: Statements) -> Iterator[Check]:
    """Show each target beside the editions of its year; one without a year beside the newest edition's path."""
    for target in statements.file.outlook.targets:
        outcome = _undated(statements, target) if target.year is None else _target(statements, target)
        if outcome is not None:
            yield outcome.of("R33", target.id, says(target.as_written), (plan_place(target),))


def _undated(statements: Statements, target: PopulationTarget) -> Outcome | None:
    """Say when the newest projection falls to a target without a year; None where it never does."""
    official = statements.official
    edition = next((one for one in official.editions if len(official.totals(one.edition)) > 1), None)
    if edition is None:
        return None
    totals = select_totals(official.projections, edition.edition)
    half = target.precision / 2 if target.qualifier == "about" else Decimal(0)
    value = target.population_persons
    days = [find_crossing(totals, value + off) for off in (half, Decimal(0), -half)]
    if None in days:
        return None
    first, middle, last = days
    shown = message(
        "{edition}を直線で補間すると、{date}に{value}まで減ります。",
        edition=edition_words(edition),
        date=when(middle.isoformat()[:7]),
        value=persons(value),
    )
    span = None
    if half:
        span = message(
            "概数の丸めの幅（{low}から{high}まで）では、{start}から{end}までです。",
            low=persons(value - half),
            high=persons(value + half),
            start=when(str(first.year)),
            end=when(str(last.year)),
        )
    reading = message("目標年が書かれていないため、推計との差は計算できません。")
    return Outcome("undecidable", shown, sentences(span, reading), "unwritten")


def _target(statements: Statements, target: PopulationTarget) -> Outcome:
    official = statements.official
    value, year = target.population_persons, target.year
    at_hand = [(edition, official.projected(edition.edition, year)) for edition in official.reaching(year)]
    if not at_hand:
        return Outcome(
            "undecidable", message("{year}年の将来推計は手元にありません。", year=year), nature="unwritten"
        )
    then = next((item for item in at_hand if not is_later(statements, item[0])), None)
    shown = listed_gaps(value, at_hand, year)
    if then is None:
        reading = message(
            "手元の版は計画より後の公表なので、策定時の推計に対する目標の高さは確かめられません。差は後から分かったことで、策定の誤りを示すものではありません。"
        )
        return Outcome("undecidable", shown, reading, "hindsight")
    later = (
        message("後に公表された版との差は、後から分かったことです。")
        if any(is_later(statements, edition) for edition, _ in at_hand)
        else None
    )
    # A target is an aim: it says nothing of the projection that could agree with it or contradict it.
    aim = message("推計との差は、目標が正しいか誤りかを示すものではありません。")
    return Outcome("undecidable", shown, sentences(_height(value, *then), aim, later), "unwritten")


def _height(value: Decimal, edition: EditionInfo, found: Projected) -> Message:
    name = edition_words(edition)
    if value > found.persons:
        return message("策定時の{edition}より多い人口をめざす目標です。", edition=name)
    if value == found.persons:
        return message("策定時の{edition}と同じ人口の目標です。", edition=name)
    return message("策定時の{edition}より少ない人口の目標です。", edition=name)
