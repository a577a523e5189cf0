import { type Plugin, SecretError } from "@vaultlink/core";
import { defineOptions, definePlugin, defineProvider, type ListEntry, type Session } from "@vaultlink/core/provider";
import type { DemoVault } from "./vaults.ts";

/** A provider whose vault is in memory, and gone with the window. */
export function demoPlugin({ provider, title, asks, ...vault }: DemoVault): Plugin {
  return definePlugin({
    name: provider,
    title,
    options: defineOptions<object>({}),
    create: () =>
      defineProvider({
        name: provider,
        async open({ prompter, reauthenticate }) {
          // What was signed in to when the demo began asks only a person who signs in anew.
          if (asks !== undefined && reauthenticate) await prompter?.ask({ label: asks, secret: true });
          return session(vault);
        },
      }),
  });
}

function session({
  identity,
  sessionMs,
  counts,
  holds,
  denies = [],
}: Omit<DemoVault, "provider" | "title" | "asks">): Session {
  let requests = 1;
  return {
    identity,
    ...(sessionMs !== undefined && { expiresAt: Date.now() + sessionMs }),
    ...(counts && { requests: () => requests }),
    async read({ path }) {
      requests++;
      const held = Object.hasOwn(holds, path) ? holds[path] : undefined;
      if (denies.includes(path)) throw new SecretError("denied", "The vault does not let you read this secret.");
      if (held === undefined) throw new SecretError("not_found", "The vault has no such secret.");
      return { value: held, id: path, version: String(1 + (path.length % 7)) };
    },
    async *list({ prefix }) {
      requests++;
      yield* listed([...Object.keys(holds), ...denies], prefix);
    },
  };
}

/** What is directly below a prefix: documents, and each folder once. */
function listed(paths: readonly string[], prefix: string): readonly ListEntry[] {
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const folders = new Set(below.flatMap((rest) => (rest.includes("/") ? rest.slice(0, rest.indexOf("/") + 1) : [])));
  const documents = below.filter((rest) => !rest.includes("/"));
  return [
    ...[...folders].map((name) => ({ locator: { path: prefix + name, query: {} }, folder: true })),
    ...documents.map((name) => ({ locator: { path: prefix + name, query: {} } })),
  ];
}
