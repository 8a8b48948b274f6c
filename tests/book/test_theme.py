"""How charts and pages look: the Altair theme, the signs of series, the style sheet, the page's script."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess

import altair as alt
import pandas as pd
import pytest
import vl_convert

from planbook.presentation.charts.population import draw_broad_ages
from planbook.presentation.theme import (
    DARK_BACKGROUNDS,
    GROUPS,
    LIGHT_BACKGROUNDS,
    ROLES,
    THEME_NAME,
    enable_theme,
    fix_colours,
    role_scales,
    text_on,
)
from planbook.run.vega_asset import vega_lite_version, wrap_bundle
from planbook.vocabulary.errors import ParameterError, PlanbookError

# Every class that the package writes into a page.
CLASSES = [
    "pb-lead", "pb-num", "pb-cards", "pb-card", "pb-card-label", "pb-card-value", "pb-card-note",
    "pb-note", "pb-note-missing", "pb-note-caution", "pb-note-info", "pb-note-title",
    "pb-figure", "pb-chart", "pb-data", "pb-scroll", "pb-table", "pb-n", "pb-downloads", "pb-save", "pb-source",
    "pb-tree", "pb-tree-number", "pb-tree-title", "pb-mark",
    *(f"pb-theme-{theme}" for theme in ("G1", "G2", "G3", "G4", "X1", "X2", "P", "A", "N")),
    "pb-sources", "pb-reproduce", "pb-failed",
    # What the extension, the templates and the page's script write.
    "pb-nav", "pb-nav-part", "pb-nav-below", "pb-trail", "pb-formula", "pb-math", "pb-canvas", "pb-undrawn",
    "pb-page-digest", "pb-print", "pb-scrolls", "pb-credit-space", "pb-js",
    "pb-cell-short", "pb-cell-phrase", "pb-cell-middle", "pb-cell-long",
    "pb-chooser", "pb-choice", "pb-choices-bar", "pb-choices-list", "pb-choices-status", "pb-unchosen", "pb-partial",
]  # fmt: skip

# Viénot, Machado et al.: what the three common forms of colour blindness make of linear sRGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, kind: str) -> tuple[float, float, float]:
    rgb = [
        min(1, max(0, sum(m * c for m, c in zip(row, linear(colour), strict=True))))
        for row in BLINDNESS[kind]
    ]
    x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047
    y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.fixture
def style(repository) -> str:
    return (repository / "book" / "_static" / "planbook.css").read_text(encoding="utf-8")


@pytest.fixture
def script(repository) -> str:
    return (repository / "book" / "_static" / "planbook.js").read_text(encoding="utf-8")


@pytest.fixture
def spec():
    before = alt.theme.active
    enable_theme()
    frame = pd.DataFrame({"year": [2015, 2020], "persons": [58162, 53557]})
    yield alt.Chart(frame).mark_line().encode(x="year:Q", y="persons:Q").to_dict()
    alt.theme.enable(before)


def test_the_contrast_is_the_one_of_wcag():
    # Black on white 21:1; #767676 is the lightest grey that reaches 4.5:1 on white.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_chart_carries_the_theme(spec):
    assert alt.theme.active == THEME_NAME
    assert (spec["width"], spec["height"]) == ("container", 320)
    config = spec["config"]
    assert "Noto Sans CJK JP" in config["font"]
    assert "BIZ UDPGothic" in config["font"]
    assert config["axis"]["labelColor"].startswith("var(--pb-chart-text,")
    assert config["axis"]["gridColor"].startswith("var(--pb-chart-grid,")
    assert config["text"]["color"] == config["legend"]["labelColor"] == config["title"]["color"]
    assert config["numberFormat"].startswith(",")


def test_enabling_twice_is_enabling_once():
    before = alt.theme.active
    enable_theme()
    enable_theme()
    assert alt.theme.active == THEME_NAME
    alt.theme.enable(before)


def test_a_saved_picture_has_the_light_values_instead_of_variables(spec):
    fixed = fix_colours(spec)
    assert "var(" not in json.dumps(fixed)
    assert fixed["config"]["axis"]["labelColor"] == "#1a1a1a"
    assert contrast(fixed["config"]["axis"]["labelColor"], "#ffffff") >= 7


@pytest.mark.parametrize("name", ROLES)
def test_every_colour_is_seen_on_every_background(name):
    for background in (*LIGHT_BACKGROUNDS, *DARK_BACKGROUNDS):
        assert contrast(ROLES[name].colour, background) >= 3, background


@pytest.mark.parametrize("name", ROLES)
def test_text_on_a_colour_is_readable(name):
    assert contrast(text_on(ROLES[name].colour), ROLES[name].colour) >= 4.5
    assert (text_on("#000000"), text_on("#ffffff")) == ("#ffffff", "#000000")


def test_shares_inside_the_bars_are_readable():
    frame = pd.DataFrame(
        {
            "year": "2020",
            "role": ["young", "working", "old"],
            "group": [ROLES[name].label for name in ("young", "working", "old")],
            "persons": [10.0, 60.0, 30.0],
            "share_label": "50.0%",
            "short_label": ["10%", "60%", "30%"],
        }
    )
    drawn = vl_convert.vegalite_to_svg(fix_colours({**draw_broad_ages(frame).to_dict(), "width": 300}))
    inks = {share: ink for ink, share in re.findall(r'fill="(#\w+|white|black)"[^>]*>(\d\d%)<', drawn)}
    for role, share in (("young", "10%"), ("working", "60%"), ("old", "30%")):
        assert contrast(inks[share], ROLES[role].colour) >= 4.5


def test_the_backgrounds_are_those_of_the_style_sheet(style):
    light, dark = (re.search(r"--pst-color-background: (#\w+);", part)[1] for part in themes(style))
    panels = [re.search(r"--pb-panel: (#\w+);", part)[1] for part in themes(style)]
    assert (light, panels[0]) == LIGHT_BACKGROUNDS
    assert (dark, panels[1]) == DARK_BACKGROUNDS


def themes(style: str) -> tuple[str, str]:
    light = style.split('html[data-theme="light"] {')[1].split("}", maxsplit=1)[0]
    return light, style.split('html[data-theme="dark"] {')[1].split("}", maxsplit=1)[0]


@pytest.mark.parametrize("group", GROUPS)
def test_no_two_series_of_a_chart_differ_by_colour_alone(group):
    roles = [ROLES[name] for name in GROUPS[group]]
    for part in ("colour", "dash", "shape", "label_msgid"):
        values = [getattr(role, part) for role in roles]
        assert len(set(values)) == len(values), part


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("group", ["trend", "sex", "age", "movement", "frontier", "peers"])
def test_colours_of_a_chart_stay_apart_for_the_colour_blind(group, kind):
    # Themes are left out: nine colours of one lightness cannot, and each carries its word.
    for one, other in itertools.combinations(set(GROUPS[group]) - {"band"}, 2):
        pairs = zip(lab(ROLES[one].colour, kind), lab(ROLES[other].colour, kind), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= 8, (one, other)


def test_what_was_seen_and_what_is_usual_take_no_sign_of_an_edition():
    """A disturbed five years is no projection; パターン1 looks on the frontier as it does among the scenarios."""
    editions = [role for name, role in ROLES.items() if name.startswith("ipss_")]
    disturbed, usual, pattern = (ROLES[name] for name in ("seen_disturbed", "usual", "pattern_1"))
    for part in ("colour", "dash", "shape"):
        assert getattr(usual, part) == getattr(pattern, part)
    assert (disturbed.colour, disturbed.dash, disturbed.shape) not in [
        (role.colour, role.dash, role.shape) for role in editions
    ]
    assert disturbed.colour not in {role.colour for role in ROLES.values() if role is not disturbed}


def test_scales_of_a_chart_are_in_step():
    scales = role_scales(["observed", "target"])
    assert scales.colour.domain == scales.dash.domain == scales.shape.domain
    assert scales.dash.range[0] == [1, 0]
    assert scales.colour.range == [ROLES["observed"].colour, ROLES["target"].colour]
    with pytest.raises(ParameterError, match="ipss_2023"):
        role_scales(["observed", "forecast"])


def test_the_chapter_on_signs_names_every_series_of_the_trend(repository):
    chapter = (repository / "book" / "reading.md").read_text(encoding="utf-8")
    missing = [ROLES[name].label_msgid for name in GROUPS["trend"] if ROLES[name].label_msgid not in chapter]
    # No page draws these yet; the chapter explains only signs that a reader can meet.
    assert set(missing) <= {"幅", "基準", "計画に記載の見通し"}


def test_every_class_of_the_package_is_styled(style):
    unstyled = [name for name in CLASSES if not re.search(rf"\.{re.escape(name)}(?![\w-])", style)]
    assert unstyled == []


def test_themes_have_one_colour_in_charts_and_marks(style):
    for name in GROUPS["themes"]:
        found = re.search(rf"\.pb-theme-{name} {{ --pb-theme: (#\w+); }}", style)
        assert found[1].upper() == ROLES[name].colour


def test_text_of_the_style_sheet_is_readable(style):
    for part in themes(style):
        values = dict(re.findall(r"--([\w-]+): (#\w{6});", part))
        page, panel = values["pst-color-background"], values["pb-panel"]
        for name in ("pst-color-text-base", "pst-color-text-muted", "pb-accent", "pb-failed", "pb-caution"):
            assert min(contrast(values[name], page), contrast(values[name], panel)) >= 4.5, name
        for name in ("caution", "failed", "missing"):
            assert contrast(values[f"pb-{name}"], values[f"pb-{name}-soft"]) >= 4.5, name
        for name in ("pst-color-text-base", "pb-accent"):
            assert contrast(values[name], values["pb-accent-soft"]) >= 4.5, name
        assert contrast(values["pb-line-strong"], page) >= 3


def test_the_style_sheet_is_whole(style):
    without = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    assert without.count("{") == without.count("}")
    used = set(re.findall(r"var\((--pb-[\w-]+)", without))
    set_here = set(re.findall(r"(--pb-[\w-]+):", without))
    assert used - set_here == set()


def test_nothing_in_the_static_files_comes_from_elsewhere(repository):
    found = []
    folders = [repository / "book" / "_static", repository / "book" / "_templates"]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s'\"<>)]*", path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {a}" for a in addresses if a != "http://www.w3.org/2000/svg"]
        assert "@import" not in path.read_text(encoding="utf-8")
    assert found == []


def test_the_script_says_only_what_the_catalogue_knows(script):
    from planbook.run.sphinx_extension import SCRIPT_WORDS  # noqa: PLC0415

    assert set(re.findall(r"WORDS\.(\w+)", script)) == set(SCRIPT_WORDS)
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", script)


def test_the_script_marks_what_the_browser_test_reads(script):
    for mark in ("data-pb-drawn", "data-pb-error", "IntersectionObserver", "beforeprint", "hashchange"):
        assert mark in script


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on this machine")
def test_the_script_is_javascript(repository):
    path = repository / "book" / "_static" / "planbook.js"
    done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_charts_script_is_loaded_once_and_keeps_its_names():
    made = wrap_bundle("const _=1;window.vegaEmbed=_;\n//# sourceMappingURL=x.map\n")
    body = made.split("*/\n", 1)[1]
    assert body.startswith("if(!window.vegaEmbed){(function(){const _=1;")
    assert body.endswith("\n})();}\n")
    assert "sourceMappingURL" not in made
    assert made.startswith("/*!")


def test_the_charts_script_speaks_altairs_version():
    assert vega_lite_version("v6.4.1", ["5.21", "6.1", "6.4"]) == "6.4"
    with pytest.raises(PlanbookError, match=r"6\.9"):
        vega_lite_version("v6.9.0", ["6.4"])
