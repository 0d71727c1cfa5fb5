// Asks the device for a passkey, and sends its answer as a form. Where it cannot, a code does.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

function asked(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const one of [...(options.excludeCredentials || []), ...(options.allowCredentials || [])]) one.id = bytes(one.id);
  return { publicKey: options };
}

function answered(key) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = text(key.response[part]);
  }
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {}, response });
}

async function show(form) {
  const how = form.dataset.passkey;
  const body = new URLSearchParams({ seal: form.elements.seal.value, for: how });
  const options = await fetch("/passkeys/challenge", { method: "POST", body });
  if (!options.ok) throw new Error(options.status);
  const key = await navigator.credentials[how](asked(await options.json()));
  form.elements.answer.value = answered(key);
  form.submit();
}

if (window.PublicKeyCredential && isSecureContext) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-failed]");
      failed.hidden = true;
      show(form).catch(() => { failed.hidden = false; });
    });
  }
}
