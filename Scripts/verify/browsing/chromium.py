"""Debian's Chromium, driven by Playwright."""

import contextlib
import shutil
import sys

from playwright.sync_api import sync_playwright


@contextlib.contextmanager
def chromium():
    """The browser, without a window and without a way to any other host than this one."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        sys.exit("verify: Chromium is not installed; Scripts/verify/setup installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        try:
            yield browser
        finally:
            browser.close()
