// Conveniences over pages that work without them: theme, keyboard, focus after "Show more", split passages.
(() => {
  const root = document.documentElement;
  const titles = () => [...document.querySelectorAll(".event-title a, .statement .speaker")];

  function keepTheme(theme) {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // storage may be forbidden; the choice then holds for this page
    }
  }

  function showTheme() {
    const select = document.getElementById("theme");
    if (select) select.value = root.dataset.theme ?? "auto";
  }

  function step(by) {
    const all = titles();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement);
    const from = here < 0 ? firstInView(all) - (by > 0 ? 1 : 0) : here;
    const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
    if (!next.hasAttribute("href")) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function firstInView(all) {
    const found = all.findIndex((title) => title.getBoundingClientRect().top >= 0);
    return found < 0 ? all.length : found;
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  }

  // Where marks overlap, a passage is cut into pieces; all of them light up, not the first alone.
  function showTarget() {
    const key = location.hash.slice(1);
    for (const mark of document.querySelectorAll("mark[data-keys]")) {
      mark.classList.toggle("is-target", key !== "" && mark.dataset.keys.split(" ").includes(key));
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "theme") return;
    const theme = event.target.value;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    keepTheme(theme);
  });

  document.addEventListener("click", (event) => {
    const help = document.getElementById("help");
    if (event.target.id === "show-help") help.showModal();
    if (event.target.id === "close-help") help.close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const help = document.getElementById("help");
    if (help.open) return;
    if (event.key === "/") document.getElementById("q")?.focus();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });

  document.addEventListener("htmx:after:settle", () => {
    const fresh = document.querySelector("[data-fresh]");
    if (fresh) {
      fresh.removeAttribute("data-fresh");
      fresh.focus();
    }
    showTheme();
  });

  addEventListener("hashchange", showTarget);
  showTheme();
  showTarget();
})();
