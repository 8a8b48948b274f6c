"""Fictional plans for the pages on goals, made in memory, and slips of grammar that no page may show."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape

from comparison_house import KITAMOTO, REPOSITORY, plan_of
from planbook.load.plan import Plan
from planbook.load.tables import Table
from planbook.presentation.html import Html
from planbook.presentation.page import open_comparison
from planbook.vocabulary.schemas import PLAN_TABLES

PILLARS = {"g1": "G1", "g2": "G2", "g3": "G3", "g4": "G4"}
TITLES = ("しごとをつくる", "人の流れをつくる", "子育てを支える", "まちを守る")
#: id, parent, level, number, title of every goal.
Goals = Sequence[tuple[str, str | None, str, str | None, str]]


def tops(n: int = 4, level: str = "basic_goal") -> list[tuple]:
    """Top goals g1, g2 …."""
    return [(f"g{i}", None, level, f"基本目標{i}", TITLES[(i - 1) % 4]) for i in range(1, n + 1)]


def measures(*counts: int) -> list[tuple]:
    """So many measures below g1, g2 …: g1-1, g1-2 …."""
    return [
        (f"g{i}-{k}", f"g{i}", "measure", f"施策{k}", f"{TITLES[(i - 1) % 4][:-3]}の施策{'甲乙丙丁戊己庚辛壬癸'[(k - 1) % 10]}")
        for i, n in enumerate(counts, 1)
        for k in range(1, n + 1)
    ]  # fmt: skip


def _stated(words: str) -> dict[str, str]:
    return {"as_written": words, "document": plan_of(KITAMOTO).file.documents[0].id, "locator": "L1"}


def _table(name: str, rows: Sequence[Mapping[str, object]]) -> Table:
    model = PLAN_TABLES[name]
    blank = dict.fromkeys(model.model_fields)
    made = tuple(model.model_validate({**blank, **row}) for row in rows)
    return Table(model, made, tuple(range(2, 2 + len(made))), f"{name}.csv")


def indicator(
    name: str, goal: str | None, base: str | None = None, target: str | None = None, unit: str = "人"
) -> dict:
    return {"name": name, "goal_id": goal, "base": base, "target": target, "unit": unit}


def _kpi_tables(indicators: Sequence[dict]) -> dict[str, Table]:
    if not indicators:
        return {}
    kpis = [
        {
            **_stated(one["name"]), "kpi_id": f"k{n}", "goal_id": one["goal_id"], "role": "kpi", "name": one["name"],
            "unit": one["unit"], "type": "level", "direction": "up",
        }
        for n, one in enumerate(indicators, 1)
    ]  # fmt: skip
    values = [
        {
            **_stated(f"{one[field]}{one['unit']}"), "kpi_id": f"k{n}", "kind": kind, "fiscal_year": "2020",
            "state": "number", "value": one[field], "unit": one["unit"],
        }
        for n, one in enumerate(indicators, 1)
        for kind, field in (("baseline", "base"), ("target", "target"))
        if one[field]
    ]  # fmt: skip
    found = {"kpis": _table("kpis", kpis)}
    return found | ({"kpi_values": _table("kpi_values", values)} if values else {})


def make_plan(
    number: int,
    goals: Goals = (),
    *,
    themes: Mapping[str, str] | None = None,
    links: Sequence[tuple[str | None, ...]] = (),
    confirmed: bool = False,
    indicators: Sequence[dict] = (),
    place: str = "架空市",
    code: str = "47999",
    kind: str = "strategy",
    title: str | None = None,
    start: int = 2015,
    end: int | None = None,
    related: Sequence[tuple[str, str, str]] = (),
    census: bool = False,
    **file: object,
) -> Plan:
    """Make a plan of a fictional place; without further words a whole strategy of the second national term.

    Parameters
    ----------
    themes : goal id → codes of themes, separated by blanks.
    links : id, other plan's id, id there; further the words here, the words there and a note.
    related : relation, plan id and title, as plan.yml names them.
    census : whether the place has the figures of a real one, or none at all.
    """
    model = plan_of(KITAMOTO)
    plan_id = f"{code}-{kind}-{number}"
    name = title or f"{place} 第{number}期"
    stated = _stated("x")
    period = model.file.period.model_copy(
        update={"start_fiscal_year": start, "end_fiscal_year": end or start + 4, **stated}
    )
    relations = [
        {"relation": relation, "title": title_, "plan_id": other, **stated}
        for relation, other, title_ in related
    ]
    values = model.file.model_dump(mode="json", by_alias=True) | {
        "plan_id": plan_id, "title": {"ja": name, "en": name}, "short_title": {"ja": name, "en": name},
        "municipality": code, "kind": kind, "generation": "gen2", "status": "adopted", "coverage": "full",
        "period": period.model_dump(mode="json"), "related": relations, "reviewers": [], "outlook": {},
        "editions": [],
    } | file  # fmt: skip
    tables = {
        "goals": _table(
            "goals",
            [
                {**_stated(f"{n or ''} {t}".strip()), "goal_id": g, "parent_id": p, "level": level, "number": n, "title": t}
                for g, p, level, n, t in goals
            ],
        )
    } | _kpi_tables(indicators)  # fmt: skip
    yes = "yes" if confirmed else "no"
    if themes:
        rows = [
            {"goal_id": goal, "theme": theme, "evidence": "語", "confirmed": yes}
            for goal, codes in themes.items()
            for theme in codes.split()
        ]
        tables["goal_themes"] = _table("goal_themes", rows)
    if links:
        rows = [
            {
                "goal_id": goal,
                "other_plan_id": plan,
                "other_goal_id": other,
                "evidence": reasons[0],
                "other_evidence": reasons[1],
                "note": reasons[2],
                "confirmed": yes,
            }
            for goal, plan, other, *given in links
            for reasons in [given or ("語", "語", None)]
        ]
        tables["goal_links"] = _table("goal_links", rows)
    here = model.municipality.file
    here = here.model_copy(
        update={"code": code, "name": here.name.model_copy(update={"ja": place, "en": place})}
    )
    municipality = replace(model.municipality, file=here, tables=model.municipality.tables if census else {})
    return replace(
        model, file=type(model.file).model_validate(values), tables=tables, commentary=None, municipality=municipality
    )  # fmt: skip


def many(n: int, make) -> list[Plan]:
    """Return n plans of n places: 架空1市, 架空2市 …; `make(i)` returns what `make_plan` takes."""
    return [
        make_plan(1, place=f"架空{i}市", code=f"{47900 + i}", title=f"架空{i}市 計画", **make(i))
        for i in range(1, n + 1)
    ]


def comparison(name: str = "goals"):
    """Open a page across plans."""
    return open_comparison(plan_of(KITAMOTO).reference, name)


# ------------------------------------------------------------------------------------------------- words of a page

_INLINE = re.compile(r"</?(?:a|span|small|mark|strong|em|b|sup)\b[^>]*>")
_BLOCKS = re.compile(r"<[^>]+>")
_DATA = re.compile(r"<script.*?</script>|<svg.*?</svg>", re.S)


def said(html: Html | None) -> str:
    """Return what a reader reads: inline markup leaves no gap, everything else begins a line."""
    words = _INLINE.sub("", _DATA.sub("", str(html or "")))
    lines = [re.sub(r"\s+", " ", unescape(line)).strip() for line in _BLOCKS.sub("\n", words).split("\n")]
    return "\n".join(line for line in lines if line)


def spoken(html: Html) -> list[str]:
    """Return everything that is said, to the eye or to a screen reader."""
    return [said(html), *(unescape(words) for words in re.findall(r'aria-label="([^"]*)"', str(html)))]


#: Slips that composing sentences from parts can make. Dates and figures hold no such run.
SLIPS = {
    "doubled point": re.compile(r"。\s*。|、\s*、|、\s*。|。\s*、"),
    "empty brackets": re.compile(r"（\s*）|「\s*」|\(\s*\)|『\s*』|（、|、）|「、|、」"),
    "nothing before a point": re.compile(r"(?m)^[、。]|[ 　][、。]|（[、。]"),
    "of which nothing": re.compile(r"うち(?:、?です|、?。|、?$|、、)", re.M),
    "nothing named": re.compile(
        r"(?:のは|には|では|、|^)、?(?:です|があります|がある|に対応する|の資料|の目標です|ではありません)", re.M
    ),
    "two particles": re.compile(r"はは|がが|をを|(?<!も)のの|、[はがを](?![ぁ-ん])|、、"),
    "none counted": re.compile(r"(?<![0-9])0(?:つ|本)の?"),
    "a gap left open": re.compile(r"[{}]|\bNone\b|\bnan\b|\bNaN\b|undefined|Html\(|<[a-z]"),
    "a list without members": re.compile(r"(?:：|:)\s*[、。]"),
}  # fmt: skip
#: Who is first, who is behind: no page says so.
RANKING = re.compile(
    r"[1１一]位(?!置)|最も優れ|優れている|劣る|劣って|進んでいる|遅れている|ランキング|ワースト|ベスト"
)
NO_RANK = re.compile(
    r"順位は?つけません|順位ではありません|順位をつけるためのものではありません|市区町村どうしの順位。"
)


def slips(html: Html, *titles: str) -> list[tuple[str, str]]:
    """Return the slips in all that a page says, each with its surroundings; words of the plans themselves are none.

    Parameters
    ----------
    titles : what documents call their goals and indicators: left out, for it is quoted as it stands.
    """
    found = []
    for words in spoken(html):
        for title in sorted(titles, key=len, reverse=True):
            words = words.replace(title, "甲")  # noqa: PLW2901 - the words without the quotations
        for name, pattern in SLIPS.items():
            found += [(name, words[max(0, m.start() - 25) : m.end() + 10]) for m in pattern.finditer(words)]
        found += [("ranking", words[max(0, m.start() - 15) : m.end() + 10]) for m in RANKING.finditer(words)]
        if "順位" in NO_RANK.sub("", words):
            found.append(("ranking", "順位"))
    return found


def titles_of(plans: Sequence[Plan]) -> list[str]:
    """Return what the documents call their goals."""
    return [row.title for plan in plans for row in plan.tables["goals"].rows if len(row.title) > 3]


def run_notebook(name: str, plans: Sequence[Plan], monkeypatch) -> Html:
    """Return a whole page across `plans`: the prose of its notebook and what each of its cells shows."""
    import planbook.notebook as imported  # noqa: PLC0415 - only whole pages need every module

    monkeypatch.setattr(imported, "load_plans", lambda _selection="*": (list(plans), []))
    monkeypatch.setattr(imported, "open_comparison", comparison)
    cells = json.loads((REPOSITORY / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    shown = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            shown.append(f"<p>{source.replace('**', '')}</p>")
            continue
        tree = ast.parse(source)
        last = tree.body[-1]
        shows = isinstance(last, ast.Expr)
        exec(compile(ast.Module(tree.body[: len(tree.body) - shows], []), name, "exec"), names)
        if shows:
            shown.append(str(eval(compile(ast.Expression(last.value), name, "eval"), names)))
    return Html("\n".join(shown))
