// Makes pages live, and keeps the last inbox for when there is no network. All works without it.

const streamed = document.querySelector("[data-stream]");
if (streamed) {
  const source = new EventSource(streamed.dataset.stream);
  source.addEventListener("mailbox", () => window.htmx.trigger(document.body, "mailbox"));
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// After a double press the second answer alone would be seen: that all was heard already.
const TWICE = 3000; // milliseconds
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (Date.now() - Number(form.dataset.sentAt || 0) < TWICE) event.preventDefault();
  else form.dataset.sentAt = Date.now();
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sentAt;
});

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copied-from]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copiedFrom).value);
    button.nextElementSibling.hidden = false;
  });
}

const offline = document.getElementById("offline");
const tell = () => { offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js");
