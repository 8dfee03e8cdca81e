// Background work while it moves: what the page says now is asked for again and put in place; focus stays where it is.
"use strict";

(() => {
  const EVERY = 3000;

  async function fresh() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
  }

  async function look() {
    const shown = document.getElementById("now");
    if (!shown || !("moving" in shown.dataset)) return;
    const found = document.hidden ? null : await fresh().catch(() => null);
    if (found) {
      const focused = shown.contains(document.activeElement) ? document.activeElement.id : "";
      shown.replaceWith(found);
      if (focused) document.getElementById(focused)?.focus();
    }
    setTimeout(look, EVERY);
  }

  setTimeout(look, EVERY);
})();
