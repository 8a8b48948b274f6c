"""The whole way with real kernels and the real Jupyter Book: two plans, one page that fails."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest
from run_house import PLAN, House, Log, inline, quick, second_plan

from planbook.run import book, pipeline
from planbook.run.faults import BookError
from planbook.run.pages import PLAN_PAGES
from planbook.run.sphinx_build import build_html
from planbook.run.worker import make_page
from planbook.vocabulary.errors import InputError

pytestmark = pytest.mark.slow

DOWNLOAD = (
    "import os\nfrom pathlib import Path\nfrom IPython.display import HTML, display\n"
    "folder = Path(os.environ['PLANBOOK_DOWNLOADS'])\n"
    "_ = (folder / f'{plan_id}-digest-trend.csv').write_text('year,persons\\n2020,10000\\n')\n"
    "display(HTML(f'<p><a href=\"files/{plan_id}-digest-trend.csv\" download>CSV</a></p>'))"
)


def draw_nothing(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("// no charts here\n")


def listener(log, problems, begun):
    return pipeline.Listener(problems.extend, log.listener, lambda: begun.append(1))


def build(house, **run):
    log, problems, begun = Log(), [], []
    # In this process: papermill is imported once; test_execution runs the pool.
    options = pipeline.BuildOptions(run=quick(open_executor=inline(make_page), **run))
    report = pipeline.build(house.places, options, listener(log, problems, begun))
    return SimpleNamespace(log=log, problems=problems, begun=begun, report=report)


@pytest.fixture
def checkout(country, tmp_path, monkeypatch) -> House:
    monkeypatch.setattr("planbook.run.vega_asset.write_vega_asset", draw_nothing)
    # What an edit of the package by somebody else would make stale is not what is tested here.
    monkeypatch.setattr("planbook.run.stamps.PACKAGE", tmp_path / "package")
    (tmp_path / "package").mkdir()
    # Two pages a plan instead of four: a kernel costs two seconds.
    pages = [page for page in PLAN_PAGES if page.name in ("digest", "kpis")]
    monkeypatch.setattr("planbook.run.jobs.PLAN_PAGES", pages)
    house = House(tmp_path)
    house.standard_notebooks()
    house.notebook("digest", DOWNLOAD)
    house.notebook("broken-kpis", "1 / 0")
    other = second_plan(country)
    country.replace(other / "plan.yml", "outlook:", "pages: {kpis: broken-kpis}\noutlook:")
    return house


def test_from_data_to_book(checkout, country, monkeypatch):
    first = build(checkout)
    site = checkout.places.site
    failed = [state.job.path for state in first.report.failed]
    assert (first.problems, failed) == ([], ["47/47999-vision-1/kpis"])
    assert (first.report.book.unchanged, first.report.book.failures) == (False, ())

    # Addresses are permanent, downloads lie beside their page, the failed page says why.
    for plan in (PLAN, "47999-vision-1"):
        for page in ("digest", "kpis"):
            assert (site / "47" / plan / f"{page}.html").is_file()
        assert (site / "47" / plan / "files" / f"{plan}-digest-trend.csv").is_file()
    html = (site / "47" / "47999-vision-1" / "kpis.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in html
    assert "planbook run 47999-vision-1 --page kpis" in html
    page = (site / "47" / PLAN / "kpis.html").read_text(encoding="utf-8")
    assert "<h1>架空市総合戦略：見出し" in page
    assert "pb-reproduce" in page
    assert (site / "index.html").is_file()
    assert (site / "47" / "47999.html").is_file()
    published = [path for path in site.rglob("*") if path.is_file()]
    assert not [path for path in published if str(checkout.path).encode() in path.read_bytes()]

    manifest = json.loads((site / book.MANIFEST).read_text(encoding="utf-8"))
    states = {page["address"]: page["state"] for page in manifest["pages"]}
    assert states[f"47/{PLAN}/kpis.html"] == "ok"
    assert states["47/47999-vision-1/kpis.html"] == "failed"
    assert manifest["versions"]["planbook"]

    # Nothing has changed: the failed page runs again, the book is not made again.
    monkeypatch.setattr(book, "build_html", lambda *_: pytest.fail("Sphinx ran again"))
    before = {path: path.read_bytes() for path in published}
    second = build(checkout)
    assert second.log.states == {"kpis": "failed"}
    assert second.report.book.unchanged
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

    # The failed page is mended: it alone runs, and the book is made again.
    monkeypatch.setattr(book, "build_html", fake_html)
    checkout.notebook("broken-kpis", "print('直った')")
    third = build(checkout)
    assert third.log.states == {"kpis": "ok"}
    assert third.report.failed == []
    assert (site / "index.html").read_text() == "made"


def test_a_warning_of_jupyter_book_fails_and_the_last_book_stays(checkout, tmp_path):
    """Every warning is told at once, without a path of the machine."""
    checkout.places.site.mkdir(parents=True)
    (checkout.places.site / "index.html").write_text("the last good book")
    stage = tmp_path / "stage"
    shutil.copytree(checkout.places.book, stage)
    (stage / "_config.yml").write_text(checkout.places.config.read_text(encoding="utf-8"), encoding="utf-8")
    (stage / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: status\n")
    (stage / "index.md").write_text("# 表紙\n\n[どこにもない](nowhere.md)\n", encoding="utf-8")
    (stage / "status.md").write_text("# 状態\n\n{doc}`missing`\n", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        build_html(stage, tmp_path / "work")
    words = str(caught.value)
    assert "nowhere.md" in words
    assert "missing" in words
    assert str(tmp_path) not in words
    assert caught.value.exit_code == 4
    assert (checkout.places.site / "index.html").read_text() == "the last good book"


def test_broken_data_fails_its_own_plan_only(checkout, country, monkeypatch):
    """Here a build that is to stop at the first failure, which makes no book."""
    monkeypatch.setattr(book, "build_html", fake_html)
    country.replace(country.plan / "goals.csv", "basic_goal", "no such level")
    country.replace(country.plan / "plan.yml", "status: adopted", "status: done")
    done = build(checkout, fail_fast=True)
    assert done.report.book is None
    assert done.begun == []
    assert {problem.file for problem in done.problems} == {
        f"plans/{PLAN}/goals.csv",
        f"plans/{PLAN}/plan.yml",
    }
    failed = done.report.failed
    assert [state.job.plan_id for state in failed] == [PLAN]
    assert "status" in failed[0].record.failure["excerpt"]


def test_a_broken_shared_table_stops_before_any_page(checkout, country, monkeypatch):
    """Every page needs it: a build would replace a good book by one of failures."""
    monkeypatch.setattr(book, "build_html", fake_html)
    file = country.path / "reference" / "sources.csv"
    file.write_bytes(file.read_text(encoding="utf-8-sig").encode("cp932", errors="replace"))
    with pytest.raises(InputError) as refused:
        build(checkout)
    assert "CP932" in str(refused.value)
    assert "前の本はそのまま" in str(refused.value)


def fake_html(stage, work):
    html = work / "html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("made")
    return html
