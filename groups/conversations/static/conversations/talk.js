/* An open conversation: one's own message stands there at once and is sent until it arrived; what was really on
   screen is reported as read; changed messages are put in the place of the old ones. Without this file the composer
   is a plain form and everything works, only later. */
(() => {
  "use strict";
  const list = document.getElementById("messages");
  if (!list) return;
  const words = list.dataset, me = document.body.dataset.member, form = document.querySelector("form[data-talk]");
  const dutch = document.documentElement.lang.startsWith("nl");
  // The house's own time, as on the rest of the page, wherever the reader is.
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Europe/Amsterdam" });
  const post = (url, body) => fetch(url, { method: "POST", body, headers: { "HX-Request": "true", "HX-Target": "messages", "X-CSRFToken": words.token } });
  const make = (name, css, text) => Object.assign(document.createElement(name), { className: css, textContent: text || "" });

  /* Read: only what was on screen while the page was visible */
  let seen = Number(words.read), told = seen, waiting;
  const watcher = new IntersectionObserver((entries) => {
    if (document.hidden) return;
    for (const { isIntersecting, target } of entries) if (isIntersecting) seen = Math.max(seen, Number(target.dataset.number));
    if (seen > told) { clearTimeout(waiting); waiting = setTimeout(tell, 700); }
  }, { threshold: 0.5 });
  async function tell() {
    const body = new FormData();
    body.set("number", seen);
    try { if ((await post(words.readUrl, body)).ok) told = seen; } catch { /* the next message on screen tells it again */ }
  }
  const watch = () => { watcher.disconnect(); [...list.querySelectorAll(".message[data-number]")].filter((item) => Number(item.dataset.number) > told).forEach((item) => watcher.observe(item)); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });
  watch();

  /* What came over the line is the same for everybody: make it fit this reader */
  function fit(item) {
    const time = item.querySelector("time[data-clock]"), at = time && clock.format(new Date(time.dateTime));
    if (time) time.textContent = dutch ? at.replace(/^0/, "").replace(":", ".") : at.replace(/^0/, "");
    const above = item.previousElementSibling;
    const follows = above && above.matches(".message") && above.dataset.author === item.dataset.author && item.dataset.at - above.dataset.at < 300;
    item.classList.toggle("is-follow", Boolean(follows));
    const more = item.querySelector("[data-acts]");
    if (more) more.setAttribute("aria-label", words.more);
  }
  list.addEventListener("live:append", ({ detail: { item, own } }) => {
    const empty = document.getElementById("no-messages");
    if (empty) empty.remove();
    if (own) [...list.querySelectorAll(".is-pending")].forEach((other) => list.append(other));
    fit(item);
    watcher.observe(item);
    if (state && own) { state.dataset.number = item.dataset.number; state.textContent = state.dataset.sent; }
    if (state && !own && document.hidden) tell();
  });
  const state = document.getElementById("receipt");
  document.addEventListener("live", ({ detail: { kind, fact } }) => {
    if (state && kind === state.dataset.kind && fact.number >= Number(state.dataset.number)) state.textContent = fact.others > fact.read_by ? fact.read_by ? state.dataset.some.replace("##", fact.others).replace("#", fact.read_by) : state.textContent : state.dataset.read;
    if (kind === `reactions.${words.conversation}`) return reacted(fact.message, fact.html);
    if (kind !== words.changed) return undefined;
    const box = document.createElement("template");
    box.innerHTML = fact.html;
    const fresh = box.content.querySelector("li"), old = fresh && (document.getElementById(fresh.id) || list.querySelector(`[data-number="${fresh.dataset.number}"]`)); // a pointer has the place of what was moved
    if (!old) return undefined;
    fresh.classList.toggle("is-own", fresh.dataset.author === me);
    old.replaceWith(fresh);
    return fit(fresh);
  });

  /* Reactions: the counts are everybody's, which of them are mine is known here */
  function reacted(message, html, own = false) {
    const place = list.querySelector(`[data-reactions="${message}"]`);
    if (!place) return;
    const mine = new Set([...place.querySelectorAll("[aria-pressed=true]")].map((chip) => chip.value));
    const hidden = place.querySelector(".reactions-private");
    place.innerHTML = html;
    if (own) return;
    for (const chip of place.querySelectorAll(".reaction")) chip.setAttribute("aria-pressed", mine.has(chip.value));
    if (hidden) place.append(hidden);
  }
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    if (target.id !== "react" && target.dataset.react === undefined) return;
    event.preventDefault();
    const url = target.id === "react" ? submitter.formAction : target.action, message = url.match(/messages\/(\d+)/)[1];
    const body = new FormData(target);
    body.set("kind", submitter.value);
    try {
      const answer = await post(url, body);
      if (answer.ok) reacted(message, await answer.text(), true);
    } catch { window.toast && window.toast(words.failed, "toast-error"); }
    if (target.id !== "react") sheet.close();
    delete target.dataset.busy;
  });

  /* Sending: at once on screen, kept on this device until the server has it */
  const shelf = form && `pending:${me}:${form.dataset.composer}`;
  const kept = () => { try { return JSON.parse(localStorage.getItem(shelf)) || []; } catch { return []; } };
  const keep = (rows) => { try { localStorage.setItem(shelf, JSON.stringify(rows)); } catch { /* private mode: not kept */ } };
  const mark = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));

  function show(row) {
    const item = make("li", "message is-own is-pending"), bubble = make("div", "bubble"), state = make("p", "message-state", words.sending);
    state.setAttribute("role", "status");
    bubble.append(make("div", "prose pending-text", row.text), state);
    for (const file of row.files || []) bubble.prepend(make("p", "muted", file.name));
    item.append(bubble);
    list.append(item);
    item.scrollIntoView({ block: "end" });
    return item;
  }
  async function send(row, item) {
    const body = new FormData();
    for (const name of ["text", "key", "quote", "description"]) body.set(name, row[name] || "");
    for (const file of row.files || []) body.append("files", file, file.name);
    item.classList.remove("is-failed");
    item.querySelector(".message-state").textContent = words.sending;
    let answer;
    try { answer = await post(form.action, body); } catch { return failed(row, item, [words.failed], true); }
    const html = await answer.text();
    if (answer.ok && !answer.redirected) return arrived(row, item, html);
    const box = make("div", "");
    if (answer.status === 422) box.innerHTML = html;
    const reasons = [...box.querySelectorAll("p")].map((line) => line.textContent);
    return failed(row, item, reasons.length ? reasons : [words.failed], answer.status >= 500, box.querySelector("a"));
  }
  function arrived(row, item, html) {
    keep(kept().filter((other) => other.key !== row.key));
    const box = document.createElement("template");
    box.innerHTML = html;
    const fresh = box.content.querySelector("li");
    item.remove();
    if (!fresh) return;
    // The line may have been faster; only this answer holds what is for the writer alone, such as an automatic answer.
    const there = document.getElementById(fresh.id);
    if (there) { there.replaceWith(fresh); fit(fresh); watcher.observe(fresh); return; }
    const after = [...list.querySelectorAll(".message[data-number]")].reverse().find((other) => Number(other.dataset.number) < Number(fresh.dataset.number));
    if (after) after.after(fresh); else list.prepend(fresh);
    list.dispatchEvent(new CustomEvent("live:append", { bubbles: true, detail: { item: fresh, own: true } }));
  }
  function failed(row, item, reasons, again, way) {
    item.classList.add("is-failed");
    const state = item.querySelector(".message-state"), retry = make("button", "btn btn-small btn-line", words.again), change = make("button", "btn btn-small btn-ghost", words.drop);
    retry.type = change.type = "button";
    retry.addEventListener("click", () => send(row, item));
    change.addEventListener("click", () => back(row, item));
    state.replaceChildren(...reasons.map((reason) => make("span", "", `${reason} `)), ...(way ? [way, " "] : []), retry, " ", change);
    if (item === list.lastElementChild) scrollTo({ top: document.documentElement.scrollHeight }); // its buttons above the composer
    if (again && navigator.onLine) setTimeout(() => item.isConnected && item.classList.contains("is-failed") && send(row, item), 5000);
  }
  function back(row, item) {
    keep(kept().filter((other) => other.key !== row.key));
    item.remove();
    write(row.text);
    form.elements.text.focus();
  }
  function write(text) {
    form.elements.text.value = text;
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const value = (name) => [...form.querySelectorAll(`[name=${name}]`)].map((field) => field.value).filter(Boolean).pop() || "";
  function submit(event) {
    const text = form.elements.text.value.trim();
    if (!words.live) return;
    event.preventDefault();
    if (!text && !chosenFiles.length) { form.elements.text.focus(); return; }
    const row = { text, key: mark(), quote: value("quote") };
    if (chosenFiles.length) Object.assign(row, { files: chosenFiles, description: value("description") });
    else keep([...kept(), row]); // files are too large to keep on the device
    write("");
    choose([]);
    const quote = form.querySelector(".composer-quote");
    if (quote) quote.remove();
    send(row, show(row));
  }
  if (form) {
    form.addEventListener("submit", submit);
    const again = () => [...list.querySelectorAll(".is-failed button")].filter((button, place) => place % 2 === 0).forEach((button) => button.click());
    addEventListener("online", again);
    if (words.live) for (const row of kept()) send(row, show(row));
  }

  /* Files: what is chosen is shown before it goes, and photos are made smaller here already */
  let chosenFiles = [];
  const previews = document.getElementById("previews"), picker = form && form.querySelector("input[type=file]");
  function choose(files) {
    if (!previews) return;
    chosenFiles = files.slice(0, 10);
    previews.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    previews.replaceChildren(...chosenFiles.map((file) => {
      const item = make("li", "preview"), away = make("button", "btn btn-small btn-line", "×");
      if (file.type.startsWith("image/")) item.append(Object.assign(make("img"), { src: URL.createObjectURL(file), alt: "", width: 72, height: 72 }));
      else if (file.type.startsWith("audio/")) item.append(Object.assign(make("audio"), { src: URL.createObjectURL(file), controls: true }));
      away.type = "button";
      away.setAttribute("aria-label", `× ${file.name}`);
      away.addEventListener("click", () => choose(chosenFiles.filter((other) => other !== file)));
      item.append(make("span", "", file.name), away);
      return item;
    }));
    document.getElementById("describe").hidden = !chosenFiles.some((file) => file.type.startsWith("image/"));
    document.getElementById("file-names").textContent = "";
    picker.value = "";
  }
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 500000 || !window.createImageBitmap) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, 1920 / Math.max(image.width, image.height)), canvas = make("canvas");
      canvas.width = image.width * scale;
      canvas.height = image.height * scale;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
      return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
    } catch { return file; }
  }
  if (picker && words.live) {
    const add = async (files) => choose([...chosenFiles, ...(await Promise.all([...files].map(smaller)))]);
    picker.addEventListener("change", () => add(picker.files));
    form.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); add(event.clipboardData.files); } });
  }

  /* Voice: hold while speaking, or press to begin and again to stop; three minutes at most */
  const mic = document.getElementById("record");
  if (mic && words.live && window.MediaRecorder && navigator.mediaDevices) {
    let recorder, ticking, pressed = 0;
    const label = mic.getAttribute("aria-label");
    mic.hidden = false;
    const show = (on) => { mic.setAttribute("aria-pressed", on); mic.setAttribute("aria-label", on ? mic.dataset.stop : label); mic.classList.toggle("is-recording", on); };
    mic.addEventListener("pointerdown", ({ button }) => { pressed = recorder || button ? 0 : Date.now(); if (pressed) start(); });
    mic.addEventListener("click", ({ detail }) => {
      const held = pressed && Date.now() - pressed;
      pressed = 0;
      if (recorder && (!held || held > 600)) recorder.stop();
      else if (!detail && !recorder) start(); // from the keyboard
    });
    async function start() {
      let sound;
      try { sound = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { window.toast(mic.dataset.refused, "toast-error"); return; }
      const type = ["audio/webm", "audio/mp4"].find((kind) => MediaRecorder.isTypeSupported(kind)), parts = [], line = document.getElementById("file-names");
      recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 32000 });
      recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
      recorder.addEventListener("stop", () => {
        clearInterval(ticking);
        sound.getTracks().forEach((track) => track.stop());
        recorder = null;
        show(false);
        choose([...chosenFiles, new File(parts, `${mic.dataset.title}.${type === "audio/mp4" ? "m4a" : "webm"}`, { type })]);
      });
      recorder.start();
      show(true);
      const begun = Date.now();
      ticking = setInterval(() => {
        const seconds = Math.floor((Date.now() - begun) / 1000);
        line.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        if (seconds >= 180 && recorder) recorder.stop();
      }, 500);
    }
  }
  list.addEventListener("click", ({ target }) => {
    if (target.dataset.speed === undefined) return;
    const sound = target.parentElement.querySelector("audio"), speeds = [1, 1.5, 2];
    sound.playbackRate = speeds[(speeds.indexOf(sound.playbackRate) + 1) % speeds.length];
    target.textContent = `${sound.playbackRate}×`;
  });

  /* Words that the group's managers would rather not see: a warning, never a block */
  const warned = document.getElementById("warned");
  if (warned) form.elements.text.addEventListener("input", ({ target }) => {
    const typed = target.value.toLowerCase();
    warned.hidden = !warned.dataset.words.split(",").some((word) => typed.includes(word));
  });

  /* Naming people: a list above the composer while a name is typed after an @ */
  if (form) {
    const area = form.elements.text, box = make("ul", "card suggestions");
    let asking, chosen = -1;
    box.id = "suggestions";
    box.hidden = true;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", words.names);
    form.prepend(box);
    const typed = () => /(?:^|[\s(])@([\p{L}'’ -]{0,30})$/u.exec(area.value.slice(0, area.selectionStart));
    const options = () => [...box.children];
    const hide = () => { box.hidden = true; chosen = -1; area.removeAttribute("aria-activedescendant"); };
    function light(place) {
      chosen = (place + options().length) % options().length;
      options().forEach((option, index) => option.setAttribute("aria-selected", index === chosen));
      area.setAttribute("aria-activedescendant", options()[chosen].id);
    }
    function pick(name) {
      const before = area.value.slice(0, area.selectionStart), start = before.lastIndexOf("@");
      area.setRangeText(`@${name} `, start, area.selectionStart, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      hide();
      area.focus();
    }
    async function suggest() {
      const match = typed();
      if (!match) return hide();
      try {
        const { people } = await (await fetch(`${words.people}?q=${encodeURIComponent(match[1])}`)).json();
        if (!people.length || !typed()) return hide();
        box.replaceChildren(...people.map(({ name }, index) => {
          const option = Object.assign(make("li", "suggestion", name), { id: `suggestion-${index}` });
          option.setAttribute("role", "option");
          option.addEventListener("mousedown", (event) => { event.preventDefault(); pick(name); });
          return option;
        }));
        box.hidden = false;
        return light(0);
      } catch { return hide(); }
    }
    area.setAttribute("aria-controls", box.id);
    area.addEventListener("input", () => { clearTimeout(asking); asking = setTimeout(suggest, 150); });
    area.addEventListener("blur", () => setTimeout(hide, 200));
    area.addEventListener("keydown", (event) => {
      if (box.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") light(chosen + (event.key === "ArrowDown" ? 1 : -1));
      else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) pick(options()[chosen].textContent);
      else if (event.key === "Escape") hide();
      else return;
      event.preventDefault();
    });
  }

  /* What one may do with a message opens in a sheet over the conversation */
  const sheet = make("dialog", "sheet");
  sheet.setAttribute("aria-label", words.more);
  document.body.append(sheet);
  list.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-acts]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "message-acts" } });
      if (!answer.ok) throw new Error(answer.status);
      sheet.innerHTML = await answer.text();
      if (window.htmx) window.htmx.process(sheet);
      sheet.showModal();
    } catch { location.href = link.href; }
  });
})();
