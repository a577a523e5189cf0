import type { SdkTimes } from "./onepassword-cold.ts";

/** Reads one field with the plain SDK, as a process of its own, and prints how long each part took. */
let compile = 0;
// Node's types know nothing of WebAssembly.
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };
WebAssembly.Module = class extends WebAssembly.Module {
  constructor(bytes: Uint8Array) {
    const begun = performance.now();
    super(bytes);
    compile += performance.now() - begun;
  }
};
const start = performance.now();
const { createClient } = await import("@1password/sdk");
const loaded = performance.now();
const auth = process.env["OP_SERVICE_ACCOUNT_TOKEN"] ?? "";
const client = await createClient({ auth, integrationName: "benchmark", integrationVersion: "1" });
const signedIn = performance.now();
await client.secrets.resolve("op://App/db/password");
const read = performance.now();
const times: SdkTimes = { load: loaded - start, compile, signIn: signedIn - loaded, read: read - signedIn };
console.log(JSON.stringify(times));
process.exit(0);
