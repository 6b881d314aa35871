import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { ScoringService, SignalService } from "./gen/scorewright/v1/scorewright_pb.js";

// Connect reads no gRPC service config, so that what passes by itself is tried again here.
const retry = (next) => async (request) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await next(request);
    } catch (error) {
      const passes = [Code.Unavailable, Code.Canceled].includes(ConnectError.from(error).code);
      if (request.stream || request.signal.aborted || !passes || attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
};

// The server speaks gRPC and not the Connect protocol: createConnectTransport would not reach it.
const transport = createGrpcTransport({
  baseUrl: `http://${process.argv[2] ?? "127.0.0.1:50051"}`,
  defaultTimeoutMs: 5000, // without it a call waits for ever
  interceptors: [retry],
});
const scoring = createClient(ScoringService, transport);

const ratings = { budget: 5, authority: 3.5, need: 4, timeline: 2 };
const { answers } = await scoring.score({
  rulebooks: ["bant_20"],
  subject: { id: "deal-7", inputs: ratings }, // a plain object is right
  asOf: "2026-01-31",
  strict: true,
});
for (const answer of answers) {
  console.log(answer.total, answer.band.label, "from", answer.band.from);
  for (const action of answer.actions) console.log("->", action.do, `(${action.owner}, ${action.due})`);
}

// A total that is not there is undefined, and not 0.
const half = await scoring.score({ rulebooks: ["bant_20"], subject: { inputs: { budget: 5 } } });
console.log(half.answers[0].total, half.answers[0].missing.join(" "));

try {
  await scoring.score({ rulebooks: ["bant_20"], subject: { inputs: { ...ratings, budget: 6 } } });
} catch (error) {
  console.log(Code[error.code], error.rawMessage);
}

// An int64, such as a number of events, is a BigInt: 1n, which JSON.stringify refuses.
const signals = createClient(SignalService, transport);
const at = timestampFromDate(new Date("2026-01-29T16:20:00Z"));
const visit = { id: "hit-1", account: "acme", kind: "visit", at, fields: { page: "pricing" } };
const { recorded, duplicates } = await signals.recordEventBatch({ events: [visit] });
console.log(recorded, duplicates, Number(recorded));
