// emulate's Slack (npm, see package.json) behind a thin shim that does for python what the emulator leaves out:
//  - slack_sdk asks some methods with a query or a GET; the emulator reads POST bodies only
//  - its command line knows no event subscriptions, so they are made here, through the plugin
//  - what it sends lacks what Slack does send (channel_type, authorizations, bot_id): added, and signed again
//  - unknown tokens are let in as an administrator; a token can be revoked here, and one can be made to expire
//  - GET /_log, POST /_fault {path, status, retry_after, error, html, drop, hang, answer, after, times}, POST /_revoke {token}, GET /_store
// run: node slack.mjs PORT SEED_JSON
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";

const modules = process.env.NODE_MODULES + "/emulate/dist/";
const plugin = fs.readdirSync(modules).find(
  (name) => name.endsWith(".js") && /^ {2}slackPlugin\b/m.test(fs.readFileSync(modules + name, "utf8")),
);
const { slackPlugin, getSlackStore } = await import(modules + plugin);
const { createEmulator } = await import(modules + "api.js");

const [, , port, seedText] = process.argv;
const seed = JSON.parse(seedText);
const base = `http://127.0.0.1:${port}`;
const faults = [];
const log = [];
const revoked = new Set();
let eventsUrl = null;
let inside;

const register = slackPlugin.register;
slackPlugin.register = (app, store, webhooks, ...rest) => {
  inside = { app, store, webhooks };
  return register.call(slackPlugin, app, store, webhooks, ...rest);
};
const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack: seed }, baseUrl: base });
inside.webhooks.register({ url: `${base}/_relay`, events: ["*"], active: true, owner: "slack" });

function completed(envelope) {
  const slack = getSlackStore(inside.store);
  const event = envelope.event ?? {};
  const bot = slack.users.all().find((user) => user.is_bot && !user.deleted);
  if (event.channel?.startsWith?.("D")) event.channel_type = "im";
  const author = slack.users.findOneBy("user_id", event.user ?? "");
  if (author?.is_bot) event.bot_id ??= "B0000000001";
  return { ...envelope, event, api_app_id: "A0COUNCIL1", authorizations: [
    { enterprise_id: null, team_id: envelope.team_id, user_id: bot?.user_id, is_bot: true, is_enterprise_install: false },
  ] };
}

async function relayed(body) {
  if (!eventsUrl) return;
  const text = JSON.stringify(completed(JSON.parse(body)));
  const time = String(Math.floor(Date.now() / 1000));
  const mac = crypto.createHmac("sha256", seed.signing_secret).update(`v0:${time}:${text}`).digest("hex");
  await fetch(eventsUrl, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json", "x-slack-request-timestamp": time, "x-slack-signature": `v0=${mac}` },
  });
}

function formOf(request, url, body, headers) {
  const type = headers["content-type"] ?? "";
  if (type.includes("multipart") || type.includes("json")) return body;
  const fields = new URLSearchParams(body.toString());
  for (const [name, value] of url.searchParams) fields.append(name, value);
  headers["content-type"] = "application/x-www-form-urlencoded";
  url.search = "";
  return Buffer.from(fields.toString());
}

const own = {
  "/_relay": (body) => relayed(body).then(() => ({ ok: true })),
  "/_events_url": (body) => ((eventsUrl = JSON.parse(body).url), { ok: true }),
  "/_fault": (body) => (faults.push(JSON.parse(body)), { ok: true }),
  "/_revoke": (body) => (revoked.add(JSON.parse(body).token), { ok: true }),
  "/_log": () => log,
  "/_store": () => {
    const slack = getSlackStore(inside.store);
    return Object.fromEntries(
      ["messages", "ephemeralMessages", "users", "channels", "views", "files", "tokens"].map((name) => [name, slack[name].all()]),
    );
  },
};

http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk)).on("end", async () => {
    const url = new URL(request.url, base);
    const say = (plain, status = 200, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(plain));
    };
    let body = Buffer.concat(chunks);
    let method = request.method;
    if (own[url.pathname]) return say(await own[url.pathname](body));
    const headers = { ...request.headers };
    for (const name of ["content-length", "connection", "transfer-encoding"]) delete headers[name];
    if (url.pathname.startsWith("/api/")) {
      body = formOf(request, url, body, headers);
      method = "POST";
      log.push({ path: url.pathname, body: body.toString().slice(0, 200000) });
    }
    const fault = faults.find((one) => one.path === url.pathname && one.times > 0);
    if (fault?.after > 0) fault.after--;
    else if (fault) {
      fault.times--;
      if (fault.hang) return;
      if (fault.drop) return response.destroy();
      if (fault.html) {
        response.writeHead(fault.status ?? 200, { "content-type": "text/html" });
        return response.end("<html>Slack is having a rest</html>");
      }
      const pause = fault.retry_after ? { "Retry-After": String(fault.retry_after) } : {};
      return say(fault.answer ?? { ok: false, error: fault.error ?? "ratelimited" }, fault.status ?? 200, pause);
    }
    const token = (headers.authorization ?? "").replace("Bearer ", "");
    if (revoked.has(token)) return say({ ok: false, error: "account_inactive" });
    const asked = new Request(url, { method, headers, body: ["GET", "HEAD"].includes(method) ? undefined : body });
    const answer = await inside.app.fetch(asked);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
}).listen(Number(port), "127.0.0.1", () => console.log("slack", base));

process.on("SIGTERM", () => emulator.close().then(() => process.exit(0)));
