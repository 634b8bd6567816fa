/* The hint to put the site on the home screen: from the second day somebody is here, never again after "Not now".
   Chromium offers it by an event; an iPhone only explains it, as there one does it by hand. */
(() => {
  "use strict";
  const box = document.getElementById("install");
  if (!box || matchMedia("(display-mode: standalone)").matches || navigator.standalone) return;
  const today = new Date().toDateString(), key = "install";
  const kept = read();
  if (kept.no) return;
  if (kept.day !== today) write({ day: today, visits: (kept.visits || 0) + 1 });
  if (read().visits < 2) return;

  let offer = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    show("button");
  });
  window.addEventListener("appinstalled", () => { box.hidden = true; });
  if (/iPhone|iPad/.test(navigator.userAgent)) show("share");

  function show(how) {
    for (const line of box.querySelectorAll("[data-install-how]")) line.hidden = line.dataset.installHow !== how;
    box.querySelector("[data-install-yes]").hidden = how !== "button";
    box.hidden = false;
  }
  box.querySelector("[data-install-yes]").addEventListener("click", async () => {
    if (!offer) return;
    offer.prompt();
    if ((await offer.userChoice).outcome === "accepted") box.hidden = true;
  });
  box.querySelector("[data-install-no]").addEventListener("click", () => {
    write({ no: true });
    box.hidden = true;
  });

  /* A browser that keeps nothing gets no hint rather than one at every visit. */
  function read() {
    try { return JSON.parse(localStorage.getItem(key) || "{}"); } catch { return { no: true }; }
  }
  function write(state) {
    try { localStorage.setItem(key, JSON.stringify(state)); } catch { box.hidden = true; }
  }
})();
