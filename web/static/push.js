// Lets this browser show notifications: when its reader presses the button, and never by itself.

const card = document.getElementById("push");
const WHOSE = "push-person"; // on a shared device, the browser may still tell somebody else
const LATER = "push-later";
const MONTH = 30 * 24 * 3600 * 1000; // milliseconds

function show(state) {
  for (const part of card.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  card.hidden = false;
}

async function standing() {
  if (!("serviceWorker" in navigator)) return null;
  if (!("PushManager" in window)) return navigator.standalone === false ? "install" : null;
  if (Notification.permission === "denied") return "denied";
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.getSubscription();
  return made && localStorage.getItem(WHOSE) === card.dataset.person ? "on" : "offer";
}

function tell(path, subscription) {
  const body = new URLSearchParams({ seal: card.dataset.seal, subscription: JSON.stringify(subscription) });
  return fetch(path, { method: "POST", body }).then((answer) => answer.ok);
}

async function begin() {
  if ((await Notification.requestPermission()) !== "granted") return standing();
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // of somebody else, or an older key
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: card.dataset.key });
  if (!(await tell("/push", made))) {
    await made.unsubscribe();
    return "failed";
  }
  localStorage.setItem(WHOSE, card.dataset.person);
  return "on";
}

async function end() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await pushManager.getSubscription();
  if (made && !(await tell("/push/end", made))) return "failed";
  await made?.unsubscribe();
  localStorage.removeItem(WHOSE);
  return "offer";
}

async function later() {
  localStorage.setItem(LATER, Date.now());
  card.hidden = true;
}

const MOVES = { begin, end, later };

card.addEventListener("click", async (event) => {
  const move = event.target.closest("[data-move]")?.dataset.move;
  if (!move) return;
  const state = await MOVES[move]().catch(() => "failed");
  if (state) show(state);
});

standing().then((state) => {
  const isPutOff = Date.now() - Number(localStorage.getItem(LATER)) < MONTH;
  const isWanted = "whole" in card.dataset || (["offer", "install"].includes(state) && !isPutOff);
  if (state && isWanted) show(state);
});
