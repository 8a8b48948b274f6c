"""Imports go one way: vocabulary → load → analysis → summary → presentation → run → command."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "scripts" / "planbook"
FLOORS = ["vocabulary", "load", "analysis", "summary", "presentation", "run", "command"]
# The notebooks' door belongs to the floor of what readers see.
DOORS = {"notebook": "presentation"}


def floor_of(module: str) -> str | None:
    name = module.split(".")[1] if "." in module else ""
    name = DOORS.get(name, name)
    return name if name in FLOORS else None


def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        assert not (isinstance(node, ast.ImportFrom) and node.level), (
            f"{path}: relative imports hide the floor"
        )
    return [name for name in names if name.startswith("planbook.")]


def test_every_floor_is_there():
    assert [floor for floor in FLOORS if not (PACKAGE / floor / "__init__.py").is_file()] == []


def test_imports_go_one_way():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("planbook", *path.relative_to(PACKAGE).with_suffix("").parts))
        own = floor_of(module)
        if own is None:
            continue
        for name in imports(path):
            other = floor_of(name)
            if other and FLOORS.index(other) > FLOORS.index(own):
                wrong.append(f"{module} imports {name}")
    assert wrong == []


def test_only_load_opens_files_of_the_data_folder():
    """Analyses and charts work on frames: they open no file."""
    readers = {"read_csv", "open", "read_text", "read_bytes", "safe_load", "read_excel", "read_parquet"}
    found = []
    for floor in ("analysis", "summary"):
        for path in sorted((PACKAGE / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in readers:
                        found.append(f"{path.name}: {name}")
    assert found == []


def test_no_plan_or_place_is_decided_by_name():
    """A rule for one city would be a hidden special case: what is said of a plan comes from its data.

    Examples in help and messages may show a code; a comparison, a key or a pattern may not hold one.
    """
    names = ("二本松", "二戸", "会津若松", "北本", "07210", "07202", "03213", "11233", "nihonmatsu", "ninohe")
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for part in deciding(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found += [f"{path.name}:{part.lineno} {name}" for name in names if name in part.value]
    assert found == []


def deciding(node: ast.AST) -> list[ast.AST]:
    """Return the operands of a comparison, the keys of a dict, the patterns of a match."""
    if isinstance(node, ast.Compare):
        parts = [node.left, *node.comparators]
        return [leaf for part in parts for leaf in ast.walk(part)]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.MatchValue):
        return [node.value]
    return []
