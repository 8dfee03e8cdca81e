"""Opens pages in a real browser and writes down what ran, and what the policy of the site had to stop.

python -m tests.safety.browsing ADDRESS [COOKIE=VALUE...] with paths on standard input, one a line; one line of JSON a
page. In a process of its own, as a browser cannot be driven twice in one.
"""

from __future__ import annotations

import json
import shutil
import sys

from playwright.sync_api import Error, sync_playwright

from tests.conftest import FLAGS, NAMES

WATCHING = """
window.ran = (what) => window.told('ran ' + what);
document.addEventListener('securitypolicyviolation',
    (e) => window.told('policy ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
for (const name of ['alert', 'confirm', 'prompt', 'print'])
    window[name] = () => window.told('ran ' + name);
"""


def main(address: str, *cookies: str) -> None:
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        context = browser.new_context(base_url=address)
        for cookie in cookies:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": address}])
        told: list[str] = []
        context.expose_function("told", lambda what: told.append(what))
        context.add_init_script(WATCHING)
        page = context.new_page()
        page.on("dialog", lambda dialog: (told.append("dialog"), dialog.dismiss()))
        page.on("console", lambda message: told.append(message.text) if "Security Policy" in message.text else None)
        for path in sys.stdin.read().splitlines():
            told.clear()
            status = 0
            try:
                answer = page.goto(path, wait_until="load")
                status = answer.status if answer else 0
                # What waits for a person: links that run, and what runs when something is pointed at or chosen.
                page.evaluate(
                    """for (const e of document.querySelectorAll('*'))
                        for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle', 'animationend'])
                            e.dispatchEvent(new Event(name));
                    for (const a of document.querySelectorAll('[href]')) {
                        const to = new URL(a.getAttribute('href'), location);
                        if (!/^(https?|mailto):$/.test(to.protocol)) window.told('ran ' + to.protocol);
                    }"""
                )
                page.wait_for_timeout(30)
            except Error as error:
                told.append(f"failed {error}"[:300])
            print(json.dumps({"path": path, "status": status, "told": told}), flush=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
