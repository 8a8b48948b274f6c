"""What Jupyter Book is given to read: chapters, pages, stubs, contents, settings."""

from __future__ import annotations

import itertools
import json

import pytest
import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat.v4 import new_markdown_cell, new_notebook
from run_house import PLAN, second_plan

from planbook.run import book as book_module
from planbook.run.chapters import ChapterWriter
from planbook.run.failure import PageFailure
from planbook.run.faults import BookError
from planbook.run.headings import escape_markdown, read_headings
from planbook.run.jobs import list_jobs
from planbook.run.page import shape_page
from planbook.run.stage import lay_out
from planbook.run.status import make_status
from planbook.run.store import Record
from planbook.run.stub import write_stub
from planbook.run.toc import order_chapters
from planbook.vocabulary.errors import InputError, Problem, message

PARTS = {
    "status": lambda root, table: table.html(),
    "hello": lambda root, table: "<p>やあ</p>\n\n<p>二つ目</p>",
}


@pytest.fixture
def laid(house, country):
    """A stage of two plans, every page kept but one that failed."""
    second_plan(country)
    house.standard_notebooks()
    headings = read_headings(country.root, country.root.plan_ids())
    jobs = list_jobs(house.places.notebooks, headings)
    notebook = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    workshop = house.workshop()
    for job in jobs:
        house.keep(job, notebook)
    failed = jobs[2]
    failure = {"reason": "セル3で <エラー>", "excerpt": "一行目\n\n三行目 </pre>"}
    parts = workshop.stamper.stamp(failed).parts
    workshop.store.keep_failure(
        failed, PageFailure("", notebook="{}"), Record("failed", "", parts, failure=failure)
    )
    states = house.workshop().look(jobs)
    return lay_out(house.workshop(), "ja", states, headings, PARTS), states, headings


def test_addresses_are_prefecture_plan_page(laid):
    stage, *_ = laid
    there = sorted(
        path.relative_to(stage.folder).as_posix() for path in stage.folder.rglob("*") if path.is_file()
    )
    assert there == sorted(
        [
            "_config.yml",
            "_toc.yml",
            "index.md",
            "status.md",
            "overview.ipynb",
            "compare-population.ipynb",
            "compare-kpis.ipynb",
            "compare-goals.ipynb",
            "same-place.ipynb",
            "check.ipynb",
            "47/47999.md",
            *(
                f"47/{plan}/{page}.ipynb"
                for plan in (PLAN, "47999-vision-1")
                for page in ("digest", "population", "kpis", "goals")
            ),
        ]
    )


def test_the_contents_nest_prefecture_municipality_plan_page(laid):
    stage, *_ = laid
    toc = yaml.safe_load((stage.folder / "_toc.yml").read_text(encoding="utf-8"))
    assert (toc["format"], toc["root"]) == ("jb-book", "index")
    assert [part["caption"] for part in toc["parts"]] == ["比較", "沖縄県", "この本について"]
    assert toc["parts"][0]["chapters"] == [
        {"file": "overview", "title": "計画の一覧"},
        {"file": "compare-population", "title": "人口をならべて見る"},
        {"file": "compare-kpis", "title": "指標をならべて見る"},
        {"file": "compare-goals", "title": "目標をならべて見る"},
        {"file": "same-place", "title": "同じ市区町村の計画を見くらべる"},
        {"file": "check", "title": "計画の検算"},
    ]
    (municipality,) = toc["parts"][1]["chapters"]
    assert toc["parts"][2]["chapters"] == [{"file": "status"}]
    assert (municipality["file"], municipality["title"]) == ("47/47999", "架空市")
    plan = municipality["sections"][0]
    assert (plan["file"], plan["title"]) == (f"47/{PLAN}/digest", "架空市 第1期")
    assert [(page["file"], page["title"]) for page in plan["sections"]] == [
        (f"47/{PLAN}/population", "人口"),
        (f"47/{PLAN}/kpis", "KPI"),
        (f"47/{PLAN}/goals", "目標の体系"),
    ]


def test_chapters_come_in_the_order_of_the_front():
    assert order_chapters(["index", "status", "zebra", "data", "reading", "apple", "methods"]) == [
        "reading",
        "methods",
        "data",
        "status",
        "apple",
        "zebra",
    ]


def test_a_failed_page_is_a_stub_that_says_what_to_do(laid):
    stage, *_ = laid
    page = json.loads((stage.folder / "47" / PLAN / "kpis.ipynb").read_text(encoding="utf-8"))
    heading, words = ("".join(cell["source"]) for cell in page["cells"])
    assert heading == "# 架空市総合戦略：KPI"
    assert words.startswith('<div class="pb-failed">')
    assert "セル3で &lt;エラー&gt;" in words
    assert f"planbook run {PLAN} --page kpis" in words
    assert "</pre>" in words
    assert "三行目 &lt;/pre&gt;" in words
    assert "\n\n" not in words  # it would end the block in Markdown


def test_downloads_of_failed_pages_are_not_published(laid):
    stage, *_ = laid
    targets = [(source.parent.name.partition(".")[0], target) for source, target in stage.downloads]
    assert ("kpis", f"47/{PLAN}/files") not in targets
    assert ("goals", f"47/{PLAN}/files") in targets
    assert ("overview", "files") in targets


def test_the_language_is_set_where_sphinx_reads_it(laid):
    stage, *_ = laid
    config = yaml.safe_load((stage.folder / "_config.yml").read_text(encoding="utf-8"))
    assert config["sphinx"]["config"]["language"] == "ja"
    assert config["title"] == "試験の本"


def test_markers_are_replaced_by_html_that_markdown_leaves_alone(laid):
    stage, states, _ = laid
    words = (stage.folder / "status.md").read_text(encoding="utf-8")
    assert "<!-- planbook" not in words
    assert "```{raw} html\n<div" in words
    assert f'<a href="47/{PLAN}/kpis.html">' in words
    assert "失敗（セル3で &lt;エラー&gt;）" in words
    assert make_status(states).counts() == {"fresh": 13, "stale": 0, "failed": 1, "missing": 0}


def test_the_digest_sees_every_change_and_nothing_else(laid, house):
    stage, states, headings = laid
    first = stage.digest()
    assert lay_out(house.workshop(), "ja", states, headings, PARTS).digest() == first
    (house.places.book / "index.md").write_text("# 表紙\n\n別の本文。\n", encoding="utf-8")
    assert lay_out(house.workshop(), "ja", states, headings, PARTS).digest() != first


def test_a_book_without_cover_is_refused(laid, house):
    _, states, headings = laid
    (house.places.book / "index.md").unlink()
    with pytest.raises(BookError) as caught:
        lay_out(house.workshop(), "ja", states, headings, PARTS)
    assert "book/index.md" in str(caught.value)


# --- chapters ----------------------------------------------------------------------------------------


def chapter(house, country, words, parts=PARTS):
    path = house.places.book / "chapter.md"
    path.write_text(words, encoding="utf-8")
    writer = ChapterWriter(parts, country.root, make_status([]))
    return writer, writer.write(path)


def test_only_a_line_of_its_own_is_a_marker(house, country):
    _, words = chapter(
        house, country, "# 題\n\n文中の <!-- planbook: hello --> は残る。\n\n<!-- planbook: hello -->\n"
    )
    assert words.count("<p>やあ</p>") == 1
    assert "文中の <!-- planbook: hello --> は残る" in words
    assert "```{raw} html\n<p>やあ</p>\n\n<p>二つ目</p>\n```" in words


def test_an_unknown_marker_names_its_line_and_those_there_are(house, country):
    with pytest.raises(BookError) as caught:
        chapter(house, country, "# 題\n\n<!-- planbook: helo -->\n<!-- planbook: -->\n")
    words = str(caught.value)
    assert len(caught.value.problems) == 2
    assert "book/chapter.md 3行目" in words
    assert "使えるもの：status、hello" in words


def test_a_part_that_broken_data_stops_says_so_in_its_place(house, country):
    def broken(root, table):
        raise InputError(Problem(message("空です"), file="plans/x/plan.yml"))

    writer, words = chapter(
        house, country, "<!-- planbook: bad -->\n\n<!-- planbook: hello -->\n", {**PARTS, "bad": broken}
    )
    assert writer.failures == ["bad"]
    assert 'class="pb-failed"' in words
    assert "plans/x/plan.yml" in words
    assert "やあ" in words


# --- downloads ---------------------------------------------------------------------------------------


def test_two_different_files_of_one_name_are_refused(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figure.csv").write_text(name)
    book_module._copy_downloads(tmp_path / "one", tmp_path / "files")
    book_module._copy_downloads(tmp_path / "one", tmp_path / "files")
    with pytest.raises(BookError) as caught:
        book_module._copy_downloads(tmp_path / "two", tmp_path / "files")
    assert "figure.csv" in str(caught.value)


TITLE = "計画*A* $5$ [x](y)"


def plain_headings(markdown: str) -> list[str]:
    """The headings as a reader sees them; anything but words in them fails."""
    config = MdParserConfig(enable_extensions={"dollarmath", "colon_fence", "substitution"})
    tokens = create_md_parser(config, RendererHTML).parse(markdown)
    found = []
    for before, token in itertools.pairwise(tokens):
        if before.type == "heading_open":
            assert {child.type for child in token.children} <= {"text", "text_special"}, token.children
            found.append("".join(child.content for child in token.children))
    return found


def first_cell(notebook: str) -> str:
    source = json.loads(notebook)["cells"][0]["source"]
    return source if isinstance(source, str) else "".join(source)


@pytest.mark.parametrize(
    "words", [TITLE, r"a\b_c_ `d` <e> {f}`g` ~~h~~ #", "&amp; ![i](j) k@l | ^m^ [^1]", "{{ n }}"]
)
def test_words_of_the_data_stay_words(words):
    assert plain_headings(f"# {escape_markdown(words)}") == [words]


def test_a_title_stays_a_title_wherever_it_stands(house, country):
    country.replace(country.plan / "plan.yml", "架空市総合戦略, en:", f"'{TITLE}', en:")
    house.standard_notebooks()
    headings = read_headings(country.root, country.root.plan_ids())
    jobs = list_jobs(house.places.notebooks, headings)
    job = next(job for job in jobs if job.plan_id == PLAN)
    stub = first_cell(write_stub(job, {"reason": ""}))
    assert plain_headings(stub) == [f"{TITLE}：{job.title}"]
    executed = new_notebook(cells=[new_markdown_cell("# 人口")])
    page = shape_page(executed, job, {}, "stamp", str)
    assert plain_headings(first_cell(page.notebook)) == [f"{TITLE}：人口"]
    stage = lay_out(house.workshop(), "ja", house.workshop().look(jobs), headings, PARTS)
    municipality = (stage.folder / "47" / "47999.md").read_text(encoding="utf-8")
    assert plain_headings(municipality) == ["架空市", TITLE]
