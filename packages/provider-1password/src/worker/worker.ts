import { parentPort } from "node:worker_threads";
import { isSecretError } from "@vaultlink/core/provider";
import { explain, toFailure } from "../errors.ts";
import { list } from "../names/list.ts";
import { versionOf } from "../names/version.ts";
import type { Job, Reply } from "../protocol.ts";
import { readSdkError } from "../sdk-error.ts";
import { type Call, directoryOf, signIn } from "./account.ts";
import { read, readKnown } from "./read.ts";

/*
 * The thread that holds 1Password's SDK. The SDK blocks its thread for half a second at a login and for some time at
 * every lookup, has no deadline and cannot be cancelled; a thread can be ended. One job comes at a time, each is
 * answered, and nothing of the SDK's leaves.
 */
let call: Call | undefined;

parentPort?.on("message", (job: Job) => {
  void perform(job).then((reply) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    parentPort?.postMessage(reply);
  });
});

async function perform(job: Job): Promise<Reply> {
  try {
    return await answer(job);
  } catch (thrown) {
    const error = isSecretError(thrown) ? thrown : explain([], readSdkError(thrown, {}));
    return { type: "failed", failure: toFailure(error) };
  }
}

async function answer(job: Job): Promise<Reply> {
  if (job.type === "sign-in") {
    call = await signIn(job);
    return { type: "signed-in" };
  }
  if (call === undefined) throw new TypeError("Not signed in.");
  switch (job.type) {
    case "read":
      return { type: "outcomes", outcomes: await read(call, job.wanted) };
    case "read-known":
      return { type: "outcomes", outcomes: [await readKnown(call, job.ids, job.rest)] };
    case "version":
      return { type: "versioned", version: await versionOf(directoryOf(call), job.wanted, job.ids) };
    case "list":
      return { type: "listed", entries: await list(directoryOf(call), job) };
  }
}
