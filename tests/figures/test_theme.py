from __future__ import annotations

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from detente.figures import new_axes, save_figure, style_file, theme
from detente.figures.calendar import luminance, readable_on
from detente.figures.theme import COLD, FIRST, INK, SECOND, WARM, tone_colours


def test_settings_are_as_before_also_after_an_error():
    before = dict(mpl.rcParams)

    def fail_inside() -> None:
        with theme():
            assert mpl.rcParams["text.parse_math"] is False
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_inside()
    assert dict(mpl.rcParams) == before


def test_users_settings_do_not_reach_a_figure():
    with mpl.rc_context({"font.size": 30, "text.usetex": True, "axes.grid": True}):
        with theme():
            assert mpl.rcParams["font.size"] == 7.5
            assert mpl.rcParams["text.usetex"] is False
        assert mpl.rcParams["font.size"] == 30


def test_nothing_in_the_style_file_is_under_the_smallest_size():
    sizes = [
        float(line.split(":")[1])
        for line in style_file().read_text(encoding="utf-8").splitlines()
        if line.split(":")[0].endswith(("labelsize", "font.size"))
    ]
    assert len(sizes) >= 4
    assert min(sizes) >= 6.5


def test_sides_differ_in_greyscale():
    first, second = luminance(to_rgb(FIRST)), luminance(to_rgb(SECOND))
    assert first - second > 0.2
    # Both stand out from paper.
    assert 1.05 / (first + 0.05) > 2.5


def test_cold_end_is_much_darker_than_warm_end():
    assert luminance(to_rgb(WARM)) - luminance(to_rgb(COLD)) > 0.2


def test_scale_of_tone_is_lightest_in_the_middle():
    light = np.array([luminance(tuple(tone_colours()(x)[:3])) for x in np.linspace(0, 1, 41)])
    assert np.all(np.diff(light[:21]) > 0)
    assert np.all(np.diff(light[20:]) < 0)


@pytest.mark.parametrize("x", np.linspace(0, 1, 21))
def test_numbers_can_be_read_on_every_colour(x):
    colour = tuple(tone_colours()(float(x))[:3])
    ink, paper = luminance(to_rgb(readable_on(colour))), luminance(colour)
    assert (max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) > 3.9


def test_ink_is_dark():
    assert luminance(to_rgb(INK)) < 0.03


def test_importing_figures_leaves_pyplot_alone():
    code = "import sys, detente.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_chart_keeps_its_look_when_it_is_saved_by_itself(tmp_path):
    from matplotlib.image import imread

    def drawn(name, save):
        axes = new_axes(3, 1)
        axes.text(0.1, 0.5, "means of single months, no dot")
        save(axes, tmp_path / f"{name}.png")
        return imread(tmp_path / f"{name}.png")

    ours = drawn("ours", lambda axes, path: save_figure(axes, path.with_suffix(""), ["png"]))
    with mpl.rc_context({"text.hinting": "force_autohint", "text.parse_math": True}):
        plain = drawn("plain", lambda axes, path: axes.figure.savefig(path, dpi=200))
    np.testing.assert_array_equal(ours, plain)
