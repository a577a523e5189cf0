import { type Clock, wallClock } from "../kit/clock.ts";
import type { Program } from "../kit/run.ts";
import { serve, type Server } from "../kit/server.ts";
import { createAuthority } from "../kit/tls/certificate.ts";
import { mergeServers } from "../kit/merge-servers.ts";
import { writeCaFile } from "./ca-file.ts";
import { azureControls, type AzureControls } from "./controls.ts";
import { entraBackend } from "./entra/backend.ts";
import { keyVaultBackend } from "./keyvault/backend.ts";
import { machineBackend } from "./machine/backend.ts";
import { AZURE_SEED, type AzureSeed } from "./seed.ts";
import { createState } from "./state.ts";
import { type AzureTools, makeTools } from "./tools.ts";

/** A stand-in for key vaults, for Entra that signs in to them, and for where machines find their tokens. */
export interface AzureStandIn extends Server, AzureControls {
  readonly seed: AzureSeed;
  /** What a user would set to reach the vault `app` as `app`. */
  readonly env: Readonly<Record<string, string>>;
  /** What `application` would set. */
  envOf(application: string): Readonly<Record<string, string>>;
  /** Where each vault is. */
  readonly vaults: Readonly<Record<string, string>>;
  /** Where Entra is: always https. */
  readonly authority: string;
  /** Where machines ask: http, as theirs is. */
  readonly machine: string;
  /** Where pipelines ask: the same, by https. */
  readonly pipeline: string;
  /** The certificate to trust, PEM, and where it lies. */
  readonly ca: string;
  readonly caFile: string;
  /** Makes a folder for `PATH` and for a platform's files; the caller removes it. */
  tools(): Promise<AzureTools>;
  /** The run-time controls by themselves. */
  readonly controls: Program["commands"];
}

export interface AzureStartOptions {
  /** Of the first vault; a free one by default. */
  readonly port?: number;
  readonly seed?: AzureSeed;
  /** The machine's by default, since the SDK compares with it. */
  readonly clock?: Clock;
  /** Whether vaults are reached by https. @default true */
  readonly tls?: boolean;
  /** Further host names to answer to, e.g. those of a sovereign cloud behind a proxy; `*.` at the beginning is any. */
  readonly hosts?: readonly string[];
}

/** Starts everything on loopback, in memory. */
export async function startAzure(options: AzureStartOptions = {}): Promise<AzureStandIn> {
  const seed = options.seed ?? AZURE_SEED;
  const clock = options.clock ?? wallClock();
  const state = createState(seed, clock);
  const hosts = options.hosts ?? [];
  const { ca, issue } = createAuthority();
  const tls = issue(["localhost", "127.0.0.1", ...hosts]);
  const { path: caFile, remove: removeCaFile } = writeCaFile(ca);
  const entra = await serve(entraBackend(state), clock, { tls, hosts });
  state.authority = entra.url;
  const machine = await serve(machineBackend(state), clock);
  const pipeline = await serve(machineBackend(state), clock, { tls });
  const vaults: [string, Server][] = [];
  for (const vault of state.vaults.values()) {
    const port = vaults.length === 0 ? options.port : undefined;
    const about = { hosts, ...(options.tls !== false && { tls }), ...(port !== undefined && { port }) };
    vaults.push([vault.name, await serve(keyVaultBackend(vault, state), clock, about)]);
  }
  const [first, ...others] = vaults.map(([, server]) => server);
  if (first === undefined) throw new Error("The seed has no vault.");
  const server = mergeServers([first, ...others, entra, machine, pipeline], clock);
  const envOf = (application: string): Readonly<Record<string, string>> => {
    const known = seed.applications[application];
    if (!known) throw new Error("There is no such application.");
    return {
      AZURE_KEYVAULT_URL: first.url,
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_TENANT_ID: seed.tenant,
      AZURE_CLIENT_ID: known.clientId,
      AZURE_CLIENT_SECRET: known.secret,
      NODE_EXTRA_CA_CERTS: caFile,
    };
  };
  const controls = azureControls(state);
  return {
    ...server,
    ...controls,
    controls: { ...controls },
    ...{
      seed,
      envOf,
      env: envOf("app"),
      authority: entra.url,
      machine: machine.url,
      pipeline: pipeline.url,
      ca,
      caFile,
      tools: makeTools,
    },
    vaults: Object.fromEntries(vaults.map(([name, { url }]) => [name, url])),
    stop: async () => {
      removeCaFile();
      await server.stop();
    },
  };
}

/** The stand-in as a program. */
export async function azureProgram(port?: number): Promise<Program> {
  const standIn = await startAzure(port === undefined ? {} : { port });
  return { server: standIn, env: standIn.env, commands: standIn.controls };
}
