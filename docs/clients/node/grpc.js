import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const here = (path) => new URL(path, import.meta.url).pathname;
const definition = loader.loadSync("scorewright/v1/scorewright.proto", {
  includeDirs: [here("../../../proto")],
  keepCase: true, // the names of the proto, such as `max_score`
  enums: String, // "SCORED", and not 1
  longs: String, // an int64 does not fit into a number
  defaults: true, // a list without items is [], and not undefined
  oneofs: true,
});
const { ScoringService } = grpc.loadPackageDefinition(definition).scorewright.v1;

// This library takes no plain object for `inputs`: it would send none of them, and say nothing. It also brings a
// description of Struct of its own, whose names are camelCase whatever `keepCase` says.
const value = (plain) => {
  if (plain === null) return { nullValue: "NULL_VALUE" };
  if (Array.isArray(plain)) return { listValue: { values: plain.map(value) } };
  if (typeof plain === "object") return { structValue: struct(plain) };
  return { [{ boolean: "boolValue", number: "numberValue", string: "stringValue" }[typeof plain]]: plain };
};
const struct = (plain) => ({
  fields: Object.fromEntries(Object.entries(plain).map(([name, each]) => [name, value(each)])),
});

const policy = readFileSync(here("../../../service/scorewright/client/service_config.json"), "utf8");
const address = process.argv[2] ?? "127.0.0.1:50051";
const client = new ScoringService(address, grpc.credentials.createInsecure(), { "grpc.service_config": policy });
const score = (request) =>
  new Promise((resolve, reject) => {
    const deadline = Date.now() + 5000; // without it a call waits for ever
    client.score(request, { deadline }, (error, response) => (error ? reject(error) : resolve(response)));
  });

const ratings = { budget: 5, authority: 3.5, need: 4, timeline: 2 };
const request = { rulebooks: ["bant_20"], as_of: "2026-01-31", strict: true };
const { answers } = await score({ ...request, subject: { id: "deal-7", inputs: struct(ratings) } });
for (const answer of answers) {
  console.log(answer.total, answer.band.label, "from", answer.band.from);
  for (const action of answer.actions) console.log("->", action.do, `(${action.owner}, ${action.due})`);
}

// A total that is not there is undefined, and not 0.
const half = await score({ ...request, subject: { inputs: struct({ budget: 5 }) } });
console.log(half.answers[0].total, half.answers[0].missing.join(" "));

// The trap: a plain object arrives empty. `strict` refuses it, which is why this call sets it.
await score({ ...request, subject: { inputs: ratings } }).catch((error) =>
  console.log(grpc.status[error.code], error.details),
);
client.close();
