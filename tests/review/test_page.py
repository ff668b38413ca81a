"""The page in a real headless Chromium."""

import json
import os
import shutil
import signal
from importlib import resources

import pytest

from matcher import model_store
from matcher.corpus import read_labelled
from matcher.profile import TYPES
from tests.review.conftest import WORK, posting, serving

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"
)

POSTINGS = 6

SENTENCE = "Report progress to the sponsors every week"


@pytest.fixture(scope="module")
def browser():
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox does not run as root
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for the tests that do not mind what others answered."""
    folder = tmp_path_factory.mktemp("page")
    given = "".join(json.dumps(posting(number)) + "\n" for number in range(POSTINGS))
    (folder / "p.jsonl").write_text(given, "utf-8")
    with serving(folder, "p.jsonl") as made:
        yield made


@pytest.fixture
def tab(browser):
    """A page that fails the test when its script does, or when something breaks the content policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 850})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert wrong == []


def said(tab, words):
    sync_api.expect(tab.locator("#said")).to_contain_text(words)


def progress(tab, words):
    sync_api.expect(tab.locator(".progress")).to_contain_text(words)


def press(tab, key):
    """Press a key and wait for the page that comes back."""
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        tab.keyboard.press(key)
    tab.locator("html:not([data-busy])").wait_for(state="attached")


def rows(folder):
    return list(read_labelled([str(folder / "labels.jsonl")]))


def test_ten_labels_by_keyboard_a_kill_a_training_and_a_switch(tab, tmp_path, write, postings, few_rows, poor_model):
    given = write("postings.jsonl", postings)
    arguments = (given, "--corpus", write("few.jsonl", few_rows), "--model", poor_model)
    with serving(tmp_path, *arguments) as server:
        tab.goto(server.address)
        assert server.token not in tab.url
        label_ten(tab)
        first, second = rows(tmp_path)[:2]
        assert (first.type, first.second, first.confidence) == ("software", "it_conversion", 2)
        assert first.skills == {"education": True, "status_reporting": True, "team_motivation": False}
        assert second.type == "telecom"
        tab.reload()
        progress(tab, "10 of 15 labelled")
        server.stop(signal.SIGKILL)
        tab.keyboard.press("1")
        sync_api.expect(tab.locator("#alarm")).to_contain_text("The server does not answer")
    before = rows(tmp_path)
    assert len(before) == 10
    with serving(tmp_path, *arguments) as server:
        tab.goto(server.address)
        progress(tab, "10 of 15 labelled")
        assert "poor@" in tab.locator(".foot").inner_text()
        train_and_switch(tab)
        tab.goto(server.origin)
        assert "poor@" not in tab.locator(".foot").inner_text()
        progress(tab, "10 of 15 labelled")
        assert server.stop(signal.SIGINT).endswith("10 labelled postings in labels.jsonl\n")
    assert rows(tmp_path) == before
    (tried,) = [folder for folder in (tmp_path / "models").iterdir() if folder.is_dir()]
    assert (tmp_path / "models" / "in-use").read_text().strip() == tried.name
    assert model_store.load(tried).manifest["corpus"]["postings"] == len(few_rows) + 10


def label_ten(tab):
    """Ten postings, keys only: words for a skill, a skill alone, one not asked for, a second type, an undo, a skip."""
    press(tab, "s")
    progress(tab, "1 skipped")
    for _ in range(9):
        tab.keyboard.press(".")
        if SENTENCE in tab.locator("#selected").inner_text():
            break
    press(tab, "f")
    assert tab.locator(".quote.mine").inner_text().startswith(f"“{SENTENCE}”")
    for key in ("d", "Shift+L", "Shift+Digit4", "q"):
        press(tab, key)
    title = tab.locator("h1").inner_text()
    press(tab, "1")
    said(tab, f"Saved: software development, “{title}”")
    press(tab, "5")
    press(tab, "u")
    said(tab, "Taken back: none of these (other)")
    press(tab, "2")
    for _ in range(8):
        lot = int(tab.locator("h1").inner_text().rpartition(" ")[2])
        press(tab, str(TYPES.index(WORK[lot][0]) + 1))
    progress(tab, "10 of 15 labelled")


def train_and_switch(tab):
    tab.get_by_role("link", name="Train").click()
    tab.get_by_role("button", name="Train").click()
    sync_api.expect(tab.locator(".step")).to_be_visible()
    sync_api.expect(tab.locator("#verdict")).to_be_visible(timeout=150_000)
    assert "Better" in tab.locator("#verdict").inner_text()
    check_accessible(tab)
    tab.get_by_role("button", name="Use the new model").click()
    sync_api.expect(tab.get_by_text("is in use.")).to_be_visible(timeout=60_000)


def test_words_selected_with_the_mouse_are_the_postings_own(tab, tmp_path, write):
    text = "Ship the 🎉 release \u202eweekly.\r\nLead & coach five engineers of the 🛰 team."
    with serving(tmp_path, write("one.jsonl", [posting(0, description=text)])) as server:
        tab.goto(server.address)
        assert tab.locator(".hidden-mark").inner_text() == "U+202E"
        piece = tab.locator("#description [data-start]", has_text="Lead").first
        tab.evaluate(
            """piece => {
                const last = [...piece.closest("p").querySelectorAll("[data-start]")].at(-1).firstChild;
                getSelection().setBaseAndExtent(piece.firstChild, 0, last, last.data.length);
            }""",
            piece.element_handle(),
        )
        sync_api.expect(tab.locator("#selected")).to_contain_text("five engineers of the 🛰 team")
        with tab.expect_response("**/posting/*"):
            tab.locator("#yes-team_motivation").click()
        tab.locator("html:not([data-busy])").wait_for(state="attached")
        press(tab, "1")
        (row,) = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()]
        (span,) = row["spans"]
        assert span["text"] == "Lead & coach five engineers of the 🛰 team."
        assert text[span["start"] : span["end"]] == span["text"]


def test_keys_rest_while_typing_with_a_modifier_or_switched_off(tab, server):
    tab.goto(server.address)
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<textarea id=t></textarea>')")
    tab.locator("#t").focus()
    tab.keyboard.type("1 s f")
    assert tab.locator("#t").input_value() == "1 s f"
    tab.evaluate("document.querySelector('#t').remove()")
    tab.keyboard.press("Control+1")
    tab.keyboard.press("Alt+s")
    tab.get_by_label("Keyboard shortcuts").uncheck()
    tab.locator("h1").focus()
    tab.keyboard.press("1")
    tab.reload()
    tab.keyboard.press("1")
    assert sent == []
    tab.get_by_label("Keyboard shortcuts").check()
    tab.locator("h1").focus()
    press(tab, "1")
    assert len(sent) == 1


def test_a_stale_tab_is_told_and_shown_the_answer(tab, server):
    tab.goto(server.address)
    other = tab.context.new_page()
    other.goto(tab.url)
    press(other, "2")
    press(tab, "1")
    sync_api.expect(tab.locator("#alarm")).to_contain_text("This posting was changed in another tab")
    assert tab.locator("#type-telecom").get_attribute("aria-pressed") == "true"
    title = tab.locator("h1").inner_text()
    press(tab, "1")
    said(tab, f"Saved: software development, “{title}”")


def test_everything_can_be_reached_and_left_with_tab_and_focus_stays(tab, server):
    tab.goto(server.address)
    seen = []
    for _ in range(tab.locator("a:visible, button:enabled:visible, input:visible").count() + 2):
        tab.keyboard.press("Tab")
        name, width = tab.evaluate(
            "(e => [e.id || e.textContent, parseFloat(getComputedStyle(e).outlineWidth)])(document.activeElement)"
        )
        assert width >= 2 or tab.evaluate("document.activeElement === document.body")
        seen.append(name)
    assert {"type-software", "skip", "yes-education", "no-quality_control", "shortcuts"} <= set(seen)
    tab.locator("#yes-education").focus()
    press(tab, "Enter")
    assert tab.evaluate("document.activeElement.id") == "yes-education"
    assert tab.locator("#yes-education").get_attribute("aria-pressed") == "true"
    press(tab, "1")
    assert tab.evaluate("document.activeElement.id") == "heading"


def check_accessible(tab):
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    tab.evaluate(axe)
    found = tab.evaluate("axe.run({resultTypes: ['violations']})")
    assert len(found["passes"]) > 10
    assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == []


def test_axe_finds_nothing_in_light_and_dark_and_360_pixels_are_enough(tab, server):
    tab.goto(server.address)
    for key in ("f", "1", "Shift+F"):
        press(tab, key)
    for path in ("/answers", "/train", "/"):
        tab.goto(server.origin + path)
        check_accessible(tab)
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
    check_accessible(tab)
    tab.set_viewport_size({"width": 360, "height": 740})
    check_accessible(tab)
    for path in ("/answers", "/train", "/"):
        tab.goto(server.origin + path)
        assert tab.evaluate("document.documentElement.scrollWidth") == 360


def test_script_in_a_posting_does_not_run(tab, tmp_path, write):
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    row = posting(0, title=evil, company=f"\"'>{evil}", location="{{ 7 * 7 }}")
    row["description"] += f"\n- Lead {evil} the team"
    with serving(tmp_path, write("p.jsonl", [row, posting(1)])) as server:
        tab.goto(server.address)
        while evil not in tab.locator("h1").inner_text():
            press(tab, "1")
        assert evil in tab.locator("#description").inner_text()
        assert "{{ 7 * 7 }}" in tab.locator(".where").inner_text()
        tab.keyboard.press(".")
        press(tab, "l")
        while tab.locator("#panel").count():
            press(tab, "1")
        sync_api.expect(tab.locator("h1")).to_have_text("Every posting has a label")
        check_accessible(tab)
        tab.goto(server.origin + "/answers")
        assert tab.get_by_text(evil).is_visible()
        assert tab.evaluate("document.querySelectorAll('#page script, #page img').length") == 0
        assert "owned" not in tab.title().removeprefix(evil)
