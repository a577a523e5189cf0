import { createClient } from "@1password/sdk";
import { createVault, isSecretError } from "@vaultlink/core";
import { onePassword } from "@vaultlink/provider-1password";
import { startOnePassword } from "@vaultlink/stand-ins";
import { report } from "./report.ts";

/** Ms that a caller gives. */
const DEADLINE_MS = 1000;
/** Ms after which the plain SDK is given up on: it waits five minutes (measured once). */
const TIMEOUT_MS = 45_000;

/** How long it takes to give up on a server that takes every request and answers none. */
export async function onePasswordHang(): Promise<void> {
  const server = await startOnePassword();
  server.fault({ on: "*", kind: "hang" });
  const token = server.tokenOf("app");
  try {
    const deadline = await timed(() => ask(token, { deadlineMs: DEADLINE_MS }));
    const usual = await timed(() => ask(token, {}));
    const sdk = await timed(() =>
      Promise.race([
        createClient({ auth: token, integrationName: "benchmark", integrationVersion: "1" }).catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS)),
      ]),
    );
    const still = sdk >= TIMEOUT_MS ? "still waiting after" : "gave up after";
    report("Giving up on a server of 1Password's that hangs", [
      { what: `vaultlink, a deadline of ${DEADLINE_MS} ms`, value: deadline, unit: "ms", goal: DEADLINE_MS + 250 },
      { what: "vaultlink, as it comes: 10 s for an answer", value: usual, unit: "ms", goal: 11_000 },
      { what: `SDK, ${still}`, value: sdk, unit: "ms" },
    ]);
  } finally {
    await server.stop();
  }
}

async function ask(token: string, options: { readonly deadlineMs?: number }): Promise<void> {
  const vault = createVault({ connections: { op: onePassword() }, env: { OP_SERVICE_ACCOUNT_TOKEN: token } });
  try {
    await vault.get("op://App/db/password", options);
    throw new Error("The server answered.");
  } catch (error) {
    if (!isSecretError(error) || error.code !== "timeout") throw error;
  } finally {
    await vault.close();
  }
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}
