import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MODULES } from "./peers.ts";
import type { OpenBao } from "@vaultlink/stand-ins/openbao";
import type { AwsStandIn } from "@vaultlink/stand-ins";

/** How many names a `run` has. */
export const NAMES = 50;

export type Variables = Readonly<Record<string, string | undefined>>;

/** A folder to run commands in, with the configuration of each tool, and the variables that they need. */
export interface Place {
  readonly folder: string;
  readonly env: Variables;
  readonly remove: () => void;
}

/** The name of a variable, and the number of its secret. */
export const NUMBERED: ReadonlyArray<readonly [name: string, index: number]> = Array.from(
  { length: NAMES },
  (_, index) => [`BENCH_${index}`, index] as const,
);

/** A folder for secrets of OpenBao: one secret a name, each with one field. */
export async function placeOfOpenBao(server: OpenBao): Promise<Place> {
  for (const [, index] of NUMBERED) {
    await server.call("POST", `secret/data/bench/${index}`, { data: { password: `vlcanary-bench-${index}` } });
  }
  const { host } = new URL(server.url);
  return makePlace({
    connections: { hcv: { provider: "hashicorp", address: server.url } },
    reference: (index) => `hcv://secret/bench/${index}#password`,
    env: { VAULT_TOKEN: server.rootToken, SECRETSPEC_PROVIDER: `openbao://${host}/secret?tls=false` },
    files: {
      "vals.yaml": NUMBERED.map(
        ([name, index]) => `${name}: ref+vault://secret/bench/${index}?address=${server.url}#/password\n`,
      ),
      "secretspec.toml": [
        '[project]\nname = "bench"\nrevision = "1.0"\n\n[profiles.default]\n',
        ...NUMBERED.map(
          ([name, index]) =>
            `${name} = { description = "bench", required = true, ref = { item = "bench/${index}", field = "password" } }\n`,
        ),
      ],
    },
  });
}

/** A folder for secrets of AWS Secrets Manager. */
export function placeOfAws({ env }: AwsStandIn): Place {
  const place = makePlace({
    connections: { aws: { provider: "aws" } },
    reference: (index) => `aws://app/bench/${index}`,
    env,
    files: {
      "fnox.toml": [
        `[providers]\naws = { type = "aws-sm", region = "${env["AWS_REGION"]}" }\n\n[secrets]\n`,
        ...NUMBERED.map(([name, index]) => `${name} = { provider = "aws", value = "app/bench/${index}" }\n`),
      ],
      "uncached/.env.schema": varlockSchema(env["AWS_REGION"], ""),
      "cached/.env.schema": varlockSchema(env["AWS_REGION"], ", cacheTtl=1h"),
      "package.json": ["{}"],
    },
  });
  // varlock looks for its plugins beside what is run.
  symlinkSync(MODULES, join(place.folder, "node_modules"));
  return place;
}

function varlockSchema(region: string | undefined, cache: string): readonly string[] {
  return [
    "# @plugin(@varlock/aws-secrets-plugin)\n",
    `# @initAws(region=${region}${cache})\n# ---\n`,
    ...NUMBERED.map(([name, index]) => `# @sensitive\n${name}=awsSecret("app/bench/${index}")\n`),
  ];
}

/** What a place holds. */
interface Content {
  /** Our connections, as the user's configuration has them. */
  readonly connections: object;
  /** Our reference to the secret of this number. */
  readonly reference: (index: number) => string;
  readonly env: Variables;
  /** Files of others, by their names. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

/** Makes a folder that only its user may enter. */
export function makePlace({ connections, reference, env, files }: Content): Place {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-bench-"));
  const settings = join(folder, "config", "vaultlink");
  const runtime = join(folder, "runtime");
  mkdirSync(settings, { recursive: true });
  mkdirSync(runtime, { mode: 0o700 });
  const links = Object.fromEntries(NUMBERED.map(([name, index]) => [name, reference(index)]));
  writeFileSync(join(folder, "vaultlink.json"), JSON.stringify({ version: 1, links }));
  writeFileSync(join(settings, "config.json"), JSON.stringify({ version: 1, connections }));
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), lines.join(""));
  }
  return {
    folder,
    env: {
      ...{ PATH: process.env["PATH"], TERM: "xterm", HOME: folder },
      ...{ XDG_CONFIG_HOME: join(folder, "config"), XDG_RUNTIME_DIR: runtime, XDG_CACHE_HOME: join(folder, "cache") },
      ...env,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
