import { parseArgs } from "node:util";
import { awsProgram } from "./aws/start.ts";
import { azureProgram } from "./azure/start.ts";
import { type Program, run } from "./kit/run.ts";
import { onePasswordConnectProgram } from "./onepassword-connect/start.ts";
import { onePasswordProgram } from "./onepassword/start.ts";
import { vaultProgram } from "./vault/start.ts";

/** What can be started by name. */
const PROGRAMS: Readonly<Record<string, (port?: number) => Promise<Program>>> = {
  aws: awsProgram,
  azure: azureProgram,
  onepassword: onePasswordProgram,
  "onepassword-connect": onePasswordConnectProgram,
  vault: vaultProgram,
};

const USAGE = `usage: main.ts ${Object.keys(PROGRAMS).join("|")} [--port N] [--control-port N]\n`;
const EX_USAGE = 64;

process.exitCode = await main();

async function main(): Promise<number> {
  const input = read();
  if (!input) {
    process.stderr.write(USAGE);
    return EX_USAGE;
  }
  try {
    return await run(await input.program(input.port), input.controlPort);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "It did not start."}\n`);
    return 1;
  }
}

function read(): { program: (port?: number) => Promise<Program>; port?: number; controlPort?: number } | undefined {
  const options = { port: { type: "string" }, "control-port": { type: "string" } } as const;
  try {
    const { positionals, values } = parseArgs({ options, allowPositionals: true });
    const name = positionals.length === 1 ? (positionals[0] ?? "") : "";
    const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
    const ports = [values.port, values["control-port"]];
    if (!program || ports.some((port) => port !== undefined && !/^\d{1,5}$/.test(port))) return undefined;
    const [port, controlPort] = ports.map((text) => (text === undefined ? undefined : Number(text)));
    return { program, ...(port === undefined ? {} : { port }), ...(controlPort === undefined ? {} : { controlPort }) };
  } catch {
    return undefined;
  }
}
