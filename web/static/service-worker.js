// The network first; without it, the last inbox that was shown here, or a page that says so.
"use strict";

const CACHE = "beffroi-VERSION";
const KEPT = ["KEPT"];
const INBOX = "/inbox";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))).then(() => clients.claim()));
});

async function shown(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    const isInbox = new URL(request.url).pathname === INBOX && !new URL(request.url).search;
    if (isInbox && answer.ok && !answer.redirected) await cache.put(INBOX, answer.clone());
    return answer;
  } catch {
    return (await cache.match(INBOX)) || (await cache.match("/offline"));
  }
}

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(shown(event.request));
  else if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
