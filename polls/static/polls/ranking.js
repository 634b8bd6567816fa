/* Ranking with buttons: up and down move a row, and the numbers follow. Without this the number fields do it all. */
(() => {
  "use strict";
  const prepare = (root) => root.querySelectorAll("[data-ranking]").forEach((box) => {
    for (const button of box.querySelectorAll("[data-up], [data-down]")) button.hidden = false;
  });
  const field = (row) => row.querySelector("input");
  const number = (list) => [...list.children].forEach((row, index) => { field(row).value = index + 1; });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down]");
    if (!button) return;
    const row = button.closest("li"), list = row.parentElement;
    if (![...list.children].some((other) => field(other).value)) number(list);
    if ("up" in button.dataset && row.previousElementSibling) row.previousElementSibling.before(row);
    if ("down" in button.dataset && row.nextElementSibling) row.nextElementSibling.after(row);
    number(list);
    button.focus();
  });
  document.addEventListener("htmx:afterSwap", () => prepare(document));
  prepare(document);
})();
