import { isSecretError, SecretError } from "@vaultlink/core/provider";
import { toFailure } from "../errors.ts";
import type { JobRunner } from "../job-runner.ts";
import { list } from "../names/list.ts";
import { versionOf } from "../names/version.ts";
import type { Job, Outcome, Reply, SignIn } from "../protocol.ts";
import type { Api } from "./api.ts";
import { openDirectory } from "./directory.ts";
import { readByNames, readPlace } from "./read.ts";

/** What befalls the whole call. */
const OF_THE_CALL: ReadonlySet<SecretError["code"]> = new Set([
  "aborted",
  "unauthenticated",
  "throttled",
  "timeout",
  "unavailable",
]);

/** Does a session's jobs at a Connect server, several at a time. */
export function createConnectRunner(api: Api, close: () => void): JobRunner {
  return {
    run: async (job, signal) => {
      try {
        return await perform(api, job, signal);
      } catch (thrown) {
        if (isSecretError(thrown)) throw thrown;
        throw new SecretError("internal", "Asking the Connect server failed in a way we do not know.");
      }
    },
    // One item a request: whatever is known by its ids is best asked for so.
    costs: { ofBatch: () => Infinity, atOnce: 8 },
    close: async () => close(),
  };
}

async function perform(api: Api, job: Exclude<Job, SignIn>, signal: AbortSignal): Promise<Reply> {
  const directory = openDirectory(api, signal);
  switch (job.type) {
    case "read": {
      const outcomes = job.wanted.map((wanted) => outcomeOf(() => readByNames(api, directory, wanted, signal)));
      return { type: "outcomes", outcomes: await Promise.all(outcomes) };
    }
    case "read-known": {
      const item = await directory.item(job.ids.vaultId, job.ids.itemId);
      return { type: "outcomes", outcomes: [{ ok: true, value: await readPlace(api, item, job.rest, signal) }] };
    }
    case "version":
      return { type: "versioned", version: await versionOf(directory, job.wanted, job.ids) };
    case "list":
      return { type: "listed", entries: await list(directory, job) };
  }
}

/** The outcome of one reference. Throws what befalls the others too. */
async function outcomeOf(attempt: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await attempt();
  } catch (thrown) {
    if (!isSecretError(thrown) || OF_THE_CALL.has(thrown.code)) throw thrown;
    return { ok: false, failure: toFailure(thrown) };
  }
}
