// Before the first paint: the theme chosen here the last time, and the word that scripts run.
const chosen = (() => {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage may be forbidden; then the system's theme stands
  }
})();
document.documentElement.classList.add("has-script");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
