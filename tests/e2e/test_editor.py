"""Writing a section: its tools, how it will look, what is pasted, who else is there."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_room_walk import address


@pytest.fixture
def writers(server, open_page):
    """writers(viewport, …) gives pages of as many people, each with the same draft open."""
    lead = open_page(LAPTOP, who=server.house.lead())
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    lead.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    lead.get_by_role("button", name="Begin").click()

    def writing(*viewports, **more):
        pages = []
        for number, viewport in enumerate(viewports):
            page = open_page(viewport, who=server.house.seat(f"Writer {number}"), **more)
            page.goto(address(server, "room"))
            page.get_by_role("button", name="Write: A desk").click()
            expect(section(page)).to_be_editable()
            pages.append(page)
        return pages

    writing.lead = lead
    return writing


def section(page, name="Problem"):
    return page.get_by_role("textbox", name=name, exact=True)


def select(page, start, end):
    page.evaluate(
        "([start, end]) => document.activeElement.setSelectionRange(start, end)", [start, end]
    )


def test_a_section_is_formatted_by_finger_and_by_keyboard_alone(writers, look):
    phone, laptop = writers(PHONE, LAPTOP)
    field, other = section(phone), section(laptop)
    field.fill("People queue for hours.\nNobody knows why.")
    look(phone, "editor-phone")

    select(phone, 0, 6)
    phone.get_by_role("button", name="Bold").first.click()
    expect(other).to_have_value("**People** queue for hours.\nNobody knows why.")
    expect(field).to_be_focused()

    other.focus()
    laptop.keyboard.press("Control+a")
    laptop.keyboard.press("Tab")
    expect(laptop.get_by_role("button", name="Bold").first).to_be_focused()
    for _ in range(3):
        laptop.keyboard.press("ArrowRight")
    look(laptop, "editor-laptop")
    laptop.keyboard.press("Enter")
    expect(field).to_have_value("- **People** queue for hours.\n- Nobody knows why.")
    expect(other).to_be_focused()
    laptop.keyboard.press("Control+b")
    expect(field).to_have_value("- **People queue for hours.**\n- **Nobody knows why.**")


#: What word processors put into the clipboard, and the Markdown that comes of it.
PASTED = {
    "Google Docs": (
        ('<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr">'
        '<span style="font-weight:700">A desk</span></h2><p dir="ltr"><span style="font-weight:400">People '
        '</span><span style="font-weight:700">queue </span><span style="font-weight:700;font-style:italic">'
        'for hours</span><span>.</span></p><ul><li dir="ltr"><p dir="ltr"><span>one</span></p></li><ul><li>'
        "<p>deep</p></li></ul><li><p>two</p></li></ul><br></b>"),
        "## A desk\n\nPeople **queue *for hours***.\n\n- one\n    - deep\n- two",
    ),
    "Word": (
        ("<html><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->"
        "<p class=MsoTitle>Notes<o:p></o:p></p><p class=MsoNormal><b>Why</b>: it\r\nis slow.<o:p></o:p></p>"
        "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
        "style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span>"
        "<![endif]>bread<o:p></o:p></p><p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o"
        "</span>rye</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; "
        "</span></span>then</p><p class=MsoNormal>&nbsp;</p></body></html>"),
        "# Notes\n\n**Why**: it is slow.\n\n- bread\n    - rye\n2. then",
    ),
    "LibreOffice": (
        ('<p style="margin-bottom: 0cm">See <a href="https://a.pl/x_(y)">the <i>page</i></a> or <a '
        'href="javascript:alert(1)">this</a>.</p><ol><li><p>one</p></li><li><p>two</p></li></ol>'
        "<table><tr><td><p>a</p></td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
        "<blockquote><p>said</p><p>more</p></blockquote>"),
        ("See [the *page*](https://a.pl/x_%28y%29) or this.\n\n1. one\n2. two\n\na | b\n1 | 2\n\n"
        "> said\n>\n> more"),
    ),
    "mail": (
        ('<div>Dear all,</div><div><br></div><div>line one</div><div>line two &lt;b&gt;</div>'
        '<a href="mailto:a@b.c">a@b.c</a>'),
        "Dear all,\n\nline one\nline two <b>\na@b.c",
    ),
    "hostile": (
        "<img src=x onerror=alert(1)><script>alert(1)</script><svg><style><img src=x></style>x</svg>"
        "<p onclick=alert(1) style='display:none'>hidden</p><iframe srcdoc='x'></iframe>"
        "<p>words</p><b></b><h1></h1><ul><li></li></ul><object data=x>o</object>" + "<div>" * 3000 + "deep",
        "words\n\ndeep",
    ),
}  # fmt: skip


def test_what_comes_from_a_word_processor_becomes_markdown(writers):
    [page] = writers(LAPTOP)
    script = "([path, page]) => import(path).then(({markdownOf}) => markdownOf(page))"
    path = page.evaluate("document.querySelector('link[href*=editor]').href")
    path = path.replace("css/editor.css", "lib/paste.js")

    made = {name: page.evaluate(script, [path, html]) for name, (html, _) in PASTED.items()}

    assert made == {name: markdown for name, (_, markdown) in PASTED.items()}


def test_pasting_is_one_step_plain_when_wanted_and_refused_when_too_much(writers):
    [page] = writers(LAPTOP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob(["<p>So <b>it</b> is:</p><ul><li>one</li></ul>"], {type: "text/html"}),
          "text/plain": new Blob(["So it is:\\none"], {type: "text/plain"})})])"""
    )
    field = section(page)
    field.fill("Before. ")
    field.press("End")
    page.keyboard.press("Control+v")
    expect(field).to_have_value("Before. So **it** is:\n\n- one")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Before. ")
    page.keyboard.press("Control+Shift+v")
    expect(field).to_have_value("Before. So it is:\none")

    put = "(text) => navigator.clipboard.writeText(text)"
    page.evaluate(put, "x" * 1_000_000)
    page.keyboard.press("Control+v")
    expect(page.get_by_role("alert").filter(has_text="This is too long")).to_contain_text("999,9")
    expect(field).to_have_value("Before. So it is:\none")
    expect(page.locator(".writing .status.good")).to_be_visible()

    page.evaluate(put, "y" * 100_000)
    page.keyboard.press("Control+v")
    expect(page.get_by_role("alert").filter(has_text="This is too long")).to_have_count(0)
    expect(page.locator(".writing .status.good")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Write: A desk").click()
    expect(section(page)).to_be_editable()
    stored = section(page).evaluate("area => area.value.length")
    assert stored == len("Before. So it is:\none") + 100_000


def test_the_preview_shows_what_is_typed_and_never_runs_it(writers, look):
    phone, laptop = writers(PHONE, LAPTOP)
    laptop.get_by_role("button", name="How it will look").click()
    section(phone).fill(
        "# Why\n\n**People** queue [there](https://a.pl).\n\n- one\n- two\n\n> said\n\n"
        "<img src=x onerror=alert(1)> [x](javascript:alert(1))\n\na|b\n-|-\n1|2"
    )

    shown = laptop.get_by_role("group", name="How it will look").first
    expect(shown.get_by_role("heading", name="Why")).to_be_visible()
    expect(shown.get_by_role("link")).to_have_count(1)
    expect(shown).to_contain_text("<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    expect(shown.get_by_role("listitem")).to_have_text(["one", "two"])
    expect(shown.locator("img, script, [style]")).to_have_count(0)
    expect(laptop.get_by_role("navigation", name="Parts of the text")).to_contain_text(
        "1 of 6 parts written"
    )
    look(laptop, "editor-preview-laptop")
    phone.get_by_role("button", name="How it will look").click()
    look(phone, "editor-preview-phone")
    phone.get_by_role("button", name="All recommendations").click()
    expect(phone.get_by_text("1 of 6 parts written")).to_be_visible()
    phone.get_by_text("Read it").click()
    expect(phone.locator(".reading strong")).to_have_text("People")
    look(phone, "editor-list-phone")


def test_the_tools_never_cover_the_line_that_is_being_written(writers):
    [page] = writers({"width": 390, "height": 420})
    section(page).focus()
    for number in range(25):
        page.keyboard.type(f"Line {number}")
        page.keyboard.press("Enter")
    tools = page.locator(".tools").first.bounding_box()
    field = section(page).bounding_box()

    assert tools["y"] + tools["height"] <= 420
    assert tools["y"] >= field["y"] + field["height"] - 12


def test_undoing_takes_back_only_ones_own_words(writers):
    ana, ben = writers(PHONE, LAPTOP)
    section(ana).press_sequentially("Ana. ")
    expect(section(ben)).to_have_value("Ana. ")
    section(ben).press("End")
    section(ben).press_sequentially("Ben. ")
    expect(section(ana)).to_have_value("Ana. Ben. ")

    section(ana).focus()
    undo, redo = (
        ana.get_by_role("button", name=name, exact=True).first for name in ("Undo", "Redo")
    )
    expect(redo).to_have_attribute("aria-disabled", "true")
    undo.click()
    expect(section(ben)).to_have_value("Ben. ")
    expect(undo).to_have_attribute("aria-disabled", "true")
    redo.click()
    expect(section(ben)).to_have_value("Ana. Ben. ")


def test_pages_show_how_many_write_where_and_nobodys_name(writers, look):
    ana, ben, eve = writers(PHONE, LAPTOP, PHONE)
    section(ana).focus()
    expect(ben.get_by_text("1 writing here")).to_be_visible()
    section(eve).focus()
    expect(ben.get_by_text("2 writing here")).to_be_visible()
    expect(ana.get_by_text("you and 1 more")).to_be_visible()
    section(ben, "Reasons").focus()
    expect(ana.get_by_text("1 writing here")).to_be_visible()
    expect(ben.get_by_text("you", exact=True)).to_be_visible()
    look(ben, "editor-presence-laptop")
    look(ana, "editor-presence-phone")
    assert "Writer" not in ben.locator("main").inner_text()

    ana.get_by_role("button", name="All recommendations").click()
    expect(ben.get_by_text("1 writing here")).to_be_visible()
    eve.close()
    expect(ben.get_by_text("writing here")).to_have_count(0)


def test_text_runs_the_way_its_language_does(writers, look):
    [page] = writers({"width": 320, "height": 640}, dark=True)
    section(page).fill("مرحبا **بكم** في المدينة\n\n- واحد\n- اثنان\n\nand English")
    page.get_by_role("button", name="How it will look").click()
    shown = page.get_by_role("group", name="How it will look").first
    expect(shown.locator("strong")).to_have_text("بكم")

    way = "(node) => getComputedStyle(node).direction"
    assert section(page).evaluate(way) == "rtl"
    assert shown.locator("p").first.evaluate(way) == "rtl"
    assert shown.locator("ul").evaluate(way) == "rtl"
    assert shown.locator("p").last.evaluate(way) == "ltr"
    section(page).focus()
    look(page, "editor-320-dark")
    shown.scroll_into_view_if_needed()
    look(page, "editor-320-dark-look")


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        (["t", "ti", "tie", "tiê", "tiên", "tiến"], "tiến"),
        (["n", "ni", "ni h", "ni hao", "你好"], "你好"),
        (["´", "ś"], "ś"),
    ],
    ids=["Vietnamese", "Chinese", "a dead key"],
)
def test_a_word_that_is_composed_is_neither_lost_nor_doubled(writers, steps, word):
    ana, ben = writers(PHONE, LAPTOP)
    section(ana).fill("One two.")
    expect(section(ben)).to_have_value("One two.")
    section(ana).focus()
    select(ana, 4, 4)
    keys = ana.context.new_cdp_session(ana)

    for number, letters in enumerate(steps):
        place = {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        keys.send("Input.imeSetComposition", place)
        section(ben).press("Home" if number % 2 else "End")
        section(ben).press_sequentially(str(number))
    keys.send("Input.insertText", {"text": word})

    # What is typed at the start comes before what was typed there.
    before, after = reversed(range(1, len(steps), 2)), range(0, len(steps), 2)
    whole = "".join(map(str, before)) + f"One {word}two." + "".join(map(str, after))
    for page in (ana, ben):
        expect(section(page)).to_have_value(whole)
