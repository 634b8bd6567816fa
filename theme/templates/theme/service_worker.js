// Keeps the shell, the last Home and what was read last for when there is no connection; nothing after logging out.
const shell = "shell-{{ version }}", read = "read";
const files = {{ files|safe }};
const offline = "{{ offline_url }}";
// Things to read and to do, and no desk, money, ballot or own data; a phone may be lost.
const item = /^\/(?:announcements\/\d+|groups(?:\/[^/]+(?:\/(?:chat|threads|agenda|tasks)(?:\/\d+)?)?)?|agenda|tasks(?:\/\d+)?)\/$/;
const most = 20;
// Logging in or out, and proving again who is there in a session that locked.
const door = /^\/account\/(?:log|prove|(?:2fa\/(?:webauthn\/)?)?reauthenticate)/;

addEventListener("install", (event) => {
  const anew = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(anew)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== shell && name !== read);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.startsWith("/account/")) event.waitUntil(caches.delete(read));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  // The network first: the browser's own cache is as fast, and an old shell never meets a new page.
  else if (files.includes(url.pathname)) event.respondWith(fetch(request).catch(() => caches.match(url.pathname)));
});

const isKept = (path) => path === "/" || item.test(path);

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    // After logging out, while the session is locked, and of a page in somebody else's eyes nothing stays on the device.
    const leaves = door.test(new URL(answer.url).pathname) || answer.headers.has("Not-To-Keep");
    if (leaves) await caches.delete(read);
    else if (isKept(url.pathname) && !url.search) event.waitUntil(keep(url.pathname, answer.clone()));
    return answer;
  } catch (fault) {
    const kept = isKept(url.pathname) && (await caches.match(url.pathname, { cacheName: read }));
    return kept || caches.match(offline);
  }
}

// The newest last, so that the oldest goes; what can no longer be read goes at once.
async function keep(path, answer) {
  const cache = await caches.open(read);
  await cache.delete(path);
  if (!answer.ok || answer.redirected) return;
  await cache.put(path, answer);
  const items = (await cache.keys()).filter((kept) => new URL(kept.url).pathname !== "/");
  await Promise.all(items.slice(0, -most).map((old) => cache.delete(old)));
}

addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  if (!told.title) return;
  event.waitUntil(registration.showNotification(told.title, { body: told.body, tag: told.tag, icon: told.icon, data: { path: told.path || "/" } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data.path));
});
