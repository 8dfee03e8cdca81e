// Fields with autocomplete, as a screen reader meets them: named by their label, also while they are empty or open.
"use strict";

function nameFields() {
  for (const box of document.querySelectorAll(".select2-selection[role=combobox]")) {
    const select = box.closest(".select2-container").previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    const shown = box.querySelector(".select2-selection__rendered");
    if (label && shown && shown.hasAttribute("role")) {
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
      label.id ||= `${select.id}_label`;
      box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    }
    const list = box.getAttribute("aria-owns");
    if (list && box.getAttribute("aria-controls") !== list) {
      box.setAttribute("aria-controls", list);
    }
  }
  for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    field.setAttribute("aria-label", "Search");
  }
}

document.addEventListener("DOMContentLoaded", () => {
  nameFields();
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-owns"] };
  new MutationObserver(nameFields).observe(document.body, changes);
});
