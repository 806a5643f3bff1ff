"""The page of results, in both languages, made of the JSON files alone: `python -m benchmarks page`."""

from benchmarks.page.pages import PAGES, line, page, write

__all__ = ["PAGES", "line", "page", "write"]
