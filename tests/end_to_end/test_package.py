from __future__ import annotations

import zipfile


def test_the_wheel_carries_studies_fonts_and_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for study in ("russia-turkey", "japan-korea"):
        for name in ("study.toml", "statements.csv", "events.csv", "README.md"):
            assert f"detente/_bundled/{study}/{name}" in names
    assert "detente/_bundled/russia-turkey/codings.csv" in names
    assert "detente/_fonts/NotoSans-Regular.ttf" in names
    assert "detente/_fonts/OFL.txt" in names
    assert "detente/report/report.typ" in names
    assert "detente/figures/detente.mplstyle" in names
