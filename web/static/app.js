// Makes pages live, and keeps the last inbox for when there is no network. All works without it.

const streamed = document.querySelector("[data-stream]");
if (streamed) {
  const source = new EventSource(streamed.dataset.stream);
  source.addEventListener("mailbox", () => window.htmx.trigger(document.body, "mailbox"));
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

const offline = document.getElementById("offline");
const tell = () => { offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js");
