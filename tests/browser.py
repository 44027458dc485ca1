"""A headless Chromium that does what a person does: waits until something is there, clicks it, types, and looks at the page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60.0
"""Seconds after which something counts as missing; on a loaded machine JupyterLab takes a quarter of it."""

SCREENSHOTS = Path(__file__).resolve().parents[1] / "artefacts" / "browser"


@dataclass(frozen=True)
class Browser:
    """An open browser; `driver` is selenium's."""

    driver: Any

    def open(self, address: str) -> None:
        self.driver.get(address)

    def wait(self, what: str, look: Callable[[], Any]) -> Any:
        """What *look* finds as soon as it finds something; the test fails with a screenshot if it never does."""
        from selenium.common.exceptions import StaleElementReferenceException

        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                found = look()
            except StaleElementReferenceException:
                continue  # the page was drawn anew between finding and looking
            if found:
                return found
            time.sleep(0.2)
        picture = self.picture("missing")
        pytest.fail(f"there is no {what} in {self.driver.current_url}; see {picture}")

    def find(self, selector: str, text: str = "") -> Any:
        """The first visible element of a CSS selector that shows *text*, as soon as there is one."""

        def look() -> Any:
            found = self.driver.find_elements("css selector", selector)
            return next((one for one in found if one.is_displayed() and text in one.text), None)

        return self.wait(f"`{selector}` with `{text}`", look)

    def click(self, selector: str, text: str = "") -> None:
        self.wait(
            f"`{selector}` with `{text}` that can be clicked",
            lambda: self._clicked(self.find(selector, text)),
        )

    def _clicked(self, element: Any) -> bool:
        """Whether *element* could be clicked; where a tooltip covers it, the mouse is moved away for another try."""
        from selenium.common.exceptions import ElementClickInterceptedException
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        self.show(element)
        try:
            element.click()
        except ElementClickInterceptedException:
            actions = ActionBuilder(self.driver)
            actions.pointer_action.move_to_location(1, 1)
            actions.perform()
            return False
        return True

    def choose(self, menu: str, command: str) -> None:
        """Chooses from one of JupyterLab's menus, by the name of the command."""
        self.click(".lm-MenuBar-item", menu)
        self.click(f'.lm-Menu-item[data-command="{command}"]')

    def replace(self, editor: Any, text: str) -> None:
        """Selects all in an editor and puts *text* in its place, as an input method does: nothing is indented or completed."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        self.show(editor)
        editor.click()
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})

    def type(self, field: Any, text: str) -> None:
        """Puts *text* into a field of a form and leaves it, as somebody does who goes on with Tab."""
        from selenium.webdriver.common.keys import Keys

        self.show(field)
        field.clear()
        field.send_keys(text, Keys.TAB)

    def edit(self, cell: Any) -> None:
        """Opens a rendered cell for typing."""
        from selenium.webdriver.common.action_chains import ActionChains

        self.show(cell)
        ActionChains(self.driver).double_click(cell).perform()

    def enter(self, selector: str) -> None:
        """Goes on inside of a frame."""
        self.driver.switch_to.frame(self.find(selector))

    def show(self, element: Any) -> None:
        """Scrolls to an element."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)

    def picture(self, name: str) -> Path:
        """A screenshot, kept for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.driver.save_screenshot(str(path))
        return path


def reason_against() -> str:
    """Why there can be no browser here, "" if there can."""
    try:
        import selenium
    except ImportError:
        return "selenium is not installed: `make browser` installs it"
    assert selenium
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    return f"{' and '.join(missing)} not found: `make browser` installs Debian's" if missing else ""


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser that reaches nothing but this machine, until the block ends."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",  # Chromium refuses to start as root otherwise; it only sees pages of ours
        "--disable-dev-shm-usage",
        "--window-size=1400,1000",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield Browser(driver)
    finally:
        driver.quit()
        service.stop()
