import type { Env } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Message } from "../protocol/frame.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { envOf } from "./request.ts";
import type { Workspace } from "./workspaces.ts";

/** The names of variables a client is asked for; a final `*` makes a prefix. */
interface Needs {
  /** By connection, what its provider declares. */
  readonly connections: Readonly<Record<string, readonly string[]>>;
  /** For programs that give credentials. */
  readonly programs: readonly string[];
}

/**
 * Does what takes the variables that a client lends. Where it was not asked for them yet and one of the connections needs
 * some, the answer is what is needed instead.
 */
export async function withEnv(
  about: {
    readonly request: Message;
    readonly connections: Iterable<string>;
    readonly workspace: Workspace;
    readonly source: ConfigurationSource;
  },
  use: (env: Env) => object | Promise<object>,
): Promise<object> {
  const env = envOf(about.request);
  const needs = env === undefined && (await needsOf(about.connections, about.workspace, about.source));
  return needs ? { needs } : use(env ?? {});
}

/** What is needed to serve some connections; `undefined` where it is nothing. */
async function needsOf(
  connections: Iterable<string>,
  { vault }: Workspace,
  { programVariables }: Pick<ConfigurationSource, "programVariables">,
): Promise<Needs | undefined> {
  const found = await Promise.all(
    [...connections].map(async (name) => {
      // One that cannot be loaded fails, with its reason, when it is read.
      const names = await vault.envVariables(name).catch(() => []);
      return [name, names] as const;
    }),
  );
  const asking = found.filter(([, names]) => names.length > 0);
  if (asking.length === 0) return undefined;
  return { connections: Object.fromEntries(asking), programs: programVariables };
}

/** The connections that may be asked for some names and references: all, where one may be a vault's own identifier. */
export function connectionsFor(names: readonly string[], { configuration }: Workspace): ReadonlySet<string> {
  const { connections, links } = configuration;
  const concerned = new Set<string>();
  for (const name of names) {
    const definition = Object.hasOwn(links, name) ? links[name] : name;
    const reference = typeof definition === "object" && definition !== null ? definition.reference : definition;
    if (typeof reference !== "string" || !reference.includes(":")) continue;
    const scheme = schemeOf(reference);
    if (scheme !== undefined && Object.hasOwn(connections, scheme)) concerned.add(scheme);
    else return new Set(Object.keys(connections));
  }
  return concerned;
}
