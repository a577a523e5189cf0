import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CacheOptions,
  type ConnectionDefinition,
  type LinkDefinition,
  type Plugin,
  type Provider,
  SecretError,
} from "@vaultlink/core";
import { defineOptions, definePlugin, defineProvider, execProvider } from "@vaultlink/core/provider";
import { manualClock, type ManualClock } from "@vaultlink/testkit";
import { AgentClient } from "../src/client/client.ts";
import type { Configuration, ConfigurationSource } from "../src/operations/configuration.ts";
import { VaultOperations } from "../src/operations/operations.ts";
import type { AgentPlace } from "../src/place.ts";
import type { AgentOptions } from "../src/server/agent.ts";
import { onTestFinished } from "vitest";
import { serve, temporaryFolder, temporaryPlace } from "./support.ts";

interface Options {
  readonly url?: string;
  readonly token?: string;
}

/** What a vault of these tests was asked, and what it answers. */
export interface Remote {
  readonly log: string[];
  readonly values: Map<string, string>;
  /** Ms that credentials live. */
  lifeMs: number | undefined;
  /** The variables its programs would see. */
  readonly seen: Array<Readonly<Record<string, string | undefined>>>;
  /** What it lists; an error is thrown after what comes before it. */
  readonly listed: Array<string | SecretError>;
  /** Settles before a login ends. */
  gate: Promise<void> | undefined;
  /** What it calls the current version of every secret. */
  version: string;
  /** Whether it answers no read, now and later. */
  isDown: boolean;
}

/** A vault that knows its secret `x` as `memory:x`, too, and wants `vlcanary-right`: from its options, from TOKEN, or from a person. */
function plugin(remote: Remote, clock: ManualClock): Plugin {
  return definePlugin<Options>({
    name: "memory",
    title: "Memory",
    options: defineOptions<Options>({
      url: { type: "string", description: "Where." },
      token: { type: "string", description: "Token.", writeOnly: true },
    }),
    parseIdentifier(identifier) {
      const path = identifier.startsWith("memory:") ? identifier.slice("memory:".length) : "";
      return path === "" ? undefined : { locator: { path, query: {} } };
    },
    create: ({ token: given }) =>
      defineProvider({
        name: "memory",
        envVariables: ["TOKEN", "MEM_*"],
        async open({ env, prompter }) {
          remote.log.push("open");
          remote.seen.push({ ...env });
          const token = given ?? env["TOKEN"] ?? (await prompter?.ask({ label: "Token", secret: true }));
          await remote.gate;
          if (!token?.startsWith("vlcanary-right")) throw new SecretError("unauthenticated", "The token is wrong.");
          return {
            identity: token === "vlcanary-right" ? "somebody" : "somebody else",
            ...(remote.lifeMs !== undefined && { expiresAt: clock.epochMs() + remote.lifeMs }),
            async read({ path }) {
              remote.log.push(`read ${path}`);
              if (remote.isDown) throw new SecretError("throttled", "Too many requests.", { retryAfterMs: Infinity });
              const value = remote.values.get(path);
              if (value === undefined) throw new SecretError("not_found", "There is no such secret.");
              return { value };
            },
            async version({ path }) {
              remote.log.push(`version ${path}`);
              if (!remote.values.has(path)) throw new SecretError("not_found", "There is no such secret.");
              return remote.version;
            },
            async *list({ prefix }) {
              remote.log.push(`list ${prefix}`);
              for (const path of remote.listed) {
                if (typeof path !== "string") throw path;
                if (path.startsWith(prefix)) yield { locator: { path, query: {} } };
              }
            },
            async close() {
              remote.log.push("close");
            },
          };
        },
      }),
  });
}

/** What stands in the one file of these tests. */
export interface FileContent {
  readonly connections?: Readonly<Record<string, Options>>;
  readonly links?: Readonly<Record<string, LinkDefinition>>;
  /** Connections whose provider is a program, with its command. */
  readonly programs?: Readonly<Record<string, readonly [string, ...string[]]>>;
  readonly cache?: CacheOptions;
  readonly auditFile?: string;
  readonly isWanted?: boolean;
  readonly notices?: readonly string[];
}

export interface VaultWorld {
  readonly place: AgentPlace;
  readonly clock: ManualClock;
  readonly remote: Remote;
  /** Writes the configuration anew. */
  readonly write: (content: FileContent) => void;
  /** A client with an environment of its own. */
  readonly client: (env?: Readonly<Record<string, string>>, reader?: string) => Promise<AgentClient>;
  /** The home directory, with the folder of a project. */
  readonly home: string;
  /** A connection of the kind that the configuration has. */
  readonly definition: (options: object) => ConnectionDefinition;
  /** How often the configuration was read. */
  readonly loads: () => number;
  readonly ended: Promise<void>;
}

const USUAL: FileContent = { connections: { mem: {} }, links: { X: "mem://x", Y: "mem://y" } };

/** An agent whose configuration is one file, over a vault in memory that holds `x` and `y`. Time passes by hand. */
export async function vaultWorld(
  content: FileContent = USUAL,
  agent: Pick<AgentOptions, "versions"> = {},
): Promise<VaultWorld> {
  const place = temporaryPlace();
  const home = temporaryFolder();
  const file = join(home, "config.json");
  let loads = 0;
  let stored: FileContent = {};
  let written = 0;
  const write = (given: FileContent): void => {
    stored = given;
    // Another size each time: two writes may fall into one tick of the file system's clock.
    writeFileSync(file, "x".repeat(++written));
  };
  write(content);
  mkdirSync(join(home, "project"));
  const clock = manualClock();
  const remote: Remote = {
    log: [],
    values: new Map([
      ["x", "vlcanary-x"],
      ["y", "vlcanary-y"],
    ]),
    lifeMs: undefined,
    seen: [],
    listed: ["x", "y"],
    gate: undefined,
    version: "1",
    isDown: false,
  };
  const definition = (options: object): ConnectionDefinition => ({
    provider: "memory",
    options: { ...options },
    load: async () => plugin(remote, clock),
  });
  const source: ConfigurationSource = {
    programVariables: ["PATH"],
    load: async () => {
      loads++;
      return configurationOf(stored, file, definition);
    },
    define: async (_connection, { options }) => definition(options),
  };
  const { ended } = await serve(place, { operations: new VaultOperations(source, clock), clock, ...agent });
  return {
    ...{ place, clock, remote, write, ended, home, definition },
    loads: () => loads,
    async client(env = {}, reader) {
      const commandPlace = { cwd: join(home, "project"), home, env: {} };
      const client = await AgentClient.open({ place, env, commandPlace, reader });
      if (client === undefined) throw new Error("No agent serves here.");
      onTestFinished(() => client.close());
      return client;
    },
  };
}

function configurationOf(
  { connections = {}, links = {}, programs = {}, cache = {}, auditFile, isWanted = true, notices = [] }: FileContent,
  file: string,
  definition: (options: object) => ConnectionDefinition,
): Configuration {
  return {
    files: [file],
    owner: file,
    connections: Object.fromEntries([
      ...Object.entries(connections).map(([name, one]) => [name, definition(one)] as const),
      ...Object.entries(programs).map(([name, command]) => [name, programDefinition(command)] as const),
    ]),
    ...{ links, isWanted, notices, cache },
    ...(auditFile !== undefined && { auditFile }),
    select: ({ names }) => (names ?? Object.keys(links)).map((name) => ({ name, required: true })),
    explain: (error) => error,
  };
}

function programDefinition(command: readonly [string, ...string[]]): ConnectionDefinition {
  const create = (): Provider => execProvider({ name: "program", envVariables: ["TOKEN"], command });
  const program = definePlugin<object>({ name: "program", title: "Program", options: defineOptions({}), create });
  return { provider: "program", options: {}, load: async () => program };
}

/** What `resolve` gave, as texts or codes. */
export async function texts(client: AgentClient, request: object, options = {}): Promise<readonly string[]> {
  const { items } = await client.ask("resolve", request, options);
  return (items as ReadonlyArray<Readonly<Record<string, unknown>>>).map(({ b64, error }) =>
    typeof b64 === "string" ? Buffer.from(b64, "base64").toString() : (error as { code: string }).code,
  );
}

/** Answers every question alike, and notes what it was asked. */
export function answering(answer: string): {
  readonly onPrompt: (prompt: object) => Promise<string>;
  readonly asked: object[];
} {
  const asked: object[] = [];
  return {
    asked,
    async onPrompt(prompt) {
      const { id: _id, prompt: _number, ...told } = prompt as Record<string, unknown>;
      asked.push(told);
      return answer;
    },
  };
}
