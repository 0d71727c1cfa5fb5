// Twilio as emulate has it, on a port and with numbers given by the one argument, which is JSON.
import { pathToFileURL } from "node:url";

const { createEmulator } = await import(
  pathToFileURL(`${process.env.NODE_MODULES}/emulate/dist/api.js`).href
);
const { port, numbers, account, token, url } = JSON.parse(process.argv[2]);
await createEmulator({
  service: "twilio",
  port,
  seed: {
    twilio: {
      account: { sid: account, auth_token: token, friendly_name: "Commune" },
      phone_numbers: numbers.map((number) => ({
        phone_number: number,
        friendly_name: number,
        sms_url: `${url}/webhooks/${number.startsWith("whatsapp:") ? "whatsapp" : "sms"}`,
      })),
    },
  },
});
process.stdout.write("ready\n");
