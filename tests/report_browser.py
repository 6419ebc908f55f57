"""Opens report.html in a browser and uses it: nothing may leave the page, nothing may fail, and figures lead to sentences.

    python3 tests/report_browser.py out/report.html target/report-screenshots

Needs `playwright` and a Chromium (CHROMIUM, else the first of the usual names on the path).
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SECTIONS = ["overview", "organisations", "trends", "compare", "network", "quality"]
SIZES = {390: 844, 1440: 900}


def chromium():
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    if found is None:
        sys.exit("the report is checked in Chromium: install it, or name it in CHROMIUM")
    return found


def expect(holds, told):
    if not holds:
        sys.exit(f"report.html: {told}")


def watch(page):
    """Requests, errors and messages of the page, as they come."""
    seen = {"requests": [], "errors": []}
    page.on("request", lambda request: seen["requests"].append(request.url))
    page.on("pageerror", lambda error: seen["errors"].append(str(error)))
    page.on("console", lambda line: seen["errors"].append(line.text) if line.type in ("error", "warning") else None)
    return seen


def draw_all(page):
    """Scrolls through the page, so that every chart that is shown is drawn."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.body.scrollHeight; y += 500) {
                scrollTo(0, y);
                await new Promise(done => setTimeout(done, 60));
            }
            scrollTo(0, 0);
        }"""
    )
    page.wait_for_timeout(400)
    shown = "[...document.querySelectorAll('.chart')].filter(place => place.offsetParent)"
    charts = page.evaluate(f"{shown}.length")
    drawn = page.evaluate(f"{shown}.filter(place => place.querySelector('svg.main-svg, canvas')).length")
    expect(charts > 0, "it holds no chart")
    expect(drawn == charts, f"{drawn} of {charts} charts are drawn")
    lost = page.evaluate(
        shown
        + """.filter(place => {
            const marked = place.data.filter(trace => trace.type === 'scatter' && trace.mode.includes('markers'));
            const points = marked.reduce((sum, trace) => sum + trace.x.length, 0);
            return place.querySelectorAll('.scatterlayer .point').length !== points;
        }).map(place => place.id)"""
    )
    expect(not lost, f"points are missing from {lost}")
    return charts


def sentences(page):
    """Sentences in the open panel, each with its source."""
    panel = page.locator("dialog[open]")
    expect(panel.count() == 1, "no panel opened")
    return panel.locator("li").evaluate_all(
        "items => items.map(item => [item.querySelector('.text').textContent, item.querySelector('.source').textContent])"
    )


def expect_sentences(page, told):
    found = sentences(page)
    expect(found, f"{told} shows no sentence")
    expect(all(text.strip() and source.strip() for text, source in found), f"{told} shows a sentence without its source")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]").count() == 0, f"Escape doesn't close the panel of {told}")


def use_table(page):
    """A cell by the keyboard, the order of a column, and a filter."""
    cell = page.locator("article.organisation:not([hidden]) button.n").first
    cell.focus()
    page.keyboard.press("Enter")
    expect_sentences(page, "a cell of a table")
    expect(cell.evaluate("cell => cell === document.activeElement"), "the focus doesn't come back to the cell")

    table = page.locator("#trends table").first
    column = table.locator("thead th").nth(8)
    column.locator("button").press("Enter")
    totals = table.locator("tbody tr td:nth-child(9)").evaluate_all(
        "cells => cells.map(cell => Number(cell.textContent.replace(/,/g, '')))"
    )
    expect(totals == sorted(totals, reverse=True) and len(totals) > 2, "a column doesn't sort")
    word = table.locator("tbody th").first.text_content()
    page.locator("#trends input[type=search]").first.fill(word)
    left = table.locator("tbody tr:visible").count()
    expect(0 < left < len(totals), f"the filter leaves {left} of {len(totals)} rows")
    page.locator("#trends input[type=search]").first.fill("")


def use_charts(page):
    """A click on a point of a line, a bar, a node."""
    points = page.locator("article.organisation:not([hidden]) .chart .scatterlayer .point")
    # a point of nothing counted has no sentences
    counted = points.evaluate_all("points => points.findIndex(point => point.__data__ && /:./.test(point.__data__.id || ''))")
    expect(counted >= 0, "no point of a chart leads to a sentence")
    point = points.nth(counted)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    expect_sentences(page, "a point of a chart")


def use_selects(page):
    choose = page.locator("#choose")
    names = choose.locator("option").all_text_contents()
    if len(names) > 1:
        choose.select_option(index=1)
        shown = page.locator("article.organisation:not([hidden]) h3").all_text_contents()
        expect(shown == [names[1]], f"{shown} is shown where {names[1]} was chosen")
        heads = page.locator("#compare-terms thead th").all_text_contents()
        page.locator("#compare-first").select_option(index=1)
        page.locator("#compare-second").select_option(index=0)
        expect(page.locator("#compare-terms thead th").all_text_contents() == [heads[0], heads[2], heads[1]], "selects don't compare")
        choose.select_option(index=0)


def check(browser, report, width, shots):
    page = browser.new_page(viewport={"width": width, "height": SIZES[width]}, reduced_motion="reduce")
    seen = watch(page)
    page.goto(report.resolve().as_uri())
    charts = draw_all(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    expect(wide <= width, f"the page is {wide} pixels wide on a screen of {width}")
    # the contents would stand in the middle of tall pictures
    page.add_style_tag(content="nav { position: static !important }")
    for section in SECTIONS:
        page.locator(f"#{section}").screenshot(path=shots / f"{width}-{section}.png")
    use_table(page)
    use_charts(page)
    use_selects(page)
    outside = [url for url in seen["requests"] if not url.startswith(("file://", "data:", "blob:"))]
    expect(not outside, f"it asks the network for {outside}")
    expect(not seen["errors"], f"the browser reports {seen['errors']}")
    page.close()
    return charts


def main():
    report, shots = Path(sys.argv[1]), Path(sys.argv[2])
    shots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for width in SIZES:
            print(f"report at {width} pixels: {check(browser, report, width, shots)} charts drawn, nothing asked of the network")
        browser.close()


main()
