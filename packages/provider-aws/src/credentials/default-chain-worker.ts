import { parentPort, workerData } from "node:worker_threads";
import { fromHttp, fromInstanceMetadata } from "@aws-sdk/credential-providers";
import { isSwitchedOn } from "@vaultlink/core/provider";
import { readSdkError } from "../sdk-error.ts";
import { openTransport } from "../transport.ts";
import { plainCredentials } from "./credentials.ts";
import type { LookupReply, LookupRequest, Step } from "./default-chain.ts";
import type { Origin } from "./origin.ts";
import { lookInFiles } from "./profile.ts";
import { watchPrograms } from "./programs.ts";
import { watchRequests } from "./witness.ts";

/*
 * The thread that looks for credentials. The SDK's own search reads `process.env`, the home directory and its caches:
 * here `process.env` holds the variables of the one who asked, so that nobody gets the credentials of another. It also
 * cannot be cancelled; a thread can.
 */
const request = workerData as LookupRequest;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
const send = (reply: LookupReply): void => parentPort?.postMessage(reply);

const witness = watchRequests();
const programs = watchPrograms(request.programEnv);
const transport = openTransport(request.settings, request.clock);
try {
  send(await look(request.steps));
} finally {
  transport.close();
}

async function look(steps: readonly Step[]): Promise<LookupReply> {
  for (const step of steps) {
    const reply = await take(step, steps);
    if (reply !== undefined) return reply;
  }
  return { type: "nothing" };
}

async function take(step: Step, steps: readonly Step[]): Promise<LookupReply | undefined> {
  switch (step) {
    case "profile":
      return lookInFiles({ request, transport, programs, witness, askCode });
    case "web-identity":
      return process.env["AWS_WEB_IDENTITY_TOKEN_FILE"] ? { type: "web-identity" } : undefined;
    case "container": {
      const given =
        process.env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
      return given ? attempt({ via: "container", mfa: false }, () => fromHttp({ maxRetries: 0 })()) : undefined;
    }
    case "instance": {
      if (isSwitchedOn(process.env["AWS_EC2_METADATA_DISABLED"])) return undefined;
      const reply = await attempt({ via: "instance", mfa: false }, fromInstanceMetadata({ maxRetries: 0 }));
      // Where nobody named the machine as the source, and nothing is there to be asked, this is no machine of AWS's.
      const nobody = reply.type === "failed" && !witness.connected() && steps.length > 1;
      return nobody ? undefined : reply;
    }
  }
}

async function attempt(origin: Origin, provide: ReturnType<typeof fromHttp>): Promise<LookupReply> {
  try {
    return { type: "found", origin, credentials: plainCredentials(await inTime(provide())), clock: transport.clock };
  } catch (thrown) {
    return { type: "failed", origin, error: { ...witness.seen(), ...readSdkError(thrown), via: origin.via } };
  }
}

/** What these clients of the SDK wait for without end. */
async function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const error = Object.assign(new Error("Nobody answered."), { code: "ETIMEDOUT" });
  const timer = setTimeout(() => reject(error), request.settings.requestTimeoutMs);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Has a person asked for a code; the answer is the next message. */
function askCode(): Promise<string> {
  return new Promise((resolve) => {
    parentPort?.once("message", (code: string) => resolve(code));
    send({ type: "ask" });
  });
}
