import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HOME, type Outcome } from "./home.ts";
import { pipFault, unpack } from "./pip.ts";
import { isStamped, writeStamp } from "./stamp.ts";

/** A real server that tests run against, from Python wheels. */
export interface TestServer {
  readonly name: string;
  /** The file of this folder that pins its wheels. */
  readonly pins: string;
  /** Its record of what is installed, below `.backends`. */
  readonly stamp: string;
  /** What it leaves below `.backends`, beside its stamp. */
  readonly leaves: readonly string[];
  /** What the installed program calls itself, or `undefined` if it does not run. */
  version(): string | undefined;
  /** Makes the program of the unpacked wheels. */
  place(unpacked: string): void;
}

/** Installs a server unless it is there already. */
export function install(server: TestServer): Outcome {
  const { name, leaves } = server;
  const wanted = join(import.meta.dirname, server.pins);
  const pins = createHash("sha256").update(readFileSync(wanted)).digest("hex");
  const give = (up: string) => ({ ok: false, said: `${name} was not installed: ${up}` });

  if (isStamped(server.stamp, pins)) {
    const installed = server.version();
    if (installed !== undefined) return { ok: true, said: `Already installed: ${installed}` };
  }
  const fault = pipFault();
  if (fault !== undefined) return give(fault);
  const unpacked = join(HOME, `unpacked-${server.stamp}`);
  for (const path of [join(HOME, server.stamp), unpacked, ...leaves.map((each) => join(HOME, each))])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(join(HOME, "bin"), { recursive: true });
  if (!unpack(wanted, unpacked)) {
    return give(`pip could not install what scripts/backends/${server.pins} pins (see above). Tests then skip it.`);
  }
  server.place(unpacked);
  rmSync(unpacked, { recursive: true, force: true });
  const installed = server.version();
  if (installed === undefined) return give(`its program does not run on this machine (${process.platform}).`);
  writeStamp(server.stamp, pins);
  return { ok: true, said: `Installed: ${installed}` };
}
