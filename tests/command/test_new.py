"""``planbook new``: what a person has to fill in, and nothing that is wrong already."""

from __future__ import annotations

import csv

import pytest
import yaml

from planbook.command.scaffold import folder_name
from planbook.vocabulary.schemas import MUNICIPALITY_TABLES, PLAN_TABLES, PlanFile

NEW = "47999-comprehensive-2"


def test_new_writes_every_file_of_a_plan(planbook, country):
    done = planbook("new", NEW, "--title", "第2次架空市総合計画")
    assert done.exit_code == 0, done.output
    folder = country.path / "plans" / NEW
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["plan.yml", *(f"{t}.csv" for t in PLAN_TABLES)]
    )
    for name, model in PLAN_TABLES.items():
        raw = (folder / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\n")
        (header,) = csv.reader(raw.decode("utf-8-sig").splitlines())
        assert header == list(model.model_fields)
    plan = yaml.safe_load((folder / "plan.yml").read_text(encoding="utf-8"))
    assert list(plan) == list(PlanFile.model_fields)
    assert (plan["plan_id"], plan["municipality"], plan["kind"]) == (NEW, "47999", "comprehensive")
    assert plan["title"] == {"ja": "第2次架空市総合計画", "en": None}


def test_the_template_says_what_each_item_means(planbook, country):
    planbook("new", NEW)
    words = (country.path / "plans" / NEW / "plan.yml").read_text(encoding="utf-8")
    assert "draft | adopted | revised" in words
    assert "図と目次に使う短い名称" in words
    assert "分からなければ空のまま" in words


def test_check_then_says_exactly_what_is_to_be_filled(planbook, country):
    planbook("new", NEW, "--title", "第2次架空市総合計画")
    said = planbook("check").stderr
    japanese = [line for line in said.splitlines() if line.startswith(f"plans/{NEW}/")]
    keys = {line.split("「")[1].split("」")[0] for line in japanese if "項目「" in line}
    document = ("id", "file", "publisher", "title", "form", "form_en", "sha256", "licence_id")
    assert keys == {
        "title.en",
        "short_title.ja",
        "short_title.en",
        "generation",
        "status",
        "coverage",
        "coverage_note.ja",
        "coverage_note.en",
        *(
            f"period.{key}"
            for key in ("as_written", "document", "locator", "start_fiscal_year", "end_fiscal_year")
        ),
        *(f"documents.0.{key}" for key in document),
    }
    # Nothing but the plan file is wrong, and nothing else of the country.
    assert {line.split(" ")[0] for line in japanese} == {f"plans/{NEW}/plan.yml"}
    assert "47999-strategy-1" not in "".join(japanese)


def test_new_says_what_comes_next(planbook):
    said = planbook("new", NEW).stdout
    assert [line[:2] for line in said.splitlines()[-4:]] == ["1.", "2.", "3.", "4."]
    assert f"planbook run {NEW}" in said


def test_new_never_overwrites(planbook, country):
    before = (country.plan / "plan.yml").read_bytes()
    done = planbook("new", country.plan.name)
    assert done.exit_code == 2
    assert "上書きしません" in done.stderr
    assert (country.plan / "plan.yml").read_bytes() == before


@pytest.mark.parametrize(
    "plan_id", ["7210-strategy-2", "07210-plan-2", "07210-strategy", "../x", "07210-Strategy-2"]
)
def test_new_refuses_what_is_no_plan_id(planbook, country, plan_id):
    done = planbook("new", plan_id)
    assert done.exit_code == 2
    assert "例 07210-strategy-2" in done.stderr
    assert len(list((country.path / "plans").iterdir())) == 1


def test_a_missing_municipality_is_said_and_offered(planbook, country):
    said = planbook("new", "01100-strategy-1")
    assert said.exit_code == 0
    assert "市区町村 01100 のフォルダーがありません" in said.stderr
    assert "--municipality" in said.stderr
    assert not (country.path / "municipalities" / "01100-sapporo").exists()


def test_the_municipality_is_made_along(planbook, country):
    done = planbook("new", "01100-strategy-1", "--municipality")
    assert done.exit_code == 0, done.output
    folder = country.path / "municipalities" / "01100-sapporo"
    assert {path.name for path in folder.iterdir()} == {
        "municipality.yml",
        *(f"{t}.csv" for t in MUNICIPALITY_TABLES),
    }
    made = yaml.safe_load((folder / "municipality.yml").read_text(encoding="utf-8"))
    assert made["code"] == "01100"
    assert made["name"]["ja"] == "札幌市"
    keys = [line for line in planbook("check").stderr.splitlines() if line.startswith("municipalities/")]
    assert len(keys) == 1
    assert "boundary" in keys[0]


def test_a_municipality_that_is_on_no_list(planbook):
    done = planbook("new", "47998-strategy-1", "--municipality")
    assert done.exit_code == 3
    assert "47998" in done.stderr


def test_a_disk_that_fills_up_leaves_no_half_plan(planbook, country, monkeypatch):
    from pathlib import Path  # noqa: PLC0415

    real = Path.write_bytes

    def full(self, content):
        if self.name == "kpis.csv":
            raise OSError(28, "No space left on device", str(self))
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert planbook("new", NEW).exit_code == 5
    assert [path.name for path in (country.path / "plans").iterdir()] == ["47999-strategy-1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sapporo-shi", "sapporo"),
        ("Sapporo-shi Chuo-ku", "sapporochuo"),
        ("Shinjuku-ku", "shinjuku"),
        ("", "municipality"),
    ],
)
def test_folder_names(name, expected):
    assert folder_name(name) == expected
