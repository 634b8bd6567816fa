/* One socket per tab, receive only. Elements say what they follow: data-live="<stream> <kind>[, <stream> <kind>]".

   data-live-append data-live-after="url"   a list; a fact {number, html} is put in its place, gaps are fetched with ?after=
   data-live-refresh="url"                  is fetched anew (HX-Request, HX-Target = its id), unless fact.version <= data-version
   data-live-badge                          shows fact.count
   Others listen: document "live" (stream, kind, fact) and, on the list, "live:append" (own). */
(() => {
  "use strict";
  const bar = document.getElementById("offline"), me = document.body.dataset.member;
  const follow = (query) => [...document.querySelectorAll(query)];
  const follows = (element, { stream, kind }) => element.dataset.live.split(",").some((pair) => pair.trim() === `${stream} ${kind}`);
  let socket, tries = 0, retry, late, hidden = 0;

  function open() {
    clearTimeout(retry);
    if (socket) { socket.onclose = null; socket.close(); }
    socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/live/`);
    socket.onmessage = ({ data }) => hear(JSON.parse(data));
    socket.onclose = closed;
    warn();
  }
  function warn() {
    if (!late) late = setTimeout(() => { bar.hidden = false; }, 5000);
  }
  function closed({ code }) {
    if (code === 4401 || code === 4003) return again();
    warn();
    const wait = code === 4029 ? 60000 : Math.min(30000, 1000 * 2 ** tries++);
    retry = setTimeout(open, wait * (0.5 + Math.random()));
  }
  // Logged out or no longer welcome: the server decides what this page may show; once, so that it cannot go round.
  function again() {
    const last = Number(sessionStorage.getItem("live:reload") || 0);
    sessionStorage.setItem("live:reload", Date.now());
    if (Date.now() - last < 60000) return;
    if (window.keepTyped) window.keepTyped();
    location.reload();
  }
  function hear(told) {
    if (told.kind === "ready") { tries = 0; clearTimeout(late); late = 0; bar.hidden = true; catchUp(); }
    for (const element of follow("[data-live]")) {
      if (!follows(element, told)) continue;
      if ("liveAppend" in element.dataset) append(element, told.fact);
      if (element.dataset.liveRefresh && !(told.fact.version <= Number(element.dataset.version))) refresh(element);
      if ("liveBadge" in element.dataset) badge(element, told.fact.count);
    }
    document.dispatchEvent(new CustomEvent("live", { detail: told }));
  }
  function catchUp() {
    follow("[data-live-append]").forEach(missed);
    follow("[data-live-refresh]").forEach(refresh);
  }

  /* Lists */
  const number = (element) => Number(element.dataset.number || 0);
  const last = (list) => Math.max(Number(list.dataset.last || 0), ...[...list.children].map(number));
  function append(list, fact) {
    if (fact.number > last(list) + 1) return missed(list);
    return put(list, fact.html);
  }
  function put(list, html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    let added = 0;
    for (const item of [...box.content.children]) {
      if (item.id && document.getElementById(item.id)) continue;
      const own = Boolean(me) && item.dataset.author === me;
      item.classList.toggle("is-own", own);
      const after = [...list.children].reverse().find((other) => number(other) && number(other) < number(item));
      if (after) after.after(item); else list.append(item);
      if (window.htmx) window.htmx.process(item);
      list.dispatchEvent(new CustomEvent("live:append", { bubbles: true, detail: { item, own } }));
      added += 1;
    }
    return added;
  }
  async function missed(list) {
    if (!list.dataset.liveAfter || list.fetching) return;
    list.fetching = true;
    try {
      for (let round = 0, added = 99; round < 20 && added >= 20; round += 1) {
        const url = new URL(list.dataset.liveAfter, location);
        url.searchParams.set("after", last(list));
        const html = await fragment(url, list.id);
        added = html ? put(list, html) : 0;
      }
    } finally { list.fetching = false; }
  }
  // One's own message may come by the form and by the socket: the later one gives way.
  document.addEventListener("htmx:afterSettle", () => {
    for (const list of follow("[data-live-append]")) {
      const seen = new Set();
      for (const item of [...list.children]) if (item.id) { if (seen.has(item.id)) item.remove(); seen.add(item.id); }
    }
  });

  /* Fragments */
  const waiting = new Map();
  function refresh(element) {
    clearTimeout(waiting.get(element.id));
    // Together what comes together, and not every open page of a group in the same instant.
    waiting.set(element.id, setTimeout(replace, 300 + Math.random() * 700, element.id));
  }
  async function replace(id) {
    const element = document.getElementById(id), active = document.activeElement;
    if (!element) return;
    // Nobody's typing or open menu is swept away; it is asked again when they leave it.
    if (element.contains(active) && active.matches("input, textarea, select")) {
      element.addEventListener("focusout", () => refresh(element), { once: true });
      return;
    }
    const html = await fragment(element.dataset.liveRefresh, id), box = document.createElement("template");
    box.innerHTML = html || "";
    const fresh = box.content.getElementById(id), focused = element.contains(active) && active.id;
    if (!fresh || !element.isConnected) return;
    element.replaceWith(fresh);
    if (window.htmx) window.htmx.process(fresh);
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }
  async function fragment(url, id) {
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": id } });
      return answer.ok && !answer.redirected ? await answer.text() : "";
    } catch { return ""; }
  }

  /* Counts */
  function badge(element, count) {
    if (element.matches(".dot")) element.hidden = !count;
    else element.textContent = count || "";
    if ("appBadge" in element.dataset && navigator.setAppBadge) navigator.setAppBadge(count).catch(() => {});
  }

  /* A phone that wakes up has a dead socket that looks alive */
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hidden = Date.now();
    else if (Date.now() - hidden > 10000 || socket.readyState > 1) open();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  addEventListener("online", () => { if (socket.readyState !== 0) open(); });
  addEventListener("offline", warn);
  addEventListener("pagehide", () => { socket.onclose = null; socket.close(); });
  open();
})();
