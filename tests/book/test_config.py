"""The settings of the book, and what our Sphinx extension makes of pages."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
import yaml
from jupyter_book.config import get_final_config, validate_yaml

from planbook.run import sphinx_extension as extension
from planbook.run.sphinx_extension import (
    CONFIG_WORDS,
    PLACES_NAMED,
    SEARCH_WORDS,
    THEME_WORDS,
    Navigation,
    NavPage,
    NavPart,
    PairSearch,
    formula_to_mathml,
    page_description,
    print_style,
)


@pytest.fixture(scope="module")
def config(repository) -> dict:
    return yaml.safe_load((repository / "_config.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def final(repository) -> dict:
    """What Sphinx is given in the end, Jupyter Book's own settings merged in."""
    made, _ = get_final_config(
        user_yaml=repository / "_config.yml",
        cli_config={"latex_individualpages": False},
        sourcedir=repository / "book",
    )
    return made


def test_the_settings_are_jupyter_books(config):
    validate_yaml(config, raise_on_errors=True)


def test_notebooks_are_never_run_by_jupyter_book(config, final):
    assert config["execute"]["execute_notebooks"] == "off"
    assert final["nb_execution_mode"] == "off"
    assert config["only_build_toc_files"] is True


def test_the_book_is_japanese(config, final):
    assert final["language"] == "ja"
    assert "language" not in config
    assert final["html_title"] == "自治体計画の分析ブック（planbook）"


def test_nothing_is_in_the_book_that_needs_a_network(final):
    assert "planbook.run.sphinx_extension" in final["extensions"]
    for name in ("sphinx_thebe", "sphinx.ext.intersphinx", "sphinx_togglebutton", "sphinx_copybutton"):
        assert name not in final["extensions"]
    assert final["html_math_renderer"] == "mathml"
    assert final["html_show_search_summary"] is False
    assert "linkify" not in final["myst_enable_extensions"]
    assert "dollarmath" in final["myst_enable_extensions"]
    options = final["html_theme_options"]
    assert not any(
        options[name] for name in ("repository_url", "use_download_button", "use_repository_button")
    )
    assert options["home_page_in_toc"] is True


def test_no_source_is_published(final):
    assert (final["html_copy_source"], final["html_show_sourcelink"]) == (False, False)


def test_named_files_are_there(repository, final):
    options = final["html_theme_options"]
    for name in (options["logo"]["image_light"], options["logo"]["image_dark"], final["html_favicon"]):
        path = repository / "book" / name
        assert ElementTree.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    for name in options["article_header_start"]:
        assert (repository / "book" / "_templates" / name).is_file()


def test_every_japanese_setting_is_known_to_the_catalogue(final):
    values = [final[name] for name in extension.TRANSLATED_SETTINGS if name in final]
    values += [final["html_theme_options"]["search_bar_text"], final["html_theme_options"]["logo"]["text"]]
    japanese = {value for value in values if re.search(r"[ぁ-んァ-ヶ一-龠]", value)}
    assert japanese <= set(CONFIG_WORDS)


def test_every_word_of_our_templates_is_translated(repository):
    used = set()
    for path in (repository / "book" / "_templates").rglob("*.html"):
        used |= set(re.findall(r"_\('([^']+)'\)", path.read_text(encoding="utf-8")))
    assert used
    assert used <= set(THEME_WORDS)


def test_words_are_japanese():
    for msgid in (*THEME_WORDS.values(), *SEARCH_WORDS.values()):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", msgid), msgid


def test_our_words_come_before_the_themes():
    class Theirs(extension.gettext.NullTranslations):
        def gettext(self, message):
            return {"Search": "サーチ", "Other": "そのほか"}.get(message, message)

    words = extension._Words({"Search": "検索"}, Theirs())
    assert (words.gettext("Search"), words.gettext("Other"), words.gettext("x")) == ("検索", "そのほか", "x")


@pytest.mark.parametrize("display", ["inline", "block"])
def test_a_formula_is_mathml(display):
    made = formula_to_mathml(r"\text{増減率} = \frac{P_{t_1} - P_{t_0}}{P_{t_0}} \times 100", display)
    root = ElementTree.fromstring(made)
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert root.get("display") == display
    assert root.findall(".//{*}mfrac")
    assert "増減率" in "".join(root.itertext())


def test_every_formula_of_the_chapters_can_be_written(repository):
    formulas = re.findall(
        r"\$\$(.+?)\$\$", (repository / "book" / "methods.md").read_text("utf-8"), flags=re.S
    )
    assert len(formulas) >= 8
    for formula in formulas:
        made = formula_to_mathml(formula.strip(), "block")
        assert "\\" not in "".join(ElementTree.fromstring(made).itertext()), formula


def test_every_chapter_has_one_title_and_known_markers(repository):
    markers = []
    for path in sorted((repository / "book").glob("*.md")):
        words = path.read_text(encoding="utf-8")
        assert len(re.findall(r"^# ", words, flags=re.M)) == 1, path.name
        assert words.startswith("# "), path.name
        assert "監査" not in words
        markers += re.findall(r"<!-- planbook: (\S+) -->", words)
    assert sorted(markers) == [
        "check_rules",
        "dictionary",
        "error_bands",
        "headline",
        "kpi_codes",
        "licences",
        "on_track_rules",
        "plans",
        "sources",
        "statistics",
        "status",
        "suggestion_quality",
        "theme_words",
    ]


def test_links_between_chapters_lead_somewhere(repository):
    book = repository / "book"
    for path in book.glob("*.md"):
        for target in re.findall(r"\]\(([\w-]+\.md)\)", path.read_text(encoding="utf-8")):
            assert (book / target).is_file(), f"{path.name}: {target}"


# ---- search


def test_japanese_is_split_into_pairs():
    split = PairSearch({}).split
    assert split("人口減少") == ["人口", "口減", "減少"]
    assert split("第２期のKPI・t-CO2") == ["第2", "2期", "期の", "KPI", "t", "CO2"]
    assert split("県") == ["県"]
    assert not PairSearch({}).word_filter("2045")
    assert PairSearch({}).word_filter("まち")


def test_pages_and_readers_are_split_alike():
    """The two splitters are one expression in two languages; numbers stay whole in both."""
    assert r"[A-Za-z_][0-9A-Za-z_]*|" in extension._RUN.pattern
    assert r"[A-Za-z_][0-9A-Za-z_]*|" in PairSearch.js_splitter_code
    assert PairSearch({}).split("2045年") == ["20", "04", "45", "5年"]
    assert PairSearch({}).split("2045") == ["2045"]


# ---- navigation


def country(prefectures: int, places: int) -> Navigation:
    front = NavPart("この本について", (NavPage("reading", "読み方"), NavPage("methods", "方法")))
    parts = []
    for p in range(1, prefectures + 1):
        towns = []
        for t in range(places):
            code = f"{p:02}{t:03}"
            pages = tuple(NavPage(f"{p:02}/{code}-strategy-1/{n}", n) for n in ("population", "kpis"))
            plan = NavPage(f"{p:02}/{code}-strategy-1/digest", f"{code}市 総合戦略", pages)
            towns.append(NavPage(f"{p:02}/{code}", f"{code}市", (plan,)))
        parts.append(NavPart(f"第{p}県", tuple(towns)))
    return Navigation(NavPage("index", "表紙"), (front, *parts))


def test_only_the_readers_own_branch_is_open():
    made = country(2, 3).sidebar("01/01001-strategy-1/population", lambda name: f"{name}.html")
    ElementTree.fromstring(f"<nav>{made.replace(' open>', '>')}</nav>")
    assert "01/01001-strategy-1/kpis.html" in made
    assert "01/01002.html" in made
    assert "01/01002-strategy-1/digest.html" not in made
    assert "02/02001.html" in made
    assert made.count("<details") == 2
    assert made.count('<details class="pb-nav-part" open>') == 1
    assert "reading.html" in made


def test_a_thousand_places_do_not_swell_a_page():
    whole = country(47, 37)
    assert PLACES_NAMED < 47 * 37
    made = whole.sidebar("30/30005-strategy-1/digest", lambda name: f"../../{name}.html")
    assert len(made) < 12_000
    assert "../../29/29000.html" in made
    assert "29/29001" not in made
    assert "30/30036.html" in made


def test_the_trail_leads_from_the_cover_to_the_page():
    made = country(1, 1).trail_html("01/01000-strategy-1/kpis", lambda name: f"{name}.html")
    steps = re.sub(r"<[^>]+>", "|", made)
    assert [step for step in steps.split("|") if step] == [
        "表紙", "第1県", "01000市", "01000市 総合戦略", "kpis",
    ]  # fmt: skip
    assert country(1, 1).trail_html("index", str) == ""


def test_a_page_outside_the_contents_still_has_a_sidebar():
    made = country(1, 1).sidebar("search", lambda name: f"{name}.html")
    assert "index.html" in made
    assert " open>" not in made


# ---- head of the page


def test_a_page_is_described_by_its_answer():
    body = '<p>前置き</p><p class="pb-lead">人口は<a href="#src-1">49,291人</a>です。</p><p class="pb-lead">次。</p>'
    assert page_description(body) == "人口は49,291人です。次。"
    assert (
        page_description("<h1>方法</h1><p>この章は  &amp; 述べます。</p><p>二</p>") == "この章は & 述べます。"
    )
    assert page_description("") == ""
    assert len(page_description(f"<p>{'あ' * 500}</p>")) == extension.DESCRIPTION_LENGTH


def test_a_printed_sheet_carries_the_names_of_book_and_page():
    made = print_style("本", '「"<第2期>\\', "1mm")
    assert made.startswith("<style>@page{margin:1mm;")
    assert made.endswith("</style>")
    assert "<第" not in made
    assert '\\"' in made
    assert "counter(page)" in made


def test_the_pages_words_cannot_end_their_script():
    written = extension._script_json({"a": "</script>", "b": "<!--<script>"})
    assert "<" not in written
    assert json.loads(written) == {"a": "</script>", "b": "<!--<script>"}
