// The network first; without it, the pages as they were last shown here. And notifications.
"use strict";

const CACHE = "beffroi-VERSION";
const KEPT = ["SHELL"];
const INBOX = "/inbox";
const KEPT_PAGES = /^\/(inbox|inbox\/\d+|sessions|sessions\/\d+)?$/;
const OWN_PAGES = /^\/inbox/;
const SIGNING_IN = "/sign-in"; // shown to whoever is not signed in here, or no longer
const MOST_PAGES = 20;
const ICON = "PICTURE";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))).then(() => clients.claim()));
});

async function keep(cache, path, answer) {
  await cache.delete(path);
  await cache.put(path, answer);
  const shown = (await cache.keys()).filter((one) => KEPT_PAGES.test(new URL(one.url).pathname));
  for (const oldest of shown.slice(0, -MOST_PAGES)) await cache.delete(oldest);
}

async function forget(cache) {
  for (const one of await cache.keys()) if (OWN_PAGES.test(new URL(one.url).pathname)) await cache.delete(one);
}

async function shown(request) {
  const { pathname, search } = new URL(request.url);
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    const isKept = KEPT_PAGES.test(pathname) && !search && answer.ok && !answer.redirected;
    if (isKept) await keep(cache, pathname, answer.clone());
    if (pathname === SIGNING_IN && answer.ok) await forget(cache);
    return answer;
  } catch {
    return (await cache.match(pathname)) || (await cache.match("/offline"));
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

addEventListener("push", (event) => {
  const { title, body, language, direction, tag, url } = event.data.json();
  const how = { body, lang: language, dir: direction, tag, icon: ICON, data: url };
  event.waitUntil(registration.showNotification(title, how));
});

async function opened(url) {
  for (const page of await clients.matchAll({ type: "window" })) if (page.url === url) return page.focus();
  return clients.openWindow(url);
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(new URL(event.notification.data || INBOX, location.origin).href));
});
