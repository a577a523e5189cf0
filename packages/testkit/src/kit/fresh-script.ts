/**
 * What runs in a process of its own. The inspector lists every script that V8 has parsed, ES modules and CommonJS alike,
 * in every version of Node that runs this; a module hook would miss what is already loaded. The report leaves on a pipe
 * of its own. A failure is told by its step, class and code: its text may hold a secret, but for that of an import, which
 * the parent looks through.
 */
export const FRESH_SCRIPT = `
import { Session } from "node:inspector";
import { subscribe } from "node:diagnostics_channel";
import { ChildProcess } from "node:child_process";
import { writeSync } from "node:fs";
const [href, what, ...packages] = process.argv.slice(1);
const report = { loaded: [], touched: [] };
const timers = () => process.getActiveResourcesInfo().filter((type) => type === "Timeout").length;
const turns = async () => { for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve)); };
let phase;
const note = (did) => { if (phase !== undefined) report.touched.push(phase + " " + did); };
subscribe("net.client.socket", () => note("opened a connection"));
subscribe("undici:request:create", () => note("sent an HTTP request"));
const { spawn } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function (...given) { note("started a program"); return Reflect.apply(spawn, this, given); };
const during = async (name, call) => {
  phase = name;
  const before = timers();
  const result = await call();
  await turns();
  if (timers() > before) note("left a timer behind");
  phase = undefined;
  return result;
};
let step = "importing it";
try {
  const module = await during("Importing the module", () => import(href));
  step = "taking its \`subject\`";
  const exported = module.subject;
  if (exported === undefined) throw Object.assign(new Error(), { code: "it exports no \`subject\`" });
  const subject = typeof exported === "function" ? await exported() : exported;
  step = "creating a provider";
  const provider = await during("Creating a provider", () => subject.provider());
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
    step = "\`open\`";
    const session = await provider.open(context);
    step = "\`read\` of what exists";
    for (const { locator } of subject.existing) await session.read(locator, context);
    await session.read(subject.missing, context).catch(() => {});
    step = "\`close\`";
    await session.close?.();
    await subject.broken("bad-credentials").open(context).then((open) => open.close?.()).catch(() => {});
  }
} catch (thrown) {
  const { name, code, message } = Object(thrown);
  report.error = { step, name: String(name ?? ""), code: String(code ?? ""), text: step === "importing it" ? String(message ?? "").split("\\n")[0] : "" };
}
report.touched = [...new Set(report.touched)];
writeSync(3, JSON.stringify(report));
process.exit(0);
`;
