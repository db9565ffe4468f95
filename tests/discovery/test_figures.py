"""The measurements of "near" run, and what they say does not depend on the size: the rest is for `make bench`."""

from __future__ import annotations

import pytest

from tests.bench.nearness import figures


@pytest.mark.postgresql
def test_the_figures_are_all_there(tmp_path):
    told: list[str] = []
    found = figures(tmp_path, told.append, quick=True)
    assert sorted(found) == [
        "gazetteer_p99_ms", "locator_svg_kb", "locator_svg_ms", "near_1m_50km_p50_ms_sqlite",
        "near_1m_50km_p99_ms_sqlite", "near_growth", "near_max_error_pct", "near_page_p99_ms", "near_vs_kdtree_sqlite",
        "near_vs_postgis",
    ]  # fmt: skip
    assert found["near_max_error_pct"] <= 0.5
    assert found["locator_svg_kb"] < 10
    assert len(told) > 18
