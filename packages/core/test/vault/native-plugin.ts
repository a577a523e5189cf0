import { definePlugin, defineOptions, type ParsedIdentifier } from "../../src/provider.ts";
import type { Plugin } from "../../src/index.ts";
import type { ConnectionDefinition } from "../../src/types.ts";
import { Remote } from "../fixture.ts";

export interface Options {
  readonly region?: string;
  readonly token?: string;
}

/** Holds a text at `x`, and fields at `db`. */
export const remote = (): Remote => {
  const made = new Remote();
  made.holds.set("x", "vlcanary-x-1").set("db", { user: "vlcanary-user", password: "vlcanary-password" });
  return made;
};

/** A provider's package: it recognises `native:<region>:<path>`. */
export function plugin(at: Remote, over: Partial<Plugin<Options>> = {}): Plugin {
  return definePlugin<Options>({
    name: "native",
    title: "Native",
    options: defineOptions<Options>({
      region: { type: "string", description: "Where it is." },
      token: { type: "string", description: "A token.", writeOnly: true },
    }),
    create: () => at.provider,
    parseIdentifier(identifier): ParsedIdentifier | undefined {
      const [scheme, region, path, field] = identifier.split(":");
      if (scheme !== "native" || region === undefined || path === undefined) return undefined;
      return { locator: { path, query: {} }, where: { region }, ...(field !== undefined && { field }) };
    },
    ...over,
  });
}

/** A connection to it, which counts how often its package is loaded. */
export function definition(loaded: Plugin, options: Options = {}): ConnectionDefinition & { loads: number } {
  const made = {
    provider: "native",
    options: { ...options },
    loads: 0,
    load: async () => (made.loads++, loaded),
  };
  return made;
}
