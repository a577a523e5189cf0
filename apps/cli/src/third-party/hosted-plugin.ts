import { type Plugin, SecretError } from "@vaultlink/core";
import { hostedRefusal, openProgram } from "@vaultlink/core/internal";
import {
  definePlugin,
  defineProvider,
  type ParsedIdentifier,
  type Provider,
  type Suggestions,
  type VaultLocation,
} from "@vaultlink/core/provider";
import type { Checked, Description } from "./host/describe.ts";
import type { ProviderProcess } from "./provider-process.ts";

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
  readonly code: ProviderProcess;
  /** What configuration calls it: the plugin's own name is that of the vault, not of the package. */
  readonly label: string;
  /** The most bytes of one message. */
  readonly maxBytes?: number | undefined;
}

/** The plugin that a description tells of. Each of its sessions has a process. */
export function hostedPlugin(description: Description, hosting: Hosting): HostedPlugin {
  const { code, label } = hosting;
  const { title, schema, vendor, parses, suggests } = description;
  const known = new Map<string, ParsedIdentifier | undefined>();
  const checked = new WeakMap<object, Pick<Provider, "envVariables" | "where">>();
  const validate = async (options: unknown): Promise<Validated> => {
    const answer = (await code.ask("plugin.check", { options })) as Checked;
    if ("issues" in answer) return answer;
    if (answer.providerName !== description.name) throw otherName(label);
    const valid = { ...(options as object) };
    checked.set(valid, {
      envVariables: answer.envVariables,
      ...(answer.tellsWhere && {
        where: async (lent) => (await code.ask("plugin.where", { options, env: lent.env })) as VaultLocation,
      }),
    });
    return { value: valid };
  };
  const jsonSchema = { input: () => structuredClone(schema), output: () => structuredClone(schema) };
  return {
    plugin: definePlugin({
      ...{ name: label, title },
      options: { "~standard": { version: 1, vendor, validate, jsonSchema } },
      create: (options) => hostedProvider({ name: description.name, ...checked.get(options) }, options, hosting),
      ...(parses && { parseIdentifier: (identifier: string) => known.get(identifier) }),
      ...(suggests && {
        suggest: async ({ env: all, options }) =>
          (await code.ask("plugin.suggest", { env: all, options })) as Suggestions,
      }),
    }),
    async prepareIdentifier(identifier) {
      if (!parses || known.has(identifier)) return;
      const { parsed } = (await code.ask("plugin.parse_identifier", { identifier })) as { parsed?: ParsedIdentifier };
      if (known.size >= MAX_IDENTIFIERS) known.clear();
      known.set(identifier, parsed);
    },
  };
}

function hostedProvider(
  declared: Pick<Provider, "name" | "envVariables" | "where">,
  options: object,
  { code, maxBytes }: Hosting,
): Provider {
  return defineProvider({
    ...declared,
    async open(context) {
      const { env, programEnv } = context;
      const about = { options: { ...options }, env, programEnv, graceMs: GRACE_MS, refusalOf: hostedRefusal };
      return openProgram(await code.take(), { ...about, maxBytes }, context);
    },
  });
}

const otherName = (label: string): SecretError =>
  new SecretError("invalid_config", `${label} makes a provider of another name than its plugin's.`);
