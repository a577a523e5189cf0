import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import type { Fresh } from "../subject.ts";

/** What a process of its own reports. */
export interface FreshReport {
  /** Those of the SDK's packages that were loaded. */
  readonly loaded: readonly string[];
  /** What it printed, to stdout and stderr. */
  readonly printed: string;
  /** Why the module could not be used, as a fixed sentence. */
  readonly error?: string;
}

/*
 * The child. The inspector lists every script that V8 has parsed, ES modules and CommonJS alike, in every version of
 * Node that runs this; a module hook would miss what is already loaded. The report leaves on a pipe of its own.
 */
const SCRIPT = `
import { Session } from "node:inspector";
import { writeSync } from "node:fs";
const [href, what, ...packages] = process.argv.slice(1);
const report = { loaded: [] };
try {
  const { subject: exported } = await import(href);
  const subject = typeof exported === "function" ? await exported() : exported;
  const provider = subject.provider();
  const inspector = new Session();
  inspector.connect();
  const urls = [];
  inspector.on("Debugger.scriptParsed", ({ params }) => urls.push(params.url));
  inspector.post("Debugger.enable");
  inspector.disconnect();
  const inside = (name) => urls.some((url) => url.replaceAll("\\\\", "/").includes("/node_modules/" + name + "/"));
  report.loaded = packages.filter(inside);
  if (what === "call") {
    const declared = (name) => (provider.envVariables ?? []).some((shown) =>
      shown.endsWith("*") ? name.startsWith(shown.slice(0, -1)) : shown === name);
    const env = Object.fromEntries(Object.entries(subject.env ?? {}).filter(([name]) => declared(name)));
    const context = { signal: new AbortController().signal, env };
    const session = await provider.open(context);
    for (const { locator } of subject.existing) await session.read(locator, context);
    await session.read(subject.missing, context).catch(() => {});
    await session.close?.();
    await subject.broken("bad-credentials").open(context).then((open) => open.close?.()).catch(() => {});
  }
} catch {
  report.error = "importing it, taking its subject, or opening and reading what exists failed.";
}
writeSync(3, JSON.stringify(report));
process.exit(0);
`;

/** Imports the module in a new process and creates a provider there; with `"call"`, opens it and reads as well, `DEBUG=*`. */
export async function runFresh(
  { module, sdk, nodeOptions = [] }: Fresh,
  what: "create" | "call",
): Promise<FreshReport> {
  const own = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", SCRIPT];
  const child = spawn(process.execPath, [...nodeOptions, ...own, "--", module.href, what, ...sdk], {
    env: { DEBUG: "*", ...(process.platform === "win32" && { SystemRoot: process.env["SystemRoot"] }) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const pipes = child.stdio.slice(1) as [Readable, Readable, Readable];
  const [out, err, said] = await Promise.all(pipes.map((pipe) => text(pipe)));
  if (!said) return { loaded: [], printed: "", error: "it ended without a report." };
  return { ...(JSON.parse(said) as { loaded: string[]; error?: string }), printed: `${out ?? ""}${err ?? ""}` };
}
