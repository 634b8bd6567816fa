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
  async function subscribe() {
    error.hidden = true;
    if (await Notification.requestPermission() !== "granted") return show(Notification.permission === "denied" ? "denied" : "off");
    const registration = await navigator.serviceWorker.ready;
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key() });
    const { endpoint, keys } = made.toJSON();
    const answer = await send(box.dataset.pushUrl, { endpoint, public_key: keys.p256dh, secret: keys.auth });
    if (answer.ok) return show("on");
    await made.unsubscribe();
    return fail((await answer.json().catch(() => ({}))).message);
  }
  async function unsubscribe() {
    const made = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
    if (made) {
      await send(box.dataset.pushForget, { endpoint: made.endpoint });
      await made.unsubscribe();
    }
    show("off");
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
    return show(made ? "on" : "off");
  }
  on.addEventListener("click", () => subscribe().catch(() => fail("")));
  off.addEventListener("click", () => unsubscribe().catch(() => fail("")));
  start();
})();
