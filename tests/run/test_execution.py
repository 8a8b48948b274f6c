"""Real kernels: what a notebook may do to itself, and what becomes of its page."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from run_house import House, Log, inline, quick

from planbook.run.limits import Limits
from planbook.run.runner import run_jobs
from planbook.run.worker import make_page

pytestmark = pytest.mark.slow

GOOD = (
    "import os, sys, warnings\nfrom pathlib import Path",
    "print('一', plan_id)\nprint('err', file=sys.stderr)\nprint('二')\nwarnings.warn('気をつけて')",
    "print({k: os.environ.get(k) for k in ('PLANBOOK_OUTPUT', 'PLANBOOK_LANGUAGE', 'PYTHONHASHSEED', 'IPYTHONDIR')})",
    "print(os.environ['PLANBOOK_DATA'], sys.prefix, os.getcwd(), hash('人口'))\nprint(os.listdir('.'), 'PYTHONSTARTUP' in os.environ)",
    "_ = Path(os.environ['PLANBOOK_DOWNLOADS'], 'figure.csv').write_text('a\\n')",
    "import altair, jsonschema\nprint('skipped', sys.modules['rfc3987_syntax'])",
    "object()",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>図</b>'))\n{'b', 'a'}",
    "",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Every notebook of this module, run together; a good one twice, in two build folders."""
    path = tmp_path_factory.mktemp("house")
    house = House(path)
    (house.places.data / "plans" / house.job("x").plan_id).mkdir(parents=True)
    house.notebook("good", *GOOD, title="はじめに\n\n```\n# これは見出しではない\n```\n\n# 人口\n\n本文")
    house.notebook("untitled", "1", title="見出しのないノートブック")
    house.notebook(
        "raises", "1", "def f():\n    raise ValueError('駄目 ' + __import__('os').getcwd())\nf()", "2"
    )
    house.notebook("loops", "while True: pass")
    house.notebook("exits", "import sys; sys.exit(0)", "print('後')")
    house.notebook("vanishes", "print('前')", "import os; os._exit(0)")
    house.notebook("bare", "1", parameters=None)
    house.notebook("other", "1", parameters="count: int = 3  # 数")
    # Short, because the kernels' sockets lie in it.
    temporary = Path(tempfile.mkdtemp(prefix="t"))
    monkeypatch = pytest.MonkeyPatch()
    # A stand-in for the package, which somebody may be editing while the tests run.
    monkeypatch.setattr("planbook.run.stamps.PACKAGE", path / "program")
    changed = {
        "PYTHONSTARTUP": str(path / "startup.py"),
        "TMPDIR": str(temporary),
        # Neither the user's profile nor a home that can be written to is needed.
        "HOME": "/nowhere",
        "JUPYTER_CONFIG_DIR": str(path / "profile"),
        "IPYTHONDIR": str(path / "profile"),
    }
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    try:
        log = Log()
        jobs = [
            house.job(page)
            for page in ("good", "untitled", "raises", "loops", "exits", "vanishes", "bare", "missing")
        ]
        jobs += [house.job("other", count="三")]
        options = quick(Limits(cell=5, page=60), width=2)
        states = run_jobs(house.workshop(), jobs, options, log.listener)
        here = inline(make_page)
        again = run_jobs(house.workshop(path / "again"), jobs[:1], quick(open_executor=here), Log().listener)
        house.notebook("good", *GOOD[:1], "while True: pass")
        limits = Limits(cell=60, page=3)
        clock = run_jobs(
            house.workshop(path / "clock"), jobs[:1], quick(limits, open_executor=here), Log().listener
        )
    finally:
        monkeypatch.undo()
        left = [str(found) for found in temporary.rglob("*")]
        shutil.rmtree(temporary)
    return SimpleNamespace(
        house=house,
        log=log,
        states={s.job.page: s for s in states},
        again=again[0],
        clock=clock[0],
        left=left,
    )


@pytest.fixture(scope="module")
def page(ran):
    house, states = ran.house, ran.states
    state = states["good"]
    return json.loads(house.workshop().store.notebook(state.job, state.record).read_text(encoding="utf-8"))


def failure(ran, page: str) -> dict:
    record = ran.states[page].record
    assert record.state == "failed"
    return dict(record.failure)


def printed(page) -> str:
    return "".join("".join(o.get("text", "")) for c in page["cells"] for o in c.get("outputs", []))


def test_one_failed_page_never_stops_the_others(ran):
    log, states = ran.log, ran.states
    assert log.states == {
        "good": "ok",
        "untitled": "ok",
        "raises": "failed",
        "loops": "failed",
        "exits": "failed",
        "vanishes": "failed",
        "bare": "failed",
        "missing": "failed",
        "other": "failed",
    }
    assert log.begun == [(9, 9, 2)]
    assert [p.number for p in log.pages] == list(range(1, 10))
    assert states["good"].why == ()
    assert states["raises"].why == ("前回失敗した",)


def test_the_same_inputs_give_the_same_bytes(ran):
    house, states, again = ran.house, ran.states, ran.again
    first, second = states["good"], again
    one = house.workshop().store.notebook(first.job, first.record)
    two = house.workshop(house.path / "again").store.notebook(second.job, second.record)
    assert first.record.folder != second.record.folder
    assert one.read_bytes() == two.read_bytes()


def test_nothing_of_the_run_is_in_the_page(ran, page):
    house = ran.house
    words = json.dumps(page, ensure_ascii=False)
    assert "papermill" not in words
    assert str(house.path) not in words
    assert "pb-" not in words.replace('class=\\"pb-', "")
    assert " at 0x" not in words
    assert [cell["id"] for cell in page["cells"]] == [f"cell-{n}" for n in range(1, len(page["cells"]) + 1)]


def test_the_kernel_is_this_interpreter_with_a_clean_profile(page):
    words = printed(page)
    assert "'PLANBOOK_OUTPUT': 'book', 'PLANBOOK_LANGUAGE': 'ja', 'PYTHONHASHSEED': '0'" in words
    assert "data python desk" in words
    assert "[] False" in words


def test_the_slow_import_is_skipped_in_kernels(page):
    assert "skipped None\n" in printed(page)


def test_streams_are_one_and_standard_error_is_no_red_box(ran, page):
    streams = [o for c in page["cells"] for o in c.get("outputs", []) if o["output_type"] == "stream"]
    assert {o["name"] for o in streams} == {"stdout"}
    assert "".join(streams[0]["text"]) == "一 47999-strategy-1\n二\n"
    (warning,) = ran.states["good"].record.warnings
    assert warning.startswith("セル3：err\n")
    assert "UserWarning: 気をつけて" in warning
    assert "ipykernel" not in warning


def test_code_is_folded_and_parameters_are_hidden(page):
    tags = [cell["metadata"].get("tags", []) for cell in page["cells"] if cell["cell_type"] == "code"]
    assert tags[0] == ["parameters", "remove-cell"]
    assert tags[1] == ["injected-parameters", "remove-cell"]
    assert all(tag == ["hide-input"] for tag in tags[2:])


def test_the_first_heading_says_which_plan(page):
    assert "".join(page["cells"][0]["source"]) == (
        "はじめに\n\n```\n# これは見出しではない\n```\n\n# 架空市総合戦略：人口\n\n本文"
    )


def test_a_notebook_without_heading_gets_one(ran):
    house, states = ran.house, ran.states
    text = (
        house.workshop().store.notebook(states["untitled"].job, states["untitled"].record).read_text("utf-8")
    )
    assert json.loads(text)["cells"][0]["source"] == ["# 架空市総合戦略：untitled"]


def test_the_footer_says_how_to_make_the_page_again(ran, page):
    footer = "".join(page["cells"][-1]["source"])
    assert footer.startswith('<details class="pb-reproduce">')
    assert "planbook run 47999-strategy-1 --page good" in footer
    assert "計画のフォルダー名" in footer
    assert ran.states["good"].stamp.short in footer
    assert "\n\n" not in footer  # it would end the block in Markdown


def test_downloads_are_kept_beside_the_page(ran):
    house, states = ran.house, ran.states
    folder = house.workshop().store.folder(states["good"].job, states["good"].record)
    assert (folder / "files" / "figure.csv").read_text() == "a\n"


def test_an_exception_names_the_cell_and_hides_the_machine(ran):
    found = failure(ran, "raises")
    assert found["cell"] == 3  # the parameters are the first
    assert found["reason"] == "セル3でエラーが起きました。ValueError: 駄目 desk"
    assert "raise ValueError" in found["excerpt"]
    assert "Cell In[3], line 3" in found["excerpt"]
    assert "\x1b" not in found["excerpt"]


def test_the_notebook_of_a_failed_page_shows_how_far_it_came(ran):
    house, states = ran.house, ran.states
    text = house.workshop().store.notebook(states["raises"].job, states["raises"].record).read_text("utf-8")
    assert "ValueError" in text


def test_an_endless_loop_is_ended(ran):
    assert failure(ran, "loops")["reason"] == "セル2が制限時間（5秒）のうちに終わりませんでした"


def test_leaving_without_an_error_is_a_failure(ran):
    assert "打ち切りました" in failure(ran, "exits")["reason"]
    assert failure(ran, "exits")["cell"] == 2


def test_a_kernel_that_dies_is_a_failure(ran):
    assert "カーネルが止まりました" in failure(ran, "vanishes")["reason"]
    assert failure(ran, "vanishes")["cell"] == 3


def test_the_whole_page_has_a_limit(ran):
    record = ran.clock.record
    assert record.failure["reason"] == "ページの制限時間（3秒）を超えました（セル3の実行中）"


def test_what_keeps_a_page_from_running_is_its_reason(ran):
    assert "パラメーターのセルがありません" in failure(ran, "bare")["reason"]
    assert "ノートブックがありません" in failure(ran, "missing")["reason"]
    assert "untitled" in failure(ran, "missing")["excerpt"]
    assert "パラメーターの値の型が違います" in failure(ran, "other")["reason"]


def test_no_room_is_left(ran):
    assert ran.left == []
