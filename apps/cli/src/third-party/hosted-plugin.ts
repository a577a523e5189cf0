import { type Env, type Plugin, SecretError } from "@vaultlink/core";
import { hostedRefusal, type LineOptions, openProgram } from "@vaultlink/core/internal";
import {
  defineProvider,
  type ParsedIdentifier,
  type Provider,
  type Suggestions,
  type Whereabouts,
} from "@vaultlink/core/provider";
import type { Checked, Description } from "./host/describe.ts";
import { askOnce, hostEnvironment } from "./host-process.ts";

type Validated = Awaited<ReturnType<Plugin["options"]["~standard"]["validate"]>>;

/** How long the process of a provider may take to end, in ms. */
const GRACE_MS = 1000;
/** Identifiers whose meaning is remembered. */
const MAX_IDENTIFIERS = 200;

/** A plugin whose code runs in processes of its own. */
export interface HostedPlugin {
  readonly plugin: Plugin;
  /** Has it parse an identifier; from then on `parseIdentifier` knows the answer. */
  readonly prepareIdentifier: (identifier: string) => Promise<void>;
}

export interface Hosting {
  readonly host: LineOptions;
  /** The caller's environment, of which the processes get what they need to run at all. */
  readonly env: Env;
  /** What configuration calls it: the plugin's own name is that of the vault, not of the package. */
  readonly label: string;
  /** Throws unless the code is what its user agreed to run. */
  readonly expectTrusted: () => Promise<void>;
}

/** The plugin that a description tells of. Each of its sessions has a process. */
export function hostedPlugin(description: Description, hosting: Hosting): HostedPlugin {
  const { host, env, label, expectTrusted } = hosting;
  const { title, schema, vendor, parses, suggests } = description;
  const known = new Map<string, ParsedIdentifier | undefined>();
  const ask = async (method: string, params: object): Promise<unknown> => {
    await expectTrusted();
    return askOnce(host, env, method, params);
  };
  const checked = new WeakMap<object, Pick<Provider, "envVariables" | "where">>();
  const validate = async (options: unknown): Promise<Validated> => {
    const answer = (await ask("plugin.check", { options })) as Checked;
    if ("issues" in answer) return answer;
    if (answer.providerName !== description.name) throw otherName(label);
    const valid = { ...(options as object) };
    checked.set(valid, {
      envVariables: answer.envVariables,
      ...(answer.tellsWhere && {
        where: async (lent) => (await ask("plugin.where", { options, env: lent.env })) as Whereabouts,
      }),
    });
    return { value: valid };
  };
  const jsonSchema = { input: () => structuredClone(schema), output: () => structuredClone(schema) };
  return {
    plugin: {
      ...{ specVersion: 1, name: label, title },
      options: { "~standard": { version: 1, vendor, validate, jsonSchema } },
      create: (options) => hostedProvider({ name: description.name, ...checked.get(options) }, options, hosting),
      ...(parses && { parseIdentifier: (identifier: string) => known.get(identifier) }),
      ...(suggests && {
        suggest: async ({ env: all, options }) => (await ask("plugin.suggest", { env: all, options })) as Suggestions,
      }),
    },
    async prepareIdentifier(identifier) {
      if (!parses || known.has(identifier)) return;
      const { parsed } = (await ask("plugin.parse_identifier", { identifier })) as { parsed?: ParsedIdentifier };
      if (known.size >= MAX_IDENTIFIERS) known.clear();
      known.set(identifier, parsed);
    },
  };
}

function hostedProvider(
  declared: Pick<Provider, "name" | "envVariables" | "where">,
  options: object,
  { host, env, expectTrusted }: Hosting,
): Provider {
  return defineProvider({
    ...declared,
    async open(context) {
      await expectTrusted();
      const { env: lent, programEnv } = context;
      const about = { options: { ...options }, env: lent, programEnv, graceMs: GRACE_MS, refusalOf: hostedRefusal };
      return openProgram({ ...host, ...about, environment: hostEnvironment(env) }, context);
    },
  });
}

const otherName = (label: string): SecretError =>
  new SecretError("invalid_config", `${label} makes a provider of another name than its plugin's.`);
