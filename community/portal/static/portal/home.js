/* Home stays current: a new message counts at once on its group's row; the rows themselves are fetched anew a little
   later and not at every message, because a thousand open homes would otherwise ask for each one. */
(() => {
  "use strict";
  const me = document.body.dataset.member;
  let later = 0;

  document.addEventListener("live", ({ detail: { stream, kind, fact } }) => {
    if (!kind.startsWith("message.")) return;
    const row = document.querySelector(`[data-stream="${stream}"]`);
    if (!row) return;
    if (String(fact.author) !== me) {
      const count = row.querySelector(".count");
      count.textContent = Number(count.textContent || 0) + 1;
      row.classList.add("is-unread");
    }
    later = later || setTimeout(refresh, 5000 + Math.random() * 10000);
  });

  async function refresh() {
    later = 0;
    const old = document.getElementById("groups");
    if (document.hidden || old.contains(document.activeElement)) { later = setTimeout(refresh, 15000); return; }
    const answer = await fetch(location.href, { headers: { "HX-Request": "true", "HX-Target": "groups" } });
    if (!answer.ok || answer.redirected) return;
    const box = document.createElement("template");
    box.innerHTML = await answer.text();
    const fresh = box.content.getElementById("groups");
    if (fresh) old.replaceWith(fresh);
  }
})();
