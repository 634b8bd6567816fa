// Dragging an item to a day fills in the day of its own form and sends it: the same way as without a mouse.
"use strict";
const plan = document.querySelector("[data-plan]");
let dragged = null;

plan?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-item]");
  if (!dragged) return; // what was sent already is a link like any other
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.item);
});
plan?.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});
plan?.addEventListener("dragover", (event) => {
  const day = event.target.closest("[data-day]");
  if (!dragged || !day) return;
  event.preventDefault();
  mark(day);
});
plan?.addEventListener("drop", (event) => {
  const day = event.target.closest("[data-day]");
  if (!dragged || !day) return;
  event.preventDefault();
  if (day.contains(dragged)) return;
  const form = dragged.querySelector("[data-move]");
  form.elements.day.value = day.dataset.day;
  form.submit();
});

// Who moved something goes on from there: the page comes back with its number behind the #. Only once it has loaded,
// as the browser's own jump to that number takes the focus away.
addEventListener("load", () => {
  if (location.hash.startsWith("#plan-item-")) document.querySelector(`${location.hash} summary`)?.focus();
});

function mark(day) {
  plan.querySelectorAll(".is-target").forEach((cell) => cell.classList.toggle("is-target", cell === day));
  day?.classList.add("is-target");
}
