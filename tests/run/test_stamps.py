"""A page is stale when, and only when, something that it is made from has changed; and says what."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import replace

import pytest
from run_house import PLAN, second_plan

from planbook.run import stamps
from planbook.run.hashes import HashCache


@pytest.fixture
def job(house):
    house.notebook("population", "1")
    job = house.job("population")
    house.keep(job)
    return job


def look(house, job):
    return house.workshop().look([job])[0]


def test_nothing_changed_is_fresh(house, job):
    assert (look(house, job).state, look(house, job).why) == ("fresh", ())


def test_never_run(house, job):
    state = look(house, replace(job, address=f"47/{PLAN}/kpis"))
    assert (state.state, state.why) == ("missing", ("まだ実行していない",))


def test_notebook(house, job):
    house.notebook("population", "2")
    assert look(house, job).why == ("ノートブックが変わった",)


def test_another_notebook_of_the_same_content(house, job):
    copy = shutil.copy(job.notebook, job.notebook.with_name("mine.ipynb"))
    assert look(house, replace(job, notebook=house.places.notebooks / copy.name)).why == (
        "ノートブックが変わった",
    )


def test_parameters(house, job):
    assert look(house, job.with_parameters({"horizon": 2050})).why == ("パラメーターが変わった",)


def test_language(house, job):
    assert "言語が変わった" in stamps.why_stale(
        look(house, job).record.parts, house.workshop().stamper.stamp(replace(job, language="en"))
    )


def test_title(house, job):
    assert look(house, replace(job, heading="別の名前")).why == ("見出しが変わった",)


def test_data_names_the_files(house, country, job):
    country.replace(country.plan / "kpi_values.csv", "120", "121")
    (country.plan / "commentary.md").write_text("一言\n", encoding="utf-8")
    country.municipality.joinpath("vital.csv").unlink()
    (why,) = look(house, job).why
    assert why == (
        f"データが変わった（municipalities/47999-kaku/vital.csv、plans/{PLAN}/commentary.md、plans/{PLAN}/kpi_values.csv）"
    )


def test_reference_list(house, country, job):
    path = country.path / "reference" / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert look(house, job).why == ("データが変わった（reference/sources.csv）",)


def test_another_plan_is_none_of_its_business(house, country, job):
    second_plan(country)
    assert look(house, job).state == "fresh"


def test_a_comparison_reads_every_plan_it_compares(house, country):
    house.notebook("overview")
    job = replace(house.job("overview"), plan_id=None, parameters={"plans": "*"})
    house.keep(job)
    assert look(house, job).state == "fresh"
    second_plan(country)
    (why,) = look(house, job).why
    assert "47999-vision-1" in why


def test_a_comparison_of_some_plans_reads_only_those(house, country):
    second_plan(country)
    house.notebook("overview")
    job = replace(house.job("overview"), plan_id=None, parameters={"plans": "47999-vision-*"})
    house.keep(job)
    country.replace(country.plan / "goals.csv", "農業", "漁業")
    assert look(house, job).state == "fresh"


def test_many_files_are_kept_by_folder(house, country, job, monkeypatch):
    monkeypatch.setattr(stamps, "_MOST_FILES_BY_NAME", 3)
    house.keep(job)
    country.replace(country.plan / "goals.csv", "農業", "漁業")
    assert look(house, job).why == (f"データが変わった（plans/{PLAN}）",)


def test_lock(house, job):
    house.places.lock.write_text("pandas==3.1\n")
    assert look(house, job).why == ("requirements.lock が変わった",)


def test_python(house, job, monkeypatch):
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")
    assert look(house, job).why == ("Python の版が変わった",)


def test_package_but_not_the_command_line(house, job, tmp_path, monkeypatch):
    package = tmp_path / "package"
    for name in ("analysis/ages.py", "command/main.py", "locale/en/LC_MESSAGES/planbook.po"):
        (package / name).parent.mkdir(parents=True)
        (package / name).write_text("1")
    monkeypatch.setattr(stamps, "PACKAGE", package)
    house.keep(job)
    (package / "command" / "main.py").write_text("22")
    (package / "locale" / "en" / "LC_MESSAGES" / "planbook.po").write_text("22")
    assert look(house, job).state == "fresh"
    (package / "analysis" / "ages.py").write_text("22")
    assert look(house, job).why == ("planbook のプログラムが変わった",)


def test_the_catalogue_counts_for_other_languages(house, job, tmp_path, monkeypatch):
    package = tmp_path / "package"
    catalogue = package / "locale" / "en" / "LC_MESSAGES" / "planbook.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("1")
    monkeypatch.setattr(stamps, "PACKAGE", package)
    english = replace(job, language="en")
    house.keep(english)
    assert look(house, english).state == "fresh"
    catalogue.write_text("22")
    assert look(house, english).why == ("planbook のプログラムが変わった",)


def test_force(house, job):
    assert house.workshop().look([job], force=True)[0].why == ("--force が指定された",)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": 99, "state": "ok"}', "null"])
def test_a_damaged_record_is_no_record(house, job, content):
    house.workshop().store.record_path(job).write_text(content)
    assert look(house, job).state == "missing"


def test_a_page_that_is_not_as_it_was_written_is_no_page(house, job):
    state = look(house, job)
    page = house.workshop().store.notebook(job, state.record)
    page.write_text(page.read_text() + " ")
    assert look(house, job).state == "missing"


def test_a_lost_download_is_noticed(house, job):
    state = look(house, job)
    (house.workshop().store.folder(job, state.record) / "files" / "population.csv").unlink()
    assert look(house, job).state == "missing"


def test_the_digest_does_not_depend_on_the_machine(house, job):
    first = house.workshop().stamper.stamp(job)
    elsewhere = house.workshop(house.path / "other").stamper.stamp(job)
    assert first.digest == elsewhere.digest
    assert str(house.path) not in str(first.parts)


# --- the cache of hashes -----------------------------------------------------------------------------


def settle(path, seconds=10):
    """Make a file old enough to be remembered."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns - seconds * 10**9))


def test_a_file_that_was_just_written_is_not_remembered(tmp_path):
    # Two writes within a clock tick have the same times; the second one must not be missed.
    path = tmp_path / "a.csv"
    path.write_text("1")
    cache = HashCache(tmp_path / "cache.json")
    cache.of_file(path)
    cache.save()
    assert not (tmp_path / "cache.json").exists()


def test_a_settled_file_is_read_once(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("1")
    monkeypatch.setattr("planbook.run.hashes._UNSETTLED_NANOSECONDS", 0)
    first = HashCache(tmp_path / "cache.json")
    digest = first.of_file(path)
    first.save()
    monkeypatch.setattr(type(path), "read_bytes", lambda self: pytest.fail("read again"))
    assert HashCache(tmp_path / "cache.json").of_file(path) == digest


def test_same_size_and_modification_time_but_another_content(tmp_path, monkeypatch):
    monkeypatch.setattr("planbook.run.hashes._UNSETTLED_NANOSECONDS", 0)
    path = tmp_path / "a.csv"
    path.write_text("1")
    first = HashCache(tmp_path / "cache.json")
    digest = first.of_file(path)
    first.save()
    times = path.stat()
    path.write_text("2")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    if os.name != "nt":  # there ctime is the time of creation
        assert HashCache(tmp_path / "cache.json").of_file(path) != digest


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"x": 3}'])
def test_a_damaged_cache_counts_as_empty(tmp_path, content):
    (tmp_path / "cache.json").write_text(content)
    path = tmp_path / "x"
    path.write_text("1")
    assert len(HashCache(tmp_path / "cache.json").of_file(path)) == 64
