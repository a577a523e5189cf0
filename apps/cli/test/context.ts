import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createVault, type Plugin, SecretError } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { definePlugin, defineOptions, defineProvider } from "@vaultlink/core/provider";
import type { ChildCommand } from "../src/child/child.ts";
import type { Choice, TerminalPrompter, CliContext } from "../src/context.ts";
import { temporaryFolder } from "./temporary.ts";

/** What the vault of these tests holds, by path; a function throws what the vault refuses. */
export type Held = Readonly<Record<string, string | Uint8Array | Readonly<Record<string, string>> | (() => never)>>;

interface MemoryOptions {
  readonly url?: string;
  readonly auth?: { readonly method?: "token" | "role"; readonly role?: string; readonly token?: string };
}

/** A vault in memory that wants the token `vlcanary-right`: from its options, from MEMORY_TOKEN, or from a person. */
export function memoryPlugin(held: Held, log: string[] = [], more: Partial<Plugin> = {}): Plugin {
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
        async open({ env, prompter, reauthenticate }) {
          log.push("open");
          const ask = (): Promise<string> | undefined => prompter?.ask({ label: "Token", secret: true });
          const found = auth?.token ?? (reauthenticate && prompter ? undefined : env["MEMORY_TOKEN"]);
          const token = found ?? (await ask());
          if (token !== "vlcanary-right") {
            throw new SecretError("unauthenticated", "The token is wrong or missing.", {
              ...(found !== undefined && found === env["MEMORY_TOKEN"] && { hint: "export MEMORY_TOKEN=…" }),
            });
          }
          return {
            identity: "somebody",
            async read({ path }) {
              log.push(`read ${path}`);
              const value = held[path];
              if (value === undefined) throw new SecretError("not_found", "The vault has no such secret.");
              return { value: typeof value === "function" ? value() : value };
            },
            async *list({ prefix }) {
              log.push(`list ${prefix}`);
              if (held["unlisted"] !== undefined) throw new SecretError("denied", "The permission to list is missing.");
              for (const path of Object.keys(held)) if (path.startsWith(prefix)) yield { locator: { path, query: {} } };
            },
          };
        },
      }),
    ...more,
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
export async function openWorld(
  held: Held = {},
  changes: Partial<CliContext> & { readonly plugin?: Partial<Plugin> } = {},
): Promise<TestWorld> {
  const home = await temporaryFolder();
  const cwd = join(home, "project");
  await mkdir(join(home, ".config", "vaultlink"), { recursive: true });
  await mkdir(cwd);
  const notices: string[] = [];
  const started: ChildCommand[] = [];
  const log: string[] = [];
  const { plugin: more, ...others } = changes;
  const plugin = memoryPlugin(held, log, more);
  return {
    ...{ home, cwd, notices, started, log, createVault },
    userFile: join(home, ".config", "vaultlink", "config.json"),
    projectFile: join(cwd, "vaultlink.json"),
    env: { MEMORY_TOKEN: "vlcanary-right" },
    platform: "linux",
    uid: process.getuid?.(),
    providers: {
      memory: {
        package: "@vaultlink/provider-memory",
        title: "Memory",
        connection: "mem",
        load: async () => ({ plugin }),
      },
    },
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
    ...others,
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
    choose: async (label, choices) => chosen(choices, String(await next(label))),
    pick: async (label, choices) => chosen(choices, String(await next(label))),
    pickSeveral: async (label, choices) => {
      const labels = String(await next(label)).split(",");
      return labels.map((one) => chosen(choices, one));
    },
    show: () => {},
    open: async () => {},
  };
}

/** The choice whose label, or hint, is given. */
function chosen<Value>(choices: readonly Choice<Value>[], text: string): Value {
  const found = choices.find(({ label, hint }) => label === text || hint === text);
  if (found === undefined) {
    throw new Error(`There is no choice ${text}: ${choices.map(({ label }) => label).join(", ")}.`);
  }
  return found.value;
}
