from __future__ import annotations

import pytest
from run_house import House


@pytest.fixture
def house(country, tmp_path, monkeypatch) -> House:
    """A checkout whose data is the fictional country's."""
    # A stand-in for the package: an edit of the real one while the tests run would make pages stale.
    (tmp_path / "program").mkdir()
    monkeypatch.setattr("planbook.run.stamps.PACKAGE", tmp_path / "program")
    return House(tmp_path)
