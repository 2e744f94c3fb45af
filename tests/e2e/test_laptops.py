"""For people at laptops: where the carets of others stand, and another kind of field for the same text."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, OFFLINE, PHONE
from tests.e2e.test_editor import section, select, writers

__all__ = ["writers"]

CARETS = ".carets > i"


def letter_at(page, index):
    """Where a letter of the focused textarea is, found by another way: a copy set in spans."""
    return page.evaluate(
        """(index) => {
          const area = document.activeElement, style = getComputedStyle(area), box = area.getBoundingClientRect();
          const copy = document.createElement("div");
          for (const name of style) copy.style.setProperty(name, style.getPropertyValue(name));
          Object.assign(copy.style, {position: "fixed", left: `${box.left}px`, top: `${box.top}px`, whiteSpace: "pre-wrap"});
          copy.append(area.value.slice(0, index));
          const letter = copy.appendChild(document.createElement("span"));
          letter.textContent = area.value[index] ?? "|";
          copy.append(area.value.slice(index + 1));
          document.body.append(copy);
          const {left, right, top, bottom} = letter.getBoundingClientRect();
          copy.remove();
          return {left, right, top, bottom};
        }""",
        index,
    )


def caret_of(page):
    box = page.locator(CARETS).bounding_box()
    return box["x"] + 1, box["y"]


def test_two_laptops_see_each_others_carets_and_a_phone_none(writers, look):
    ana, ben, phone = writers(LAPTOP, LAPTOP, PHONE)
    section(ana).fill("People queue for hours. " * 8 + "\nNobody knows why.")
    expect(section(ben)).to_have_value(re.compile("Nobody knows why"))
    expect(ben.locator(CARETS)).to_have_count(1)
    section(phone).focus()

    section(ben).focus()
    select(ben, 7, 7)
    select(ana, 150, 150)
    expect(ana.locator(CARETS)).to_have_count(1)
    for page, place in ((ana, 7), (ben, 150)):
        expected = letter_at(page, place)
        page.wait_for_function(
            """([selector, {left, top, bottom}]) => {
              const box = document.querySelector(selector).getBoundingClientRect();
              return Math.abs(box.left + 1 - left) < 2 && box.top >= top - 4 && box.bottom <= bottom + 4;
            }""",
            arg=[CARETS, expected],
        )
    left, top = caret_of(ben)

    section(ben).press_sequentially("always ")
    ben.wait_for_function(
        "([selector, left, top]) => { const box = document.querySelector(selector)"
        ".getBoundingClientRect(); return box.left > left + 20 || box.top > top; }",
        arg=[CARETS, left, top],
    )
    look(ben, "carets-laptop")
    expect(phone.locator(CARETS)).to_have_count(0)
    assert "carets" not in phone.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => name).join()"
    )

    phone.close()
    ana.get_by_role("button", name="All recommendations").click()
    expect(ben.locator(CARETS)).to_have_count(0)


def test_an_anonymous_room_shows_no_caret(writers):
    ana, ben = writers(LAPTOP, LAPTOP)
    section(ana).focus()
    expect(ben.locator(CARETS)).to_have_count(1)
    writers.lead.get_by_text("Moderation and veil").click()
    # The box is as the room is: ticked once that is stored.
    promise = writers.lead.get_by_label("Drafts are anonymous")
    promise.click()
    expect(promise).to_be_checked()
    expect(ben.locator(CARETS)).to_have_count(0)
    expect(ben.locator(".carets")).to_have_count(0)
    section(ana).press_sequentially("Words")
    expect(section(ben)).to_have_value("Words")
    expect(ben.get_by_text("1 writing here")).to_be_visible()


def test_a_caret_in_a_text_that_runs_from_right_to_left_stands_before_its_letter(writers, look):
    ana, ben = writers(LAPTOP, LAPTOP)
    section(ana).fill("مرحبا بكم في المدينة")
    expect(section(ben)).to_have_value(re.compile("مرحبا"))
    select(ana, 6, 6)
    section(ben).focus()
    expected = letter_at(ben, 6)
    ben.wait_for_function(
        "([selector, {right}]) => Math.abs(document.querySelector(selector)"
        ".getBoundingClientRect().left + 1 - right) < 3",
        arg=[CARETS, expected],
    )
    look(ben, "carets-rtl")


# ---- marks in colour ----


def in_colour(page):
    page.get_by_role("button", name="Marks in colour").click()
    field = section(page)
    expect(field).to_have_attribute("contenteditable", "true")
    return field


def test_a_field_with_marks_in_colour_writes_the_same_text(writers, look):
    ana, ben = writers(LAPTOP, LAPTOP)
    section(ana).fill("# People\n\nqueue for hours")
    select(ana, 10, 15)
    field = in_colour(ana)
    expect(field).to_be_focused()
    ana.keyboard.type("**wait**")
    expect(section(ben)).to_have_value("# People\n\n**wait** for hours")
    section(ben).focus()
    select(ben, 0, 0)
    ben.keyboard.type("Ben. ")
    expect(field).to_contain_text("Ben. # People")
    expect(ana.locator(CARETS)).to_have_count(1)
    look(ana, "code-laptop")

    ana.keyboard.press("Control+z")
    expect(section(ben)).to_have_value("Ben. # People\n\nqueue for hours")
    ana.get_by_role("button", name="Redo").first.click()
    expect(section(ben)).to_have_value("Ben. # People\n\n**wait** for hours")

    ana.keyboard.press("Control+a")
    ana.keyboard.press("Control+i")
    expect(section(ben)).to_have_value(re.compile(r"\*Ben\. # People\*"))
    ana.keyboard.press("Control+z")

    # Tab leads out of it, and what was chosen is remembered, and taken back at once.
    ana.keyboard.press("Tab")
    expect(ana.get_by_role("button", name="Bold").first).to_be_focused()
    field.focus()
    ana.get_by_role("button", name="Marks in colour").click()
    expect(section(ana)).to_be_focused()
    expect(section(ana)).to_have_value("Ben. # People\n\n**wait** for hours")
    # Down to the first step, taken before the other field was chosen.
    for _ in range(2):
        ana.keyboard.press("Control+z")
    expect(section(ben)).to_have_value("Ben. ")


def test_the_choice_is_remembered_and_suggesting_and_citing_work_with_it(writers):
    ana, ben = writers(LAPTOP, LAPTOP)
    section(ana).fill("People queue for hours.")
    in_colour(ana)
    ana.reload()
    ana.get_by_role("button", name="Write: A desk").click()
    field = section(ana)
    expect(field).to_have_attribute("contenteditable", "true")
    field.click()
    ana.keyboard.press("Control+Home")
    for _ in range(6):
        ana.keyboard.press("Shift+ArrowRight")
    ana.get_by_role("button", name="Suggest a change: Problem").click()
    expect(ana.get_by_role("textbox", name="How it should read")).to_have_value("People")
    ana.get_by_role("textbox", name="How it should read").fill("Citizens")
    ana.get_by_role("button", name="Send the suggestion").click()
    ben.get_by_role("button", name="Accept").click()
    expect(field).to_contain_text("Citizens queue for hours.")

    field.click()
    ana.keyboard.press("Control+End")
    ana.troubles_expected = OFFLINE
    ana.context.set_offline(True)
    ana.keyboard.type(" Offline words.")
    ana.context.set_offline(False)
    expect(section(ben)).to_have_value("Citizens queue for hours. Offline words.")


@pytest.mark.parametrize(
    ("steps", "word"),
    [(["t", "ti", "tie", "tiê", "tiến"], "tiến"), (["n", "ni", "ni h", "你好"], "你好")],
    ids=["Vietnamese", "Chinese"],
)
def test_a_word_composed_in_it_is_neither_lost_nor_doubled(writers, steps, word):
    ana, ben = writers(LAPTOP, LAPTOP)
    section(ana).fill("One two.")
    select(ana, 4, 4)
    field = in_colour(ana)
    expect(field).to_be_focused()
    keys = ana.context.new_cdp_session(ana)
    for number, letters in enumerate(steps):
        place = {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        keys.send("Input.imeSetComposition", place)
        section(ben).press("Home" if number % 2 else "End")
        section(ben).press_sequentially(str(number))
    keys.send("Input.insertText", {"text": word})

    before, after = reversed(range(1, len(steps), 2)), range(0, len(steps), 2)
    whole = "".join(map(str, before)) + f"One {word}two." + "".join(map(str, after))
    expect(section(ben)).to_have_value(whole)
    expect(field).to_have_text(whole)


def test_pasting_into_it_is_as_into_the_other(writers):
    [page] = writers(LAPTOP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob(["<p>So <b>it</b> is:</p><ul><li>one</li></ul>"], {type: "text/html"}),
          "text/plain": new Blob(["So it is:\\none"], {type: "text/plain"})})])"""
    )
    section(page).fill("Before. ")
    field = in_colour(page)
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+v")
    expect(field).to_have_text("Before. So **it** is:- one")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "x" * 1_100_000)
    page.keyboard.press("Control+v")
    expect(page.get_by_role("alert").filter(has_text="This is too long")).to_be_visible()
    expect(field).to_have_text("Before. So **it** is:- one")
