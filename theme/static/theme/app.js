/* Small behaviours, each bound by a data attribute; every page works without them.

   data-composer="key"      textarea grows; what is typed is kept on this device until it is sent; Ctrl+Enter sends
   data-dialog="id"         opens that <dialog>; a click beside it closes it
   data-dismiss             removes the toast or notice it stands in
   data-copy="text"         copies · data-share="url" shares, or copies where sharing is not possible
   data-forget              a form (log out) after which no draft stays on this device
   data-free                a form that may be sent again at once (a download)
   data-autosubmit          a field that sends its form when it changes (settings that save at once)
   data-file-name="id"      a file input that writes the chosen names into that element
   data-scroll-end          a list that opens at its end, or at its .new-line
   data-jump                a button that shows how many new messages are below, and goes there
   data-focus               gets the focus when it appears (error summary)
   data-relative            a <time> that says how long ago, kept fresh
   Server header HX-Trigger: {"toast": "text"} shows a toast after a fragment. */
(() => {
  "use strict";
  const root = document.documentElement, member = document.body.dataset.member;
  const toasts = document.getElementById("toasts"), words = toasts ? toasts.dataset : {};
  const on = (name, act, options) => document.addEventListener(name, act, options);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const stored = (act) => { try { return act(localStorage); } catch { return null; } };

  /* Toasts: in the live region that was there from the start */
  function toast(text, kind = "") {
    const box = document.createElement("div"), line = document.createElement("p"), close = document.createElement("button");
    box.className = `toast ${kind}`;
    line.textContent = text;
    close.className = "btn btn-ghost btn-small";
    close.type = "button";
    close.dataset.dismiss = "";
    close.textContent = words.close;
    box.append(line, close);
    toasts.append(box);
    fade(box);
  }
  function fade(box) {
    if (box.matches(".toast-error, .toast-warning")) return;
    const gone = () => (box.matches(":hover, :focus-within") ? setTimeout(gone, 3000) : box.remove());
    setTimeout(gone, 8000);
  }
  window.toast = toast;

  /* Forms: one press is enough */
  function busy(form, button) {
    form.dataset.busy = "1";
    if (!button || !button.matches(".btn")) return;
    button.setAttribute("aria-disabled", "true");
    if (button.matches(".btn-icon")) return;
    button.dataset.label = button.innerHTML;
    button.textContent = words.busy;
  }
  function ready(form) {
    if (!form || !form.dataset) return;
    delete form.dataset.busy;
    for (const button of all("[aria-disabled]", form)) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.label) button.innerHTML = button.dataset.label;
      delete button.dataset.label;
    }
  }
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.free !== undefined) return;
    if (form.dataset.busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    // After this turn, so that the pressed button's own name and value are still sent.
    setTimeout(() => { if (!event.defaultPrevented || form.matches("[hx-post]")) busy(form, event.submitter); });
    if (form.dataset.composer) mark(form);
    if (form.dataset.forget !== undefined) stored((box) => box.clear());
  }, true);
  // Without a connection a page would give way to the browser's own, and what was typed would be gone. On the window,
  // so that who sends by itself and tries again (a chat, a fragment) has spoken first.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || navigator.onLine) return;
    event.preventDefault();
    if (form.dataset.composer) sent(form, false);
    toast(form.dataset.composer ? words.offline : words.unsent, "toast-error");
  });
  on("change", (event) => {
    const field = event.target;
    if (field.matches("[data-autosubmit]")) field.form.requestSubmit();
    const names = field.dataset.fileName && document.getElementById(field.dataset.fileName);
    if (names) names.textContent = [...field.files].map((file) => file.name).join(", ");
  });
  on("invalid", (event) => ready(event.target.form), true);

  /* Composer: grows, keeps the draft, forgets it once the server took it */
  const key = (form) => `draft:${member}:${form.dataset.composer}`;
  const text = (form) => form.querySelector("textarea");
  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }
  function mark(form) { stored((box) => box.setItem(`${key(form)}:sent`, "1")); }
  function forget(form) { stored((box) => { box.removeItem(key(form)); box.removeItem(`${key(form)}:sent`); }); }
  function compose(form) {
    const area = text(form);
    if (!area || form.dataset.ready) return;
    form.dataset.ready = "1";
    // A composer that comes back empty after sending was accepted; one with text in it was refused, and one that is
    // reached by going back met no server at all.
    const [way] = performance.getEntriesByType("navigation");
    const arrived = !area.value && (!way || way.type === "navigate");
    if (arrived && stored((box) => box.getItem(`${key(form)}:sent`))) forget(form);
    stored((box) => box.removeItem(`${key(form)}:sent`));
    if (!area.value) area.value = stored((box) => box.getItem(key(form))) || "";
    grow(area);
  }
  function sent(form, successful) {
    if (!successful) return stored((box) => box.removeItem(`${key(form)}:sent`));
    forget(form);
    form.reset();
    grow(text(form));
    return text(form).focus();
  }
  on("input", (event) => {
    const area = event.target, form = area.form;
    if (area.localName !== "textarea" || !form || !form.dataset.composer) return;
    grow(area);
    stored((box) => {
      box.removeItem(`${key(form)}:sent`);
      if (area.value) box.setItem(key(form), area.value); else box.removeItem(key(form));
    });
  });
  on("keydown", (event) => {
    const form = event.target.form;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && form.dataset.composer) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".send, [type=submit], button:not([type])"));
    }
    if (event.key === "Escape") all("details.menu[open]").forEach(shut);
  });

  /* A page that has to prove anew who is there: what was typed waits in this tab until the page is back */
  const typed = `typed:${member}:${location.pathname}`;
  const kept = () => all("form[method=post] :is(textarea, select, input)").filter((field) => field.name && !field.matches("[type=hidden], [type=password], [type=file], [data-composer] textarea"));
  const inTab = (act) => { try { return act(sessionStorage); } catch { return null; } };
  function keepTyped() {
    const changed = kept().map((field, place) => [place, field.name, field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value]);
    inTab((box) => box.setItem(typed, JSON.stringify(changed)));
  }
  function putBack() {
    const found = JSON.parse(inTab((box) => box.getItem(typed)) || "[]"), fields = kept();
    inTab((box) => box.removeItem(typed));
    for (const [place, name, value] of found) {
      const field = fields[place];
      if (!field || field.name !== name) continue;
      if (typeof value === "boolean") field.checked = value; else field.value = value;
    }
  }
  window.keepTyped = keepTyped;
  on("htmx:beforeOnLoad", ({ detail }) => { if (detail.xhr.status === 403 && detail.xhr.getResponseHeader("HX-Redirect")) keepTyped(); });

  /* Dialogs and menus */
  function shut(menu) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
  on("click", (event) => {
    const target = event.target, hit = (query) => target.closest && target.closest(query);
    all("details.menu[open]").filter((menu) => !menu.contains(target)).forEach((menu) => { menu.open = false; });
    const opener = hit("[data-dialog]"), dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
    if (target.localName === "dialog" && outside(target, event)) target.close();
    const dismiss = hit("[data-dismiss]");
    if (dismiss) (dismiss.closest(".toast, .notice, .card") || dismiss).remove();
    const copy = hit("[data-copy]"), share = hit("[data-share]");
    if (copy) copied(copy.dataset.copy);
    if (share) shared(share.dataset.share || location.href);
    const jump = hit("[data-jump]");
    if (jump) { jump.hidden = true; end("smooth"); }
    if (hit(".btn[aria-disabled='true']")) event.preventDefault();
  });
  function outside(dialog, event) {
    const box = dialog.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  }
  async function copied(what) {
    await navigator.clipboard.writeText(what);
    toast(words.copied);
  }
  function shared(url) {
    if (!navigator.share) return copied(url);
    return navigator.share({ title: document.title, url }).catch(() => {});
  }

  /* Lists that open at their end; new messages below the fold are counted, not scrolled to */
  const isAtEnd = () => innerHeight + scrollY > root.scrollHeight - 160;
  function end(behavior = "auto") { scrollTo({ top: root.scrollHeight, behavior }); }
  let wasAtEnd = true;
  on("scroll", () => {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) all("[data-jump]").forEach((jump) => { jump.hidden = true; jump.dataset.count = 0; });
  }, { passive: true });
  on("live:append", (event) => {
    if (!event.target.matches("[data-scroll-end]")) return;
    if (wasAtEnd || event.detail.own) return end("smooth");
    for (const jump of all("[data-jump]")) {
      jump.dataset.count = Number(jump.dataset.count || 0) + 1;
      jump.querySelector("[data-jump-count]").textContent = jump.dataset.count;
      jump.hidden = false;
    }
  });

  /* How long ago */
  const ago = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
  function fresh() {
    for (const time of all("time[data-relative]")) {
      const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
      if (minutes < 1 || minutes >= 1440) continue;
      time.textContent = minutes < 60 ? ago.format(-minutes, "minute") : ago.format(-Math.floor(minutes / 60), "hour");
    }
    for (const line of all("[data-ends]")) if (line.dataset.ends <= Date.now() / 1000) line.remove();
  }

  /* Fragments */
  let lost = null;
  on("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  on("htmx:afterRequest", (event) => {
    const { target, elt, successful } = event.detail;
    target.removeAttribute("aria-busy");
    ready(elt.closest("form"));
    if (elt.matches("form[data-composer]")) sent(elt, successful);
  });
  on("htmx:beforeSwap", (event) => {
    const { target } = event.detail;
    lost = target.contains(document.activeElement) ? { next: target.nextElementSibling, parent: target.parentElement } : null;
  });
  on("htmx:afterSettle", (event) => {
    begin(event.detail.elt);
    const told = event.detail.elt.matches("[data-focus]") ? event.detail.elt : event.detail.elt.querySelector("[data-focus]");
    if (told) told.focus();
    else if (lost && document.activeElement === document.body) recover(lost);
    lost = null;
  });
  on("htmx:sendError", ({ detail }) => toast(detail.elt.matches("form[data-composer]") ? words.offline : words.unsent, "toast-error"));
  on("htmx:responseError", () => toast(words.failed, "toast-error"));
  on("toast", (event) => toast(event.detail.value || event.detail));
  // A row that went away leaves the focus on the next one, else on the heading of its part.
  function recover({ next, parent }) {
    const query = "a[href], button, input, textarea, select, summary";
    let heir = next && (next.matches(query) ? next : next.querySelector(query));
    for (let above = parent; !heir && above; above = above.parentElement) heir = above.querySelector("h1, h2, h3");
    if (!heir) return;
    if (heir.matches("h1, h2, h3")) heir.tabIndex = -1;
    heir.focus();
  }

  /* Start */
  function begin(within) {
    all("form[data-composer]", within).forEach(compose);
    if (within.matches && within.matches("form[data-composer]")) compose(within);
  }
  putBack();
  begin(document);
  fresh();
  setInterval(fresh, 30000);
  if (toasts) all(".toast", toasts).forEach(fade);
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 48;
  if (document.querySelector("[data-scroll-end]") && !location.hash) {
    const line = document.querySelector("[data-scroll-end] .new-line");
    if (line) line.scrollIntoView({ block: "center" }); else end();
  }
  addEventListener("pageshow", () => all("form[data-busy]").forEach(ready));
  if (member && "serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
})();
