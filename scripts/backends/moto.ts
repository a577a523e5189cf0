import { spawnSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interpreter } from "./pip.ts";
import { HOME } from "./home.ts";
import type { TestServer } from "./server.ts";

const program = join(HOME, "bin", "moto_server");
const packages = join(HOME, "moto");

/** moto, which speaks AWS's APIs. */
export const moto: TestServer = {
  name: "moto",
  pins: "moto.txt",
  stamp: "installed-moto.json",
  leaves: ["bin/moto_server", "moto"],
  version: () => {
    const ran = spawnSync(program, ["--help"], { encoding: "utf8", timeout: 60_000 });
    if (ran.status !== 0) return undefined;
    const script = "import moto; print('moto', moto.__version__)";
    const env = { ...process.env, PYTHONPATH: packages };
    return spawnSync(interpreter(), ["-c", script], { encoding: "utf8", timeout: 60_000, env }).stdout.trim();
  },
  place: (unpacked) => {
    renameSync(unpacked, packages);
    // pip's own start script does not know a folder of its own.
    const lines = [
      "#!/bin/sh",
      `export PYTHONPATH="$(dirname "$0")/../moto"`,
      `exec '${interpreter()}' -m moto.server "$@"`,
    ];
    writeFileSync(program, `${lines.join("\n")}\n`, { mode: 0o755 });
  },
};
