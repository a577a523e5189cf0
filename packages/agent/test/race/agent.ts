import { READY } from "../../src/client/start.ts";
import { type AgentPlace } from "../../src/place.ts";
import { startAgent } from "../../src/server/agent.ts";

/*
 * An agent at the place given as JSON: the same process as the real one, without vaults. It answers every request with its
 * number, or, where "silent" is given too, none.
 */
const place = JSON.parse(process.argv[2] ?? "") as AgentPlace;
const agent = await startAgent({
  place,
  operations: {
    perform: async () => (process.argv[3] === "silent" ? new Promise(() => {}) : { pid: process.pid }),
    held: () => ({ entries: 0, sessionsByPerson: 0 }),
  },
  version: "0.0.0",
  onEnd: () => process.exit(0),
});
process.on("SIGTERM", () => {
  agent?.wipe();
  process.exit(0);
});
process.stdout.on("error", () => {});
process.stdout.write(READY, () => process.stdout.destroy());
