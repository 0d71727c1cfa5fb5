// Twilio's own calculator: a JSON list of texts on the standard input, their segments on the output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { SegmentedMessage } = createRequire(process.env.NODE_MODULES + "/")("sms-segments-calculator");
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => new SegmentedMessage(text).segmentsCount)));
