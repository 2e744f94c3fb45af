"""People's Markdown: what is formatted, what is shown as typed, and where each block stands."""

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports import markup
from exports.markup import clean, clean_line, to_blocks, to_html, to_passages, to_text
from exports.richtext import (
    Break,
    Emphasis,
    Heading,
    Link,
    Listing,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    plain,
)
from tests.exports.make import HOSTILE

REL = 'rel="noopener noreferrer nofollow"'
PIECES = st.sampled_from(
    [
        *[
            "a",
            "B",
            " ",
            "  ",
            "    ",
            "\n",
            "\n\n",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "2. ",
            "10. ",
            "> ",
            ">",
        ],
        *[
            "# ",
            "#",
            "###### ",
            "**",
            "*",
            "_",
            "__",
            "`",
            "```",
            "~",
            "|",
            "--|--",
            "|-|",
            "---",
            "=",
        ],
        *[
            "[",
            "]",
            "(",
            ")",
            "](",
            "[x](http://a.b)",
            "![i](https://c.d)",
            "<http://e.f>",
            "<",
            ">",
        ],
        *["&", "&amp;", "&#58;", "javascript:", "\\", "\t", "\r", "\r\n", "\u2028", "\x02", "\x03"],
        *[
            "ą",
            "Є",
            "👍",
            "\u202e",
            "<b>",
            "</p>",
            "<!--",
            "-->",
            "<script>",
            "'",
            '"',
            ":",
            "!",
            "{",
        ],
        *["[a]: http://x", "http://x", "mailto:a@b.c", "[m](mailto:a@b.c)", "\\*", "\\[", "\ud800"],
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


class Elements(HTMLParser):
    """Every element with its attributes, the way a browser would find them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


# -- what is formatted ---------------------------------------------------------------------


def test_plain_formatting():
    assert to_html("One *two* **three**\nfour") == (
        "<p>One <em>two</em> <strong>three</strong><br>\nfour</p>"
    )


def test_headings_begin_at_the_third_level():
    assert to_html("# A\n### B\n###### C") == "<h3>A</h3>\n<h5>B</h5>\n<h6>C</h6>"


def test_blocks_of_everything():
    text = (
        "# Head\nWords *soft* **loud**\nnext\n- one\n  - deep\n- two\n\n1. first\n\n"
        "> quoted\n\na | b\n- | -\n1 | [x](https://e.org)"
    )

    assert to_blocks(text) == (
        Heading((Text("Head"),)),
        Paragraph(
            (
                Text("Words "),
                Emphasis((Text("soft"),)),
                Text(" "),
                Strong((Text("loud"),)),
                Break(),
                Text("next"),
            )
        ),
        Listing(
            ordered=False,
            items=(
                (
                    Paragraph((Text("one"),)),
                    Listing(ordered=False, items=((Paragraph((Text("deep"),)),),)),
                ),
                (Paragraph((Text("two"),)),),
            ),
        ),
        Listing(ordered=True, items=((Paragraph((Text("first"),)),),)),
        Quote((Paragraph((Text("quoted"),)),)),
        Table(
            header=((Text("a"),), (Text("b"),)),
            rows=(((Text("1"),), (Link("https://e.org", (Text("x"),)),)),),
        ),
    )


def test_list_right_after_a_paragraph_is_a_list():
    assert to_html("Bring:\n- bread\n- salt") == (
        "<p>Bring:</p>\n<ul>\n<li>bread</li>\n<li>salt</li>\n</ul>"
    )


def test_year_at_the_start_of_a_line_is_no_list():
    assert to_html("1989. A year\n2. x") == "<p>1989. A year<br>\n2. x</p>"


@pytest.mark.parametrize("typed", ["#tag", "##", "#", "-", "5. five", "\\", "####### x", "- \nx"])
def test_what_is_no_formatting_is_shown_as_typed(typed):
    assert to_text(typed).split() == typed.split()


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("[x](http://a.pl/?a=1&b=2)", "http://a.pl/?a=1&b=2"),
        ("[x](HTTPS://A.pl)", "https://A.pl"),
        ("[x](mailto:a@b.c)", "mailto:a@b.c"),
        ('[x](https://a.pl "title")', "https://a.pl"),
        ("![x](https://a.pl/i.png)", "https://a.pl/i.png"),
        ("<https://a.pl>", "https://a.pl"),
    ],
)
def test_links_lead_to_the_web_and_to_mail(typed, href):
    [(_, _), (tag, attributes)] = Elements(to_html(typed)).found

    assert (tag, attributes) == ("a", {"href": href, "rel": "noopener noreferrer nofollow"})
    assert to_blocks(typed)[0].content[0].href == href


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](java\u200bscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](data:text/html;base64,x)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](//evil.org)",
        "[x](/local)",
        "[x](#place)",
        "[x](mailto:)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "<ftp://a.b>",
        "[x][ref]\n\n[ref]: javascript:alert(1)",
        "[x]\n\n[x]: http://a.b",
        "<a@b.c>",
    ],
)
def test_every_other_link_is_shown_as_typed(typed):
    page = Elements(to_html(typed))

    assert [tag for tag, _ in page.found if tag != "p"] == []
    assert page.text.split() == clean(typed).split()


@pytest.mark.parametrize(
    "typed", [*HOSTILE, "a `code` <b>b</b> <!-- c --> &copy; &#60;", "    code"]
)
def test_raw_html_comes_out_as_text(typed):
    page = Elements(to_html(typed))

    assert {tag for tag, _ in page.found} <= markup.TAGS
    assert all(tag == "a" or not attributes for tag, attributes in page.found)


# -- the second opinion --------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("<svg><style><img src=x onerror=alert(1)></style></svg>")
@example('[a](http://x"onmouseover=alert`1`)')
def test_two_sanitisers_agree(text):
    html = to_html(text)
    allowed = {"a": {"href", "rel"}}

    second = nh3.clean(
        html,
        tags=set(markup.TAGS),
        attributes=allowed,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )

    assert Elements(second).found == Elements(html).found
    assert Elements(second).text == Elements(html).text
    assert {tag for tag, _ in Elements(html).found} <= markup.TAGS


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_html_and_blocks_hold_the_same_words(text):
    assert Elements(to_html(text)).text.split() == plain(to_blocks(text)).split()


# -- where blocks stand --------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example("- a\n\n  b\n\nc")
@example("1. a\n\n\n1. b\n- c")
@example("a|b\n-|-\n\n> x\ny")
def test_passages_are_disjoint_in_order_and_cover_every_word(text):
    passages = to_passages(text)
    edges = [edge for one in passages for edge in (one.start, one.end)]
    rest = list(text)
    for one in passages:
        rest[one.start : one.end] = " " * (one.end - one.start)

    assert edges == sorted(edges)
    assert all(one.start < one.end for one in passages)
    assert not "".join(rest).strip()
    assert len(rest) == len(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_passage_read_alone_gives_the_same_blocks(text):
    for one in to_passages(text):
        assert to_blocks(text[one.start : one.end]) == one.blocks


def test_passages_name_the_characters_they_came_from():
    text = "  Zażółć\n\n- a\n\n- b\n\nLast  "

    assert [text[one.start : one.end] for one in to_passages(text)] == [
        "  Zażółć",
        "- a\n\n- b",
        "Last",
    ]


def test_passage_of_invisible_characters_has_no_blocks():
    assert [(one.start, one.end, one.blocks) for one in to_passages("\x00\x01")] == [(0, 2, ())]


# -- limits --------------------------------------------------------------------------------


def depth(html, tags):
    """How deep elements stand in each other."""
    deepest = now = 0
    for closing, tag in re.findall(r"<(/?)(\w+)", html):
        if tag in tags:
            now += -1 if closing else 1
            deepest = max(deepest, now)
    return deepest


def test_many_brackets_are_words():
    assert "<a " in to_html("[x](http://a.b)" + "[" * (markup.MOST_BRACKETS - 1))
    assert "<a " not in to_html("[x](http://a.b)" + "[" * markup.MOST_BRACKETS)
    assert to_text("[" * 5000) == "[" * 5000


@pytest.mark.parametrize("mark", ["> ", ">", "- ", "* ", "+ ", "1. ", "> - 1. "])
def test_nesting_has_an_end_and_loses_nothing(mark):
    html = to_html(mark * 400 + "x")

    assert depth(html, {"blockquote", "ul", "ol"}) == markup.MOST_NESTED
    assert to_text(mark * 400 + "x").endswith("x")


def test_deep_indents_are_bounded():
    text = "\n".join(" " * (4 * i) + "- a" for i in range(200))

    assert depth(to_html(text), {"ul"}) <= markup.MOST_SPACES // 4 + 2


def test_wide_tables_are_words():
    row = "|".join(["a"] * (markup.MOST_COLUMNS + 1))
    dashes = "|".join(["-"] * (markup.MOST_COLUMNS + 1))

    assert to_html(f"{row}\n{dashes}\n{row}").startswith("<p>a|a")
    assert "<table>" in to_html("a|b\n-|-\n1|2")


def test_long_tables_are_words():
    rows = "\n".join(["1|2"] * markup.MOST_CELLS)

    assert "<table>" not in to_html(f"a|b\n-|-\n{rows}")


def test_text_too_long_to_format_is_shown_as_typed():
    text = "*a* <b>\n\n\x00\n" + "x" * markup.MOST_CHARACTERS

    assert to_html(text).startswith("<p>*a* &lt;b&gt;</p>\n<p>xxx")


@pytest.mark.parametrize("unit", ["[", "[a](", "*", "**a", "_a", "`", "<", "![", "\\", "|", "# "])
def test_bombs_keep_their_size(unit):
    """What is quadratic in a parser cannot be reached: the answer stays as long as the question."""
    text = unit * (4000 // len(unit))

    assert len(to_html(text)) <= 6 * len(text)


# -- cleaning ------------------------------------------------------------------------------


def test_clean_drops_what_no_text_may_hold():
    assert clean("a\x00b\r\nc\rd\u2028e\u202ef\ud800g\x85h\ti") == "ab\nc\nd\nefgh\ti"
    assert clean("a\u0301") == "á"


def test_clean_line_is_one_visible_line():
    assert clean_line("  a\n\u200bb \u202e c\ufeff ") == "a b c"
