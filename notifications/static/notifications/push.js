// Push on this device: asks the browser only after a tap, and tells the server which address to push to.
(() => {
  "use strict";
  const box = document.querySelector("[data-push]");
  if (!box) return;
  const form = box.querySelector("[data-push-form]"), error = box.querySelector("[data-push-error]");
  const on = box.querySelector("[data-push-on]"), off = box.querySelector("[data-push-off]");

  function show(state) {
    for (const text of box.querySelectorAll("[data-push-text]")) text.hidden = text.dataset.pushText !== state;
    form.hidden = state === "none" || state === "denied";
    on.hidden = state === "on";
    off.hidden = state !== "on";
  }
  function key() {
    const text = box.dataset.pushKey.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }
  function send(url, values) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    return fetch(url, { method: "POST", body });
  }
  // Whether the list of the server knows this browser; another device, or another member here, may have taken it off.
  function mark(made) {
    let isListed = false;
    for (const row of box.querySelectorAll("[data-endpoint]")) {
      const isHere = Boolean(made) && row.dataset.endpoint === made.endpoint;
      row.querySelector("[data-push-here]").hidden = !isHere;
      isListed ||= isHere;
    }
    return isListed;
  }
  async function renew(made) {
    await window.htmx.ajax("GET", location.pathname, { target: "#devices", swap: "outerHTML" });
    mark(made);
  }
  async function ask(manager) {
    const wanted = { userVisibleOnly: true, applicationServerKey: key() };
    try {
      return await manager.subscribe(wanted);
    } catch (fault) {
      const old = fault.name === "InvalidStateError" && await manager.getSubscription(); // made with a key of before
      if (!old) throw fault;
      await old.unsubscribe();
      return manager.subscribe(wanted);
    }
  }
  async function subscribe() {
    error.hidden = true;
    const answer = await Notification.requestPermission();
    if (answer !== "granted") return show(answer === "denied" ? "denied" : "asked");
    const made = await ask((await navigator.serviceWorker.ready).pushManager);
    const { endpoint, keys } = made.toJSON();
    const told = await send(box.dataset.pushUrl, { endpoint, public_key: keys.p256dh, secret: keys.auth });
    if (told.ok) {
      show("on");
      return renew(made);
    }
    await made.unsubscribe();
    return fail((await told.json().catch(() => ({}))).message);
  }
  async function unsubscribe() {
    const made = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
    if (made) {
      await send(box.dataset.pushForget, { endpoint: made.endpoint });
      await made.unsubscribe();
    }
    show("off");
    return renew(null);
  }
  function fail(message) {
    error.textContent = message || error.dataset.pushError;
    error.hidden = false;
    show("off");
  }
  async function start() {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return show("none");
    if (Notification.permission === "denied") return show("denied");
    const registration = await navigator.serviceWorker.getRegistration();
    const made = registration && await registration.pushManager.getSubscription();
    return show(mark(made) ? "on" : "off");
  }
  on.addEventListener("click", () => subscribe().catch(() => fail("")));
  off.addEventListener("click", () => unsubscribe().catch(() => fail("")));
  start();
})();
