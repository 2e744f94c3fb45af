"""The preview in the browser shows what the documents will: held against exports/markup.py."""

import json
import random
import re
import shutil
import subprocess
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from exports.markup import to_blocks
from tests.exports.make import HOSTILE

PREVIEW = Path(__file__).parent.parent / "data" / "preview.mjs"

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="NO NODE")

#: What people write, and what the toolbar and a word processor make.
WRITTEN = (
    "One *two* **three**\nfour",
    "# A\n### B\n###### C\nwords right after",
    "# Head\nWords *soft* **loud**\nnext\n- one\n  - deep\n- two\n\n1. first\n\n> quoted",
    "a | b\n- | -\n1 | [x](https://e.org)",
    "| a | b |\n|---|:-:|\n| **1** | 2 |\n| 3 |",
    "Bring:\n- bread\n- salt",
    "1989. A year\n2. x",
    "1. one\n2. two\n   - deep\n   - er\n3. three",
    "- a\n\n  more of a\n\n- b\n\nLast",
    "- a\n    - b\n        - c\n- d",
    "- one\ngoes on\n- two",
    "* one\n+ two\n- three",
    "> one\n>\n> two\n> three",
    "> # Head\n> - a\n> - b",
    "> one\n\n> two",
    "> > deep\n> shallow",
    "**bold *and soft* words**",
    "***both*** and ***a** b* and *a **b***",
    "snake_case_name and _soft_ and __loud__",
    "2 * 3 * 4 and ** stars ** and a*b*c",
    "**not closed and *neither",
    "*one\ntwo*",
    "\\*not soft\\* and \\[x](http://a.b) \\# \\\\",
    "Line one  \nline two",
    "A\n\n\n\nB",
    "   Moved in\n\ta tab",
    "#tag\n\n##\n\n#\n\n-\n\n####### seven",
    "[x](http://a.pl/?a=1&b=2) & co &amp; &#60; <b>x</b>",
    "[**x** y](https://a.pl) [x](HTTPS://A.pl) [x](mailto:a@b.c) ![x](https://a.pl/i.png)",
    '[x](https://a.pl "title") <https://a.pl> [a [b] c](http://x.y/(z))',
    "**[x](https://a.pl)**",
    "Zażółć gęślą jaźń 😀 „quoted“ – dash\n\nмова **сильна**",
    "مرحبا **بكم** في\n- واحد\n- اثنان",
    "1. a\n\n1. b\n- c",
    "a|b\n-|-\n\n> x\ny",
    "`code` ``` and ~~no~~\n    four spaces",
    "text\n# head\ntext\n> quote\ntext\n1. one\ntext",
    "- **a**: b\n- # head\n- > quote",
    "**a**\n**b**\n\n- **c**",
)
#: None of these may become anything but words.
NO_LINKS = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\u200bscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html;base64,x)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.org)",
    "[x](/local)",
    "[x](#place)",
    "[x](mailto:)",
    "[x]()",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<javascript://x%0aalert(1)>",
    "<ftp://a.b>",
    "[x][ref]\n\n[ref]: javascript:alert(1)",
    "<a@b.c>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<!-- c --> <math><mi xlink:href=data:x> <p id=a class=b style=c name=d>",
    '[a](http://x"onmouseover=alert`1`)',
)
TOO_MUCH = (
    "[" * 500 + "[x](http://a.b)",
    "> " * 60 + "x",
    "- " * 60 + "x",
    "a" + " " * 300 + "b",
    "|".join("a" * 40) + "\n" + "|".join("-" * 40) + "\n" + "|".join("a" * 40),
    "a|b\n-|-\n" + "\n".join(["1|2"] * 1300),
    "*a* <b>\n\n" + "x" * 100_001,
    "**a" * 500,
    "\\" * 501,
)
NOISE = (
    *(
        "a",
        "ą",
        "👍",
        "word ",
        " ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "> ",
        "# ",
        "#",
    ),
    *("**", "*", "_", "__", "|", "--|--", "[", "]", "(", ")", "](", "<", ">", "&", "\\"),
    *("[x](http://a.b)", "<http://e.f>", "**bold** ", "*it* ", "\n> q", "\n# h\n", "\n  - deep"),
)


def shown(texts):
    """The blocks of the browser's preview for each text."""
    asked = json.dumps(list(texts))
    done = subprocess.run(
        ["node", PREVIEW], input=asked, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def told(thing):
    """Blocks of exports, as plain data without what no text says."""
    if isinstance(thing, tuple):
        return [told(one) for one in thing]
    if not is_dataclass(thing):
        return thing
    plain = {one.name: told(getattr(thing, one.name)) for one in fields(thing)}
    unsaid = ("id", "lang", "by", "caption")
    return {"type": thing.type} | {k: v for k, v in plain.items() if k not in unsaid}


@pytest.mark.parametrize("texts", [WRITTEN, NO_LINKS, HOSTILE, TOO_MUCH], ids=lambda _: "")
def test_preview_and_documents_agree(texts):
    for text, blocks in zip(texts, shown(texts), strict=True):
        assert blocks == told(to_blocks(text)), text[:200]


def test_of_noise_the_preview_keeps_every_link_and_nearly_every_mark():
    """Where the marks make no sense the two may pair them differently; links never differ."""
    dice = random.Random(4)
    texts = ["".join(dice.choices(NOISE, k=dice.randint(1, 14))) for _ in range(1500)]

    pairs = [
        (shape, told(to_blocks(text))) for text, shape in zip(texts, shown(texts), strict=True)
    ]

    assert [one for one, other in pairs if links(one) != links(other)] == []
    assert sum(one != other for one, other in pairs) < len(pairs) / 100


def links(blocks):
    return sorted(re.findall('"href": "[^"]*"', json.dumps(blocks)))


def test_no_other_link_is_ever_shown():
    assert '"link"' not in json.dumps(shown(NO_LINKS))
