"""A line of plans of the fictional city: 第1期 → 第2期 → 第3期 and a 総合計画, made from its one plan."""

from __future__ import annotations

import shutil

import yaml

from planbook.load.plan import Plan, load_plan

GOALS = "as_written,document,locator,reading,cause,note,goal_id,parent_id,level,number,title,marks,edition\n"
LINKS = "goal_id,other_plan_id,other_goal_id,evidence,other_evidence,confirmed,note\n"


def add_plan(country, plan_id: str, start: int, goals: str, links: str = "", **changes) -> None:
    """Copy the city's plan under another id, with goals and links of its own and no indicators.

    Parameters
    ----------
    plan_id : with a number that no other plan has.
    start : first of five fiscal years.
    goals : lines ``id,parent,level,number,title``.
    links : lines ``id,other plan,other id,words of both titles,confirmed``.
    changes : of plan.yml.
    """
    folder = country.path / "plans" / plan_id
    shutil.copytree(country.plan, folder)
    for name in ("kpis.csv", "kpi_values.csv", "goal_links.csv"):
        (folder / name).unlink(missing_ok=True)
    write_goals(folder, goals)
    if links:
        write_links(folder, links)
    name = f"架空市 {plan_id.removeprefix('47999-')}"
    change_plan(
        folder,
        plan_id=plan_id,
        kind=plan_id.split("-")[1],
        short_title={"ja": name, "en": plan_id},
        period={"start_fiscal_year": start, "end_fiscal_year": start + 4},
        **changes,
    )


def change_plan(folder, **changes) -> None:
    """Change plan.yml; a mapping changes the keys it has."""
    path = folder / "plan.yml"
    plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in changes.items():
        plan[key] = {**plan[key], **value} if isinstance(value, dict) else value
    path.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")


def relate(relation: str, plan_id: str) -> list[dict]:
    """Return the list of related plans that says how another one is related."""
    stated = {"title": "前の計画", "as_written": "計画期間", "document": "text", "locator": "L1"}
    return [{"relation": relation, "plan_id": plan_id, **stated}]


def write_goals(folder, goals: str) -> None:
    """Write goals.csv from lines ``id,parent,level,number,title``, each said to stand in the first line."""
    rows = []
    for line in goals.strip().splitlines():
        goal_id, parent, level, number, title = line.strip().split(",")
        rows.append(f"{title},text,L1,,,,{goal_id},{parent},{level},{number},{title},,\n")
    (folder / "goals.csv").write_text(GOALS + "".join(rows), encoding="utf-8")


def write_links(folder, links: str) -> None:
    """Write goal_links.csv from lines ``id,other plan,other id,words of both titles,confirmed``."""
    rows = []
    for line in links.strip().splitlines():
        goal, other_plan, other, words, confirmed = line.strip().split(",")
        rows.append(f"{goal},{other_plan},{other},{words},{words},{confirmed},{_note(words, confirmed)}\n")
    (folder / "goal_links.csv").write_text(LINKS + "".join(rows), encoding="utf-8")


def _note(words: str, confirmed: str) -> str:
    """Return what a row needs besides: a reason without words, and by whom it was confirmed."""
    return "" if words and confirmed != "yes" else "企画課 2026-04-01"


def load_all(country) -> list[Plan]:
    """Load every plan of the country."""
    return [load_plan(country.root, plan_id) for plan_id in country.root.plan_ids()]
