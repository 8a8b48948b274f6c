"""A fictional plan in its fourth year: an indicator of every form, yearly actuals, evaluations and replies.

None of the real documents lists an actual. What a page does with them is tested, and looked at, on this plan.
"""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from planbook.vocabulary.schemas import PLAN_TABLES

#: id, role, goal, name, unit, type, direction, further cells
KPIS = [
    ("k-income", "target_indicator", "g1", "住民一人あたりの所得", "万円", "level", "up", {}),
    ("k-startups", "kpi", "g1-1", "創業の件数（累計）", "件", "cumulative", "up", {"department": "商工課"}),
    ("k-matched", "kpi", "g1-1", "空き家バンクの成約率", "%", "rate", "up", {}),
    ("k-footfall", "kpi", "g1-1", "商店街の通行量指数", "", "index", "up", {}),
    ("k-balance", "target_indicator", "g2", "社会増減", "人", "annual_flow", "up", {}),
    ("k-movers", "kpi", "g2", "相談を経て移り住んだ人数", "人", "annual_flow", "up", {"department": "企画課"}),
    ("k-stay", "target_indicator", "g3", "住み続けたいと思う市民の割合", "%", "survey_share", "up", {"survey_n": "1000"}),
    ("k-join", "kpi", "g3", "地域活動に参加した市民の割合", "%", "survey_share", "up", {"survey_n": "600"}),
    ("k-schools", "kpi", "g3", "小学校の数", "校", "level", "keep", {"tolerance": "0"}),
    ("k-deaths", "kpi", "g3", "交通事故による死者数", "人", "annual_flow", "down", {}),
    ("k-loans", "kpi", "g3", "市民一人あたりの図書の貸出冊数", "冊", "annual_flow", "up", {"tolerance": "0.1"}),
    ("k-bylaw", "kpi", "g3", "空き家対策条例の制定", "", "yes_no", "up", {}),
    ("k-happy", "reference", "g3", "地域幸福度（主観）", "点", "index", "undecided", {}),
]  # fmt: skip
#: id, kind, fiscal year, state, value as written, number, further cells
VALUES = [
    ("k-income", "baseline", 2020, "300万円", "300", {}),
    ("k-income", "target", 2025, "330万円", "330", {}),
    *[("k-income", "actual", y, f"{v}万円", v, {}) for y, v in ((2021, "303"), (2022, "309"), (2023, "316"), (2024, "324"))],
    ("k-startups", "baseline", 2020, "12件", "12", {"years": "1"}),
    ("k-startups", "target", 2025, "100件", "100", {"years": "5"}),
    *[("k-startups", "actual", y, f"{v}件", v, {"years": str(n)}) for n, (y, v) in enumerate(((2021, "15"), (2022, "33"), (2023, "50"), (2024, "66")), 1)],
    ("k-matched", "baseline", 2020, "20.0%", "20.0", {}),
    ("k-matched", "target", 2025, "35.0%", "35.0", {}),
    *[("k-matched", "actual", y, f"{v}%", v, {}) for y, v in ((2021, "19.5"), (2022, "22.0"), (2023, "25.5"), (2024, "30.1"))],
    ("k-footfall", "baseline", 2020, "100", "100", {}),
    ("k-footfall", "target", 2025, "110", "110", {}),
    *[("k-footfall", "actual", y, v, v, {}) for y, v in ((2021, "96"), (2022, "98"), (2023, "101"))],
    ("k-balance", "baseline", 2020, "-40人", "-40", {"years": "1"}),
    ("k-balance", "target", 2025, "0人", "0", {"years": "1"}),
    *[("k-balance", "actual", y, f"{v}人", v, {"years": "1"}) for y, v in ((2021, "-55"), (2022, "-36"), (2023, "-22"), (2024, "-17"))],
    ("k-movers", "baseline", 2020, "40人", "40", {"years": "1"}),
    ("k-movers", "target", 2025, "80人", "80", {"years": "1"}),
    *[("k-movers", "actual", y, f"{v}人", v, {"years": "1"}) for y, v in ((2021, "45"), (2022, "50"), (2023, "48"), (2024, "55"))],
    ("k-stay", "baseline", 2020, "62.0%", "62.0", {"respondents": "1000"}),
    ("k-stay", "target", 2025, "70.0%", "70.0", {}),
    *[("k-stay", "actual", y, f"{v}%", v, {"respondents": n}) for y, v, n in ((2022, "63.1", "980"), (2024, "66.9", "1010"))],
    ("k-join", "baseline", 2020, "34.2%", "34.2", {"respondents": "600"}),
    ("k-join", "target", 2025, "↗", None, {"state": "up"}),
    ("k-join", "actual", 2024, "36.0%", "36.0", {"respondents": "590"}),
    ("k-schools", "baseline", 2020, "5校", "5", {}),
    ("k-schools", "target", 2025, "5校", "5", {}),
    *[("k-schools", "actual", y, f"{v}校", v, {}) for y, v in ((2021, "5"), (2022, "5"), (2023, "5"), (2024, "4"))],
    ("k-deaths", "baseline", 2020, "2人", "2", {"years": "1"}),
    ("k-deaths", "target", 2025, "0人", "0", {"years": "1"}),
    *[("k-deaths", "actual", y, f"{v}人", v, {"years": "1"}) for y, v in ((2021, "1"), (2022, "0"), (2023, "1"), (2024, "0"))],
    ("k-loans", "baseline", 2020, "3.2冊", "3.2", {"years": "1"}),
    ("k-loans", "target", 2025, "↗", None, {"state": "up"}),
    *[("k-loans", "actual", y, f"{v}冊", v, {"years": "1"}) for y, v in ((2021, "3.1"), (2022, "3.3"), (2024, "3.6"))],
    ("k-bylaw", "baseline", 2020, "未制定", "0", {}),
    ("k-bylaw", "target", 2023, "制定", "1", {}),
    *[("k-bylaw", "actual", y, w, v, {}) for y, w, v in ((2022, "未制定（R4）", "0"), (2023, "制定（R5）", "1"))],
    *[("k-happy", "actual", y, f"{v}点", v, {}) for y, v in ((2022, "48.2"), (2023, "49.1"), (2024, "50.3"))],
]  # fmt: skip
GOALS = [
    ("g1", "", "basic_goal", "基本目標1", "しごとをつくる"),
    ("g1-1", "g1", "measure", "施策1", "創業を支える"),
    ("g2", "", "basic_goal", "基本目標2", "ひとの流れをつくる"),
    ("g3", "", "basic_goal", "基本目標3", "安心して暮らす"),
]
EVALUATIONS = [
    ("e-1", 2023, "庁内の推進会議", "goal", "g1", "相当程度効果があった", "継続", "創業は増えている。", "", "unanswered", ""),
    ("e-2", 2024, "外部の有識者会議", "goal", "g1", "効果があった", "改善", "成約率の伸びを確かめたい。",
     "相談の窓口を一つにしました。", "answered", "2025-09-01"),
    ("e-3", 2024, "外部の有識者会議", "kpi", "k-movers", "効果がなかった", "改善", "目標に届く見込みがない。", "", "unanswered", ""),
    ("e-4", 2024, "庁内の推進会議", "plan", "", "相当程度効果があった", "発展", "", "", "unanswered", ""),
]  # fmt: skip
REPLIES = [
    ("K05/k-join", "2025-06-10", "市民課", "answered", "次の計画で目標の値を定めます。"),
    ("K02/k-income", "2025-06-12", "企画課", "corrected", "第2版で当初値の年度を書き加えました。"),
]


def _write(path: Path, rows: list[dict[str, object]], names: list[str]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


def add_judged_plan(country) -> str:
    """Turn the country's plan into one with actuals; the document says every string where its row says so."""
    lines = ["計画期間 令和3年度～令和7年度", "2040年に9,000人"]

    def place(words: str) -> dict[str, object]:
        lines.append(words)
        return {"as_written": words, "document": "text", "locator": f"L{len(lines)}"}

    goals = [
        {**place(f"{number} {title}"), "goal_id": g, "parent_id": parent, "level": level, "number": number, "title": title}
        for g, parent, level, number, title in GOALS
    ]  # fmt: skip
    kpis = [
        {**place(name), "kpi_id": k, "goal_id": goal, "role": role, "name": name, "unit": unit, "type": type_,
         "direction": direction, **more}
        for k, role, goal, name, unit, type_, direction, more in KPIS
    ]  # fmt: skip
    units = {k: unit for k, _, _, _, unit, *_ in KPIS}
    values = [
        {**place(words), "kpi_id": k, "kind": kind, "fiscal_year": year, "state": "number", "value": number,
         "unit": units[k] if number is not None else "", **more}
        for k, kind, year, words, number, more in VALUES
    ]  # fmt: skip
    names = ("evaluation_id", "fiscal_year", "body", "object_kind", "object_id", "label", "next_step", "words", "reply",
             "reply_state", "reply_date")  # fmt: skip
    evaluations = [{**place(row[5]), **dict(zip(names, row, strict=True))} for row in EVALUATIONS]
    replies = [
        dict(zip(("finding", "date", "department", "state", "words"), row, strict=True)) for row in REPLIES
    ]
    tables = {
        "goals": goals,
        "kpis": kpis,
        "kpi_values": values,
        "evaluations": evaluations,
        "replies": replies,
    }
    for name, rows in tables.items():
        _write(country.plan / f"{name}.csv", rows, list(PLAN_TABLES[name].model_fields))
    document = ("\n".join(lines) + "\n").encode()
    old = hashlib.sha256((country.documents / "kaku.txt").read_bytes()).hexdigest()
    (country.documents / "kaku.txt").write_bytes(document)
    plan = country.plan / "plan.yml"
    country.replace(plan, old, hashlib.sha256(document).hexdigest())
    country.replace(
        plan,
        "{start_fiscal_year: 2015, end_fiscal_year: 2019, as_written: 平成27年度～平成31年度,",
        "{start_fiscal_year: 2021, end_fiscal_year: 2025, as_written: 令和3年度～令和7年度,",
    )
    country.replace(plan, "adopted: 2015-10-01", "adopted: 2021-03-01")
    return country.plan.name
