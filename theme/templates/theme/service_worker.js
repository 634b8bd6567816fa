// Keeps the shell and the last Home for when there is no connection; never another page, and nothing after logging out.
const shell = "shell-{{ version }}", home = "home";
const files = {{ files|safe }};
const offline = "{{ offline_url }}";

addEventListener("install", (event) => {
  const anew = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(anew)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== shell && name !== home);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.startsWith("/account/")) event.waitUntil(caches.delete(home));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  // The network first: the browser's own cache is as fast, and an old shell never meets a new page.
  else if (files.includes(url.pathname)) event.respondWith(fetch(request).catch(() => caches.match(url.pathname)));
});

async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (url.pathname === "/" && answer.ok && !answer.redirected) {
      const cache = await caches.open(home);
      await cache.put("/", answer.clone());
    } else if (url.pathname.startsWith("/account/log")) {
      await caches.delete(home);
    }
    return answer;
  } catch (fault) {
    const kept = url.pathname === "/" && (await caches.match("/", { cacheName: home }));
    return kept || caches.match(offline);
  }
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
