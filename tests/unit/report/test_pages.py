"""A page as plain text, in whatever width, and as Markdown, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from policyengine.report.cells import cells
from policyengine.report.markdown import markdown
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.plain import plain
from policyengine.report.visible import visible

PAGE = Page(
    "Worklist of the section that is responsible",
    (Line("As of Thu 2025-10-09 00:45"), Line("In short: one owed")),
    (
        Section(
            "Owed now (1)",
            (
                item(
                    "first information within 1 hour (first-bulletin)",
                    (
                        Line("due Thu 2025-10-09 00:30, counted from the detection"),
                        Line("under:", under=(Line("CZH:17 keep publishing until it is over"),)),
                        item("an item within an item"),
                    ),
                ),
            ),
        ),
        Section(None, (Line("Nothing else is owed."),)),
    ),
)


def test_without_a_width_no_line_is_broken() -> None:
    assert plain(PAGE) == (
        "Worklist of the section that is responsible\n"
        "As of Thu 2025-10-09 00:45\n"
        "In short: one owed\n"
        "\n"
        "Owed now (1)\n"
        "- first information within 1 hour (first-bulletin)\n"
        "    due Thu 2025-10-09 00:30, counted from the detection\n"
        "    under:\n"
        "        CZH:17 keep publishing until it is over\n"
        "    - an item within an item\n"
        "\n"
        "Nothing else is owed.\n"
    )


def test_what_goes_on_stands_further_in_than_its_line_and_less_than_what_is_under_it() -> None:
    assert plain(PAGE, width=60) == plain(PAGE)
    deeper = Page("Title", (), (Section("Heading", (item("word " * 14, (Line("below " * 12),)),)),))
    assert plain(deeper, width=60) == (
        "Title\n"
        "\n"
        "Heading\n"
        "- word word word word word word word word word word word\n"
        "  word word word\n"
        "    below below below below below below below below below\n"
        "      below below below\n"
    )


def test_on_a_narrow_terminal_every_line_below_an_item_is_marked() -> None:
    assert plain(PAGE, width=30) == (
        "Worklist of the section that\n"
        "  is responsible\n"
        "As of Thu 2025-10-09 00:45\n"
        "In short: one owed\n"
        "\n"
        "Owed now (1)\n"
        "- first information within\n"
        "  1 hour (first-bulletin)\n"
        "  - due Thu 2025-10-09 00:30,\n"
        "    counted from the detection\n"
        "  - under:\n"
        "    - CZH:17 keep publishing\n"
        "      until it is over\n"
        "  - an item within an item\n"
        "\n"
        "Nothing else is owed.\n"
    )


def test_colours_are_put_on_what_is_already_broken_and_not_on_its_indentation() -> None:
    page = Page("T", (), (Section("H", (item("aa bb", (Line("cc dd", Tone.BAD),), Tone.QUIET),), Tone.OPEN),))
    found = plain(page, width=6, paint=lambda text, tone: f"<{tone.value}:{text}>")
    assert found == ("<strong:T>\n\n<open:H>\n- <quiet:aa>\n  <quiet:bb>\n  - <bad:cc>\n    <bad:dd>\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("两个字 two", "两个字 two", id="letters"),
        pytest.param("\x1b[2J", r"\x1b[2J", id="terminal codes"),
        pytest.param("\x9b31m", r"\x9b31m", id="terminal codes of one byte"),
        pytest.param("a\r\nb\u2028c\td\n", "a b c d", id="line ends"),
        pytest.param("\u202eknaht\u2066", r"\u202eknaht\u2066", id="direction of writing"),
        pytest.param("\udc80", r"\udc80", id="half of a character"),
        pytest.param("e\u0301 👩\u200d🚒\u3000宽", "e\u0301 👩\u200d🚒 宽", id="marks, joiners and wide spaces"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    page = Page(text, (Line(text),), (Section(text, (item(text),)),))
    assert plain(page) == f"{shown}\n{shown}\n\n{shown}\n- {shown}\n"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=30)
SOME = WORDS.filter(str.strip)
LINES = st.recursive(
    st.builds(Line, SOME),
    lambda under: st.builds(Line, SOME, under=st.lists(under, max_size=3).map(tuple), bullet=st.booleans()),
    max_leaves=6,
)
PAGES = st.builds(
    Page,
    WORDS,
    st.lists(LINES, max_size=2).map(tuple),
    st.lists(st.builds(Section, st.none() | WORDS, st.lists(LINES, min_size=1, max_size=3).map(tuple)), max_size=2).map(
        tuple
    ),
)


@given(PAGES, st.integers(20, 100))
def test_every_line_keeps_within_the_width(page: Page, width: int) -> None:
    found = plain(page, width=width)
    assert all(cells(line) <= width for line in found.split("\n"))
    assert found.endswith("\n")


def test_markdown_of_a_page() -> None:
    assert markdown(PAGE) == (
        "# Worklist of the section that is responsible\n"
        "\n"
        "As of Thu 2025-10-09 00:45\n"
        "\n"
        "In short: one owed\n"
        "\n"
        "## Owed now (1)\n"
        "\n"
        "- first information within 1 hour (first-bulletin)\n"
        "  - due Thu 2025-10-09 00:30, counted from the detection\n"
        "  - under:\n"
        "    - CZH:17 keep publishing until it is over\n"
        "  - an item within an item\n"
        "\n"
        "Nothing else is owed.\n"
    )


# What another implementation makes of it

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLACES = {"h1": "title", "h2": "heading", "p": "line"}


def read(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield what stands in *text*: as what, within how many lists, and its words; markup in them is an error."""
    tokens = READER.parse(text)
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"bullet_list_open": 1, "bullet_list_close": -1}.get(token.type, 0)
        assert token.type in {
            *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
        }, token
        if token.type == "inline":
            assert {each.type for each in token.children or ()} <= {"text"}, token
            yield PLACES[tokens[place - 1].tag], depth, "".join(each.content for each in token.children or ())


def said(page: Page) -> Iterator[tuple[str, int, str]]:
    """Yield what *page* says, in the same form."""
    yield "title", 0, page.title
    yield from lines(page.lead, 0)
    for each in page.sections:
        if each.heading is not None:
            yield "heading", 0, each.heading
        yield from lines(each.lines, 0)


def lines(found: tuple[Line, ...], depth: int) -> Iterator[tuple[str, int, str]]:
    for each in found:
        within = max(depth, int(each.bullet))
        yield "line", within, each.text
        yield from lines(each.under, within + 1)


HOSTILE = (
    "# heading",
    "## heading ##",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "2025-10-09",
    "12) item",
    "=====",
    "-----",
    "* * *",
    "> quoted",
    "```python",
    "~~~",
    "`code`",
    "*em* **strong** _em_ __strong__ ~~gone~~",
    "[link](https://example.org) ![image](x.png)",
    "[a]: https://example.org",
    "<b>bold</b> <!-- --> <https://example.org>",
    "&amp; &#35; &copy;",
    "a | b",
    "|---|",
    "[ ] task",
    "back\\slash \\* at the end\\",
    "    code",
    "$x$",
    "中文*强调*，“_引用_”。",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_never_become_markup(text: str) -> None:
    under = (Line(text), Line(text, under=(item(text), Line(text))))
    page = Page(text, (Line(text), Line(text)), (Section(text, (item(text, under), item(text))),))
    expected = [(kind, depth, words.strip()) for kind, depth, words in said(page)]
    assert list(read(markdown(page))) == expected


@given(PAGES)
def test_whatever_a_page_says_is_shown_as_it_is(page: Page) -> None:
    assert list(read(markdown(page))) == [(kind, depth, visible(words).strip()) for kind, depth, words in said(page)]


def test_a_line_without_words_is_left_out() -> None:
    page = Page("T", (), (Section("H", (item("a", (Line(" "), Line("b", under=(Line("", under=(Line("c"),)),)))),)),))
    assert markdown(page) == "# T\n\n## H\n\n- a\n  - b\n    - c\n"
