"""``planbook tidy-check`` at the console: codes, words, folders, the rules."""

from __future__ import annotations

import gzip

import openpyxl
import pytest
from click.testing import CliRunner

from planbook.analysis.tidy.rules import RULES
from planbook.command.main import cli

TIDY = "団体コード,団体名,年,人口（人）\r\n07999,架空市,2020,100\r\n07999,架空市,2025,90\r\n"


def run(*words):
    return CliRunner().invoke(cli, ["tidy-check", *map(str, words)])


def csv(path, words, encoding="utf-8-sig"):
    path.write_bytes(words.encode(encoding))
    return path


def test_a_tidy_file_passes(tmp_path):
    done = run(csv(tmp_path / "a.csv", TIDY))
    assert done.exit_code == 0
    assert done.output.startswith(f"{tmp_path / 'a.csv'}\n  誤り0件、注意0件")
    assert "人が確かめてください" in done.output


def test_cautions_alone_do_not_fail(tmp_path):
    done = run(csv(tmp_path / "a.csv", TIDY, "cp932"))
    assert done.exit_code == 0
    assert "CP932" in done.output


def test_an_error_names_rule_sheet_cell_and_remedy(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "人口"
    for row in (("団体コード", "年", "人口（人）"), ("07999", 2020, "1,234人"), ("07999", 2021, 5)):
        sheet.append(row)
    book.create_sheet("メタデータ").append(("表題", "人口"))
    book.save(tmp_path / "a.xlsx")
    done = run(tmp_path / "a.xlsx")
    assert done.exit_code == 3
    assert f"1-3 {RULES['1-3'].title}" in done.output
    for words in ("シート「人口」 セルC2", "「1,234人」", "直し方：", "メタデータ"):
        assert words in done.output


def test_findings_beyond_the_limit_are_counted(tmp_path):
    rows = "".join(f"07999,{2000 + n},{n}人\r\n" for n in range(10))
    path = csv(tmp_path / "a.csv", "団体コード,年,人口（人）\r\n" + rows)
    assert "ほか7件" in run(path).output
    assert "ほか9件" in run(path, "--limit", 1).output
    assert "ほか" not in run(path, "--limit", 10).output


def test_a_folder_is_checked_whole_and_a_bad_file_stops_nothing(tmp_path):
    csv(tmp_path / "a.csv", TIDY)
    (tmp_path / "b.xlsx").write_bytes(b"broken")
    csv(tmp_path / "c.csv", TIDY.replace("人口（人）", "人口"))
    done = run(tmp_path)
    assert done.exit_code == 3
    assert "ファイル3件を検査しました。誤り2件、注意0件" in done.output
    assert "中身はExcelブックではなく、文字のファイルです" in done.output
    for name in "abc":  # once, not in every finding and every language
        assert sum(str(tmp_path / name) in line for line in done.output.splitlines()) == 1


def test_a_person_is_asked_only_about_a_table_that_was_read(tmp_path):
    (tmp_path / "b.xlsx").write_bytes(b"broken")
    done = run(tmp_path)
    assert done.exit_code == 3
    assert "人が確かめてください" not in done.output


def test_the_help_explains_the_codes_of_this_command():
    words = run("--help").output
    assert "  3  誤りが見つかったか、検査できないファイルがあった" in words
    assert "本" not in words.split("終了コード")[1].split("Ctrl")[0].replace("日本", "")


def test_misuse(tmp_path):
    assert run().exit_code == 2
    assert run(tmp_path).exit_code == 2  # an empty folder
    assert run("--nonsense").exit_code == 2


def test_a_missing_file_is_named_and_the_others_are_checked(tmp_path):
    good = tmp_path / "good.csv"
    good.write_text("団体コード,年,人口（人）\n07210,2020,5\n", encoding="utf-8-sig")
    ended = run(tmp_path / "absent.csv", good)
    assert ended.exit_code == 3
    assert "absent.csv" in ended.output and "ファイルがありません" in ended.output
    assert "ファイル2件を検査しました。誤り1件、注意0件" in ended.output


def test_the_rules_can_be_read(tmp_path):
    done = run("--rules")
    assert done.exit_code == 0
    for rule in RULES.values():
        assert f"{rule.id} {rule.title}" in done.output
        assert rule.explanation in done.output
        assert rule.remedy in done.output


@pytest.mark.parametrize("name", ["raw_2203ssjin.xlsx", "raw_2204ssnen.xlsx"])
def test_a_real_table_of_the_ministry(shared, name):
    path = shared / "official" / "juki" / name
    if not path.exists():
        pytest.skip(f"{name} is not in shared/")
    done = run(path)
    assert done.exit_code == 0  # the published items forbid none of these in so many words
    for words in (
        "見出しの行より上に、表題などの行があります",
        "行目: 見出しが",
        "表の下に、注などの行があります",
    ):
        assert words in done.output
    assert "2-2 " not in done.output.split("検査しました")[0]
    assert "セル2:6" not in done.output
    assert "結合されています" not in done.output  # it has none


def test_a_real_table_with_three_rows_of_headings(shared, tmp_path):
    packed = shared / "official" / "ssdse" / "raw" / "SSDSE-A-2024.csv.gz"
    if not packed.exists():
        pytest.skip(f"{packed.name} is not in shared/")
    path = tmp_path / packed.stem
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    words = run(path).output
    assert "1〜3行目: 見出しが3行あります" in words
    assert "数値の列に文字列があります" not in words
    assert "地域コードがありません" not in words
    assert "セルD3: 数値の列に単位がありません" in words
