import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createVault, type Plugin, SecretError } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { definePlugin, defineOptions, defineProvider } from "@vaultlink/core/provider";
import type { ChildCommand } from "../src/commands/run/child.ts";
import type { TerminalPrompter, CliContext } from "../src/context.ts";
import { temporaryFolder } from "./temporary.ts";

/** What the vault of these tests holds, by path; a function throws what the vault refuses. */
export type Held = Readonly<Record<string, string | Uint8Array | (() => never)>>;

interface MemoryOptions {
  readonly url?: string;
  readonly auth?: { readonly method?: "token" | "role"; readonly role?: string; readonly token?: string };
}

/** A vault in memory that wants the token `vlcanary-right`: from its options, from MEMORY_TOKEN, or from a person. */
export function memoryPlugin(held: Held, log: string[] = []): Plugin {
  return definePlugin<MemoryOptions>({
    name: "memory",
    title: "Memory",
    options: defineOptions<MemoryOptions>({
      url: { type: "string", description: "Where it is.", required: true },
      auth: {
        type: "object",
        description: "Who signs in.",
        fields: {
          method: { type: "string", description: "How.", enum: ["token", "role"] },
          role: { type: "string", description: "As whom." },
          token: { type: "string", description: "Token.", writeOnly: true },
        },
      },
    }),
    create: ({ auth }) =>
      defineProvider({
        name: "memory",
        envVariables: ["MEMORY_TOKEN"],
        async open({ env, prompter }) {
          log.push("open");
          const token = auth?.token ?? env["MEMORY_TOKEN"] ?? (await prompter?.ask({ label: "Token", secret: true }));
          if (token !== "vlcanary-right") throw new SecretError("unauthenticated", "The token is wrong or missing.");
          return {
            identity: "somebody",
            async read({ path }) {
              log.push(`read ${path}`);
              const value = held[path];
              if (value === undefined) throw new SecretError("not_found", "The vault has no such secret.");
              return { value: typeof value === "function" ? value() : value };
            },
          };
        },
      }),
  });
}

export interface TestWorld extends CliContext {
  readonly notices: string[];
  readonly started: ChildCommand[];
  readonly log: string[];
  readonly userFile: string;
  readonly projectFile: string;
}

/** A world in folders of its own, with a vault in memory. */
export async function openWorld(held: Held = {}, changes: Partial<CliContext> = {}): Promise<TestWorld> {
  const home = await temporaryFolder();
  const cwd = join(home, "project");
  await mkdir(join(home, ".config", "vaultlink"), { recursive: true });
  await mkdir(cwd);
  const notices: string[] = [];
  const started: ChildCommand[] = [];
  const log: string[] = [];
  const plugin = memoryPlugin(held, log);
  return {
    ...{ home, cwd, notices, started, log, createVault },
    userFile: join(home, ".config", "vaultlink", "config.json"),
    projectFile: join(cwd, "vaultlink.json"),
    env: { MEMORY_TOKEN: "vlcanary-right" },
    platform: "linux",
    uid: process.getuid?.(),
    providers: { memory: { package: "@vaultlink/provider-memory", connection: "mem", load: async () => ({ plugin }) } },
    clock: systemClock(),
    signal: new AbortController().signal,
    interrupted: () => undefined,
    prompter: undefined,
    outputIsTerminal: false,
    errorIsTerminal: false,
    notice: (line) => void notices.push(line),
    readInput: async () => new Uint8Array(),
    async startChild(command) {
      started.push(command);
      return { code: 0 };
    },
    ...changes,
  };
}

/** A person who gives these answers, in order, and then gives up. */
export function personWho(...answers: readonly (string | boolean)[]): TerminalPrompter & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  const next = async (label: string): Promise<string | boolean> => {
    asked.push(label);
    const answer = left.shift();
    if (answer === undefined) throw new SecretError("aborted", "Cancelled; nothing was changed.");
    return answer;
  };
  return {
    asked,
    ask: async ({ label }) => String(await next(label)),
    edit: async (label) => String(await next(label)),
    confirm: async (label) => (await next(label)) === true,
    show: () => {},
    open: async () => {},
  };
}
