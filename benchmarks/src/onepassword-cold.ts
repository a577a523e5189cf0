import { fileURLToPath } from "node:url";
import { startServerProcess } from "./onepassword-server-process.ts";
import { report } from "./report.ts";
import { run } from "./run-process.ts";
import { inTurn, median } from "./statistics.ts";

const ROUNDS = 5;
const PROGRAM = fileURLToPath(new URL("onepassword-program.ts", import.meta.url));

/** What `onepassword-program.ts` prints: ms. */
export interface SdkTimes {
  readonly load: number;
  readonly compile: number;
  readonly signIn: number;
  readonly read: number;
}

/** Where the time of a first read from 1Password goes: in a process of its own, with the plain SDK and nothing of ours. */
export async function onePasswordCold(): Promise<void> {
  const server = await startServerProcess();
  const times: SdkTimes[] = [];
  const env = { PATH: process.env["PATH"], OP_SERVICE_ACCOUNT_TOKEN: server.token };
  const once = async (): Promise<number> => {
    const { stdout, ms } = await run([process.execPath, "--conditions=source", PROGRAM], env);
    times.push(JSON.parse(stdout) as SdkTimes);
    return ms;
  };
  try {
    const { whole } = await inTurn(ROUNDS, { whole: once });
    const part = (of: keyof SdkTimes): number => median(times.slice(1).map((one) => one[of]));
    report("A first read from 1Password with the plain SDK", [
      { what: "whole process", value: median(whole), unit: "ms" },
      { what: "loading the SDK, its WebAssembly included", value: part("load"), unit: "ms" },
      { what: "of it, making the WebAssembly module, 14 MB", value: part("compile"), unit: "ms" },
      { what: "signing in: the SDK computes keys", value: part("signIn"), unit: "ms" },
      { what: "reading one field", value: part("read"), unit: "ms" },
    ]);
  } finally {
    await server.stop();
  }
}
