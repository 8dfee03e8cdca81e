// The keys of the review queue: each presses a button or follows a link that stands on the page with its letter.
"use strict";

(() => {
  const isTyping = (target) => target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  const form = () => document.getElementById("amend");
  let leaving = false;

  function press(key) {
    const one = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(key));
    one?.click();
    return one;
  }

  function startEditing() {
    form().open = true;
    form().querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  function leaveField(target) {
    if (form()?.contains(target)) form().open = false;
    target.blur();
    document.getElementById("item")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || leaving) return;
    if (event.key === "Escape" && isTyping(event.target)) leaveField(event.target);
    else if (event.key === "Enter" && event.target.id.endsWith("_why") && event.target.id !== "amend_why") leaveField(event.target);
    else if (isTyping(event.target) && !/^(checkbox|radio)$/.test(event.target.type)) return;
    else if (event.key === "e" && form()) startEditing();
    else if (event.key === "w" && document.getElementById("decide_why")) document.getElementById("decide_why").focus();
    else if (event.key.length !== 1 || !press(event.key)) return;
    event.preventDefault();
  });

  // A page that is being left takes no second decision.
  document.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("DOMContentLoaded", () => {
    const wrong = document.querySelector("#amend .errors input, #amend .errors textarea");
    if (wrong) wrong.focus();
  });
})();
