"""The curves as pictures; the same figures make the same files."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from benchmarks.page import words

if TYPE_CHECKING:
    from pathlib import Path

Points = Sequence[tuple[int, float]]
_LABELS = {"events": "事件 events", "provisions": "规定 provisions", "cases": "案件 cases"}


def draw(curves: Mapping[str, Points], files: Mapping[str, Path]) -> None:
    """Draw the curves of each kind into its file, an SVG."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    pyplot: Any = import_module("matplotlib.pyplot")
    # Text stays text, so that its fonts are the reader's; ids come from the salt and not from the clock.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "speed"}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the fonts here need not have what the reader's have
        for kind, file in files.items():
            figure, axes = pyplot.subplots(figsize=(7, 4))
            for name, points in curves.items():
                if name.startswith(kind) and points:
                    label = words.CURVES[name]
                    axes.plot(*zip(*points, strict=True), marker="o", label=f"{label.zh} {label.en}")
            axes.set(xscale="log", yscale="log", xlabel=_LABELS[kind], ylabel="秒 seconds")
            axes.grid(visible=True, which="major", alpha=0.3)
            axes.legend(fontsize="small")
            figure.tight_layout()
            figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
            pyplot.close(figure)
