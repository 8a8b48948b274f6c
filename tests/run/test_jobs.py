from __future__ import annotations

import pytest
from run_house import PLAN, second_plan

from planbook.run.headings import read_headings
from planbook.run.jobs import list_jobs, require_notebook
from planbook.vocabulary.errors import ParameterError


@pytest.fixture
def headings(house, country):
    second_plan(country)
    return read_headings(country.root, country.root.plan_ids())


def test_four_pages_a_plan_then_the_comparisons(house, headings):
    jobs = list_jobs(house.places.notebooks, headings)
    assert [job.path for job in jobs] == [
        *(f"47/{PLAN}/{page}" for page in ("digest", "population", "kpis", "goals")),
        *(f"47/47999-vision-1/{page}" for page in ("digest", "population", "kpis", "goals")),
        "overview",
        "compare-population",
        "compare-kpis",
        "compare-goals",
        "same-place",
        "check",
    ]
    assert jobs[0].parameters == {"plan_id": PLAN}
    assert jobs[0].heading == "架空市総合戦略"


def test_a_comparison_takes_the_expression_not_the_ids(house, headings):
    jobs = [job for job in list_jobs(house.places.notebooks, headings, "47999-*,") if not job.plan_id]
    assert [job.parameters for job in jobs] == [{"plans": "47999-*"}] * 6
    assert jobs[0].command == 'planbook run overview -p "plans=47999-*"'
    assert jobs[1].command == 'planbook run compare-population -p "plans=47999-*"'
    assert jobs[1].notebook.name == "compare_population.ipynb"


def test_another_language_has_its_own_folder_and_words(house, headings):
    jobs = list_jobs(house.places.notebooks, headings, languages=("ja", "en"))
    english = [job for job in jobs if job.language == "en"]
    assert english[1].path == f"en/47/{PLAN}/population"
    assert english[1].address == f"47/{PLAN}/population"
    assert english[1].heading == "Strategy of Kaku City"


def test_a_plan_may_name_its_own_notebook(house, country):
    country.replace(country.plan / "plan.yml", "outlook:", "pages: {population: my-population}\noutlook:")
    headings = read_headings(country.root, country.root.plan_ids())
    job = list_jobs(house.places.notebooks, headings)[1]
    assert job.notebook.name == "my-population.ipynb"
    assert job.address == f"47/{PLAN}/population"
    house.notebook("population")
    with pytest.raises(ParameterError) as caught:
        require_notebook(job)
    assert "notebooks/my-population.ipynb" in str(caught.value)
    assert "使えるもの：population" in str(caught.value)


def test_a_plan_file_that_cannot_be_read_still_has_pages(house, country):
    (country.plan / "plan.yml").write_text("title: [", encoding="utf-8")
    (heading,) = read_headings(country.root, country.root.plan_ids())
    assert heading.problems
    assert list_jobs(house.places.notebooks, [heading])[0].heading == PLAN


def test_names_of_place_come_from_the_lists(country):
    (heading,) = read_headings(country.root, country.root.plan_ids())
    assert (heading.municipality["ja"], heading.prefecture["ja"]) == ("架空市", "沖縄県")


def test_a_changed_parameter_is_part_of_the_command(house, headings):
    job = list_jobs(house.places.notebooks, headings)[1].with_parameters({"horizon": 2050, "words": "a b"})
    assert job.command == f'planbook run {PLAN} --page population -p horizon=2050 -p "words=a b"'
