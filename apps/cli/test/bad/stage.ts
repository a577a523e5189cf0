import { mkdtemp, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, SecretError } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { cli } from "../../src/cli.ts";
import type { CliContext } from "../../src/context.ts";
import { PROVIDERS } from "../../src/providers.ts";
import type { BadInput } from "./kinds.ts";

/** What a command came to. */
export interface Came {
  readonly code: number;
  readonly stdout: string;
  /** What was said of a failure. */
  readonly complaint: string;
  readonly notices: readonly string[];
}

/** A user's folders, a vault that answers as it is told, and the command in this process. */
export interface Stage {
  perform(input: BadInput): Promise<Came>;
  close(): Promise<void>;
}

const LINKS = {
  DB: "hcv://secret/app/db#password",
  NONE: null,
  OFF: { reference: "hcv://secret/app/db#password", enabled: false },
  FENCED: { reference: "hcv://secret/app/db#password", allowedDomains: ["x.test"] },
  GONE: "nope://x",
};
const SELF = {
  data: { id: "x", entity_id: "e", ttl: 3600, display_name: "app", policies: [], renewable: false, type: "service" },
};
const MOUNT = { data: { path: "secret/", type: "kv", options: { version: "2" } } };

export async function openStage(): Promise<Stage> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "vaultlink-bad-")));
  const [cwd, own] = [join(home, "project"), join(home, ".config", "vaultlink")];
  await Promise.all([mkdir(cwd), mkdir(own, { recursive: true })]);
  let answer: BadInput["answer"];
  const server = createServer((request, response) => {
    const known = request.url?.includes("lookup-self") ? SELF : request.url?.includes("ui/mounts") ? MOUNT : undefined;
    if (known !== undefined) return response.setHeader("content-type", "application/json").end(JSON.stringify(known));
    response.statusCode = answer.status;
    if (answer.type !== "") response.setHeader("content-type", answer.type);
    return response.end(answer.body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = JSON.stringify({ version: 1, connections: { hcv: { provider: "hashicorp", address } } });
  const project = JSON.stringify({ version: 1, links: LINKS });
  return {
    async perform(input) {
      ({ answer } = input);
      await writeFile(join(own, "config.json"), input.user ?? user, { mode: 0o600 });
      await writeFile(join(cwd, "vaultlink.json"), input.project ?? project);
      return command(input.argv, { home, cwd });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(home, { recursive: true });
    },
  };
}

async function command(argv: readonly string[], place: Pick<CliContext, "home" | "cwd">): Promise<Came> {
  const notices: string[] = [];
  let [stdout, complaint] = ["", ""];
  const context: CliContext = {
    ...place,
    env: { VAULT_TOKEN: "vlcanary-token" },
    platform: "linux",
    uid: process.getuid?.(),
    providers: PROVIDERS,
    // Answers are near, and nobody has time to wait out what stays wrong.
    createVault: (options) =>
      createVault({ ...options, limits: { deadlineMs: 2_000, attemptMs: 500 }, random: () => 0 }),
    clock: systemClock(),
    signal: AbortSignal.timeout(20_000),
    interrupted: () => undefined,
    prompter: undefined,
    ...{ outputIsTerminal: false, errorIsTerminal: false },
    notice: (line) => void notices.push(line),
    readInput: async () => new TextEncoder().encode("{{vault:NONE}} vlcanary"),
    startChild: () => Promise.reject(new SecretError("internal", "Nothing is started here.")),
  };
  const streams = {
    out: async (text: string | Uint8Array) => void (stdout += Buffer.from(text).toString()),
    err: async (text: string) => void (complaint += text),
    errorIsTerminal: false,
  };
  const { code } = await cli(argv, context, streams);
  return { code, stdout, complaint, notices };
}
