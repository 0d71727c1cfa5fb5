// Makes pages live, and keeps the last inbox for when there is no network. All works without it.

const streamed = document.querySelector("[data-stream]");
if (streamed) {
  const source = new EventSource(streamed.dataset.stream);
  source.addEventListener("mailbox", () => window.htmx.trigger(document.body, "mailbox"));
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// After a double press the second answer alone would be seen: that all was heard already. Without
// the network, the browser would show a page of its own in the place of what was typed.
const TWICE = 3000; // milliseconds
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  const isTwice = Date.now() - Number(form.dataset.sentAt || 0) < TWICE;
  if (isTwice || !navigator.onLine) event.preventDefault();
  else form.dataset.sentAt = Date.now();
  if (!navigator.onLine) offline.scrollIntoView();
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
