import { defineOptions, definePlugin, type ParsedIdentifier } from "../../src/provider.ts";
import type { Plugin, Provider } from "../../src/index.ts";
import type { ConnectionDefinition } from "../../src/types.ts";
import { Remote, world } from "../fixture.ts";
import type { Row } from "./row.ts";

/** Reads `native:<path>`, as the plugins of vaults read ARNs. */
function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  const path = /^native:(\w+)$/.exec(identifier)?.[1];
  return path === undefined ? undefined : { locator: { path, query: {} } };
}

/** Reads `op://<path>`, which is written as a reference is. */
const recogniseOp = (identifier: string): ParsedIdentifier | undefined =>
  identifier.startsWith("op://") ? { locator: { path: identifier.slice(5), query: {} } } : undefined;

function byHand(over: Partial<Provider> = { parseIdentifier }): Provider {
  const remote = new Remote();
  remote.holds.set("x", "vlcanary-x-1");
  return { ...remote.provider, ...over };
}

function loading(over: Partial<Plugin> = { parseIdentifier }, made: Provider = byHand({})): ConnectionDefinition {
  const plugin = definePlugin<object>({
    ...{ name: "native", title: "Native", options: defineOptions<object>({}), create: () => made },
    ...over,
  });
  return { provider: "native", options: {}, load: async () => plugin };
}

const here = (c: Provider | ConnectionDefinition, X = "native:x"): ReturnType<typeof world>["vault"] =>
  world({ connections: { c, other: byHand({}) }, links: { X, Y: "other://x" } }).vault;

const reads = (what: string, c: Provider | ConnectionDefinition, name = "X", X?: string): Row => ({
  kind: "C7",
  what: `a native identifier read by ${what}`,
  act: async () => (await here(c, X).get(name)).reveal(),
  right: "vlcanary-x-1",
});

const throwing = (): never => {
  throw new Error("vlcanary-in-a-message");
};

export const NAMES: readonly Row[] = [
  reads("a provider passed by hand", byHand(), "native:x"),
  reads("a provider passed by hand, through a link", byHand()),
  reads("a plugin", loading()),
  reads("the provider that a plugin makes", loading({}, byHand())),
  reads("one, while another throws", byHand(), "X", "native:x"),
  reads(
    "one of another name, through a link that looks like a reference",
    byHand({ parseIdentifier: recogniseOp }),
    "X",
    "op://x",
  ),
  {
    kind: "C7",
    what: "a provider whose recognise throws hides no other",
    act: async () => {
      const connections = { bad: byHand({ parseIdentifier: throwing }), c: byHand() };
      return (await world({ connections, links: { X: "native:x" } }).vault.get("X")).reveal();
    },
    right: "vlcanary-x-1",
  },
  {
    kind: "C7",
    what: "a link to op:// can be made once its provider is there",
    act: () => {
      const vault = here(byHand({ parseIdentifier: recogniseOp }));
      vault.link("Z", "op://x");
      return vault.connectionOf("Z");
    },
    right: "c",
  },
  {
    kind: "C7",
    what: "a reset by a native identifier",
    act: async () => {
      const vault = here(loading());
      await vault.get("native:x");
      return vault.reset({ name: "native:x" });
    },
    right: 1,
  },
  ...[byHand(), loading()].map((c): Row => ({
    kind: "C8",
    what: `a link by native identifier is affected by a disconnect before anything was ${"load" in c ? "loaded" : "read"}`,
    act: async () => {
      const vault = here(c);
      const { names } = await vault.disconnect("c");
      const [link] = vault.status().links;
      return [names, link?.state, link?.reason];
    },
    right: [["X"], "unresolved", "disconnected"],
  })),
  {
    kind: "C8",
    what: "the status of a link by native identifier, disconnected by configuration",
    act: async () => {
      const vault = here({ ...loading(), disconnected: true });
      const before = vault.status().links[0]?.state;
      const connection = await vault.connectionOf("X");
      return [before, connection, vault.status().links[0]?.reason];
    },
    right: ["unknown", "c", "disconnected"],
  },
  {
    kind: "C8",
    what: "a disconnect is not held up by a package that can't be loaded",
    act: async () => {
      const gone = { provider: "gone", options: {}, load: () => Promise.reject(new Error("vlcanary")) };
      const { vault } = world({ connections: { gone, c: loading() }, links: { X: "native:x", Z: "other:z" } });
      return (await vault.disconnect("c")).names;
    },
    right: ["X"],
  },
  {
    kind: "C8",
    what: "a disconnect is not held up by a package that never loads",
    act: async () => {
      const hung = { provider: "hung", options: {}, load: () => new Promise<never>(() => undefined) };
      const { vault, clock } = world({ connections: { hung, c: byHand() }, links: { X: "native:x", Y: "c://x" } });
      const said = vault.disconnect("c");
      await clock.pass(2000);
      return (await said).names;
    },
    right: ["Y"],
  },
  {
    kind: "C8",
    what: "connectionOf a link by reference, disabled",
    act: () => world({ links: { X: { reference: "c://x", enabled: false } } }).vault.connectionOf("X"),
    right: "c",
  },
  {
    kind: "C8",
    what: "connectionOf a name that is not there",
    act: () => world().vault.connectionOf("XX"),
    right: "unresolved: No link has this name; did you mean X?",
  },
  {
    kind: "C8",
    what: "connectionOf a reference to a connection that is not there",
    act: () => world().vault.connectionOf("cc://x"),
    right: "unresolved: No connection is named cc; did you mean c?",
  },
  {
    kind: "C7",
    what: "the status beside a provider whose recognise gives something else",
    act: () => here(byHand({ parseIdentifier: () => ({}) as ParsedIdentifier })).status().links[0]?.state,
    right: "unknown",
  },
];
