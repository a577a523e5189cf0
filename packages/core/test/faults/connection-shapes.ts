import { createVault, type Plugin, type Vault, type VaultOptions } from "../../src/index.ts";
import { defineOptions, definePlugin } from "../../src/provider.ts";
import { Remote, world } from "../fixture.ts";
import type { Row } from "./row.ts";

type Connections = VaultOptions["connections"];

const load = async (): Promise<Plugin> => aws();
const aws = (): Plugin =>
  definePlugin<object>({
    name: "aws",
    title: "AWS",
    options: defineOptions<object>({}),
    create: () => new Remote().provider,
  });

/** What `createVault` says to one connection, `a`. */
const connection = (what: string, given: unknown, right: string): Row => ({
  kind: "C12",
  what: `createVault with a connection that is ${what}`,
  act: () => void createVault({ connections: { a: given } as Connections, env: {} }),
  right: `invalid_config: Connection a ${right}`,
});

/** What `createVault` says to other options. */
const option = (what: string, given: object | undefined, right: string): Row => ({
  kind: "C12",
  what: `createVault with ${what}`,
  act: () => void createVault((given && { connections: {}, env: {}, ...given }) as VaultOptions),
  right: `invalid_config: ${right}`,
});

const NEITHER = "is neither a provider nor { provider, load, options }.";

export const CONNECTION_SHAPES: readonly Row[] = [
  connection("nothing", undefined, NEITHER),
  connection("null", null, NEITHER),
  connection("a text", "vlcanary-text", NEITHER),
  connection("a list", [], NEITHER),
  connection("empty", {}, NEITHER),
  connection("a function", () => undefined, "is a function; call it with the options, so that it makes a provider."),
  connection("a promise", Promise.resolve({}), "is a promise; await it first."),
  connection("a plugin", aws(), "is a plugin; pass what its create makes."),
  connection("an unnamed provider", { open() {} }, 'is a provider without "name".'),
  connection(
    "without its load",
    { provider: "x" },
    'lacks "load", a function that imports the plugin of its provider.',
  ),
  connection("without its provider", { load, options: {} }, 'lacks "provider", the name of its provider.'),
  connection("without its options", { provider: "aws", load }, 'lacks "options", an object.'),
  connection("with listed options", { provider: "aws", load, options: [] }, 'lacks "options", an object.'),
  ...[0, -1, Number.NaN, "60"].map((maxSession) =>
    connection(
      `limited to ${JSON.stringify(maxSession)} minutes`,
      { provider: "aws", load, options: {}, maxSession },
      'has a "maxSession" that is not a number of minutes above 0.',
    ),
  ),
  connection(
    "disconnected, says a text",
    { provider: "aws", load, options: {}, disconnected: "no" },
    'has a "disconnected" that is neither true nor false.',
  ),
  ...[{ specVersion: 2 }, {}].map((version): Row => ({
    kind: "C12",
    what: `createVault with a provider of contract ${JSON.stringify(version)}`,
    act: () => void createVault({ connections: { a: { name: "p", open() {}, ...version } as never }, env: {} }),
    right: `invalid_config: Provider p was written for ${"specVersion" in version ? "version 2" : "an unknown version"} of the contract; this core speaks version 1.`,
  })),
  option("nothing", undefined, "createVault takes an object of options."),
  option(
    "listed connections",
    { connections: [] },
    "Pass connections: an object with a provider for each name, or {}.",
  ),
  option("no environment", { env: undefined }, "Pass env: process.env, or {} to let providers see no variables."),
  option("listed links", { links: [] }, "links must be an object with a reference for each name."),
  option("a null cache", { cache: null }, "cache must be an object of settings."),
  option("a mistyped setting", { cache: { tll: 5 } }, "cache has an unknown setting; did you mean ttl?"),
  option(
    "a strange setting",
    { limits: { vlcanary: 5 } },
    "limits has an unknown setting; it has deadlineMs, attemptMs, openMs, interactiveOpenMs, concurrency.",
  ),
  option("a strange choice", { cache: { onExpired: "vlcanary" } }, 'cache.onExpired is "withhold" or "serve".'),
  option(
    "a TTL that is none",
    { cache: { ttl: true } },
    'cache.ttl is whole minutes, such as 45, "90m" or "2h", or 0 for off.',
  ),
  option(
    "half a clock",
    { clock: { monotonicMs: () => 0 } },
    "clock must have the functions monotonicMs, uptimeMs, epochMs, after, setImmediate.",
  ),
  option("a number for random", { random: 0.5 }, "random must be a function."),
  option("a link that is a number", { links: { A: 1 } }, "Link A must be a reference, null, or { reference, … }."),
  option("a link to nothing", { links: { A: {} } }, "Link A must be a reference, null, or { reference, … }."),
  option(
    "a link that is required, says a text",
    { links: { A: { reference: null, required: "no" } } },
    "Link A: required must be true or false.",
  ),
  option(
    "a link for one host",
    { links: { A: { reference: null, allowedDomains: "a.test" } } },
    "Link A: allowedDomains must be a list of hosts.",
  ),
  option(
    "a link whose setting is misspelt",
    { links: { A: { reference: null, enabeld: false } } },
    "Link A has an unknown setting; did you mean enabled?",
  ),
  option(
    "a link for hosts under another name",
    { links: { A: { reference: null, allowedDomain: ["a.test"] } } },
    "Link A has an unknown setting; did you mean allowedDomains?",
  ),
  ...[Number.NaN, -1, 0, "5"].map((deadlineMs): Row => ({
    kind: "C12",
    what: `get with a deadline of ${JSON.stringify(deadlineMs)} ms`,
    act: () => world().vault.get("X", { deadlineMs: deadlineMs as number }),
    right: "invalid_config: X: deadlineMs is a number of milliseconds above 0.",
  })),
  {
    kind: "C12",
    what: "get of a number",
    act: () => world().vault.get(42 as unknown as string),
    right: "invalid_reference: A name or a reference is a string.",
  },
  ...Object.entries({
    "link of a number": [
      (vault) => vault.link("A", 1 as never),
      "Link A must be a reference, null, or { reference, … }.",
    ],
    "link of no reference": [
      (vault) => vault.link("A", {} as never),
      "Link A must be a reference, null, or { reference, … }.",
    ],
    "link by a number": [
      (vault) => vault.link(1 as never, "c://x"),
      "A link's name is a short text without control characters, not a reference.",
    ],
    "relink to a number": [
      (vault) => vault.relink("X", 1 as never),
      "Link X must be a reference, null, or { reference, … }.",
    ],
    "getMany of a text": [(vault) => vault.getMany("X" as never), "getMany takes a list of names."],
    "reset of a text": [
      (vault) => vault.reset("X" as never),
      "reset takes { name }, { connection }, or nothing for all.",
    ],
    "reset of nothing": [
      (vault) => vault.reset({} as never),
      "reset takes { name }, { connection }, or nothing for all.",
    ],
    "get with an environment that is a text": [
      (vault) => vault.get("X", { env: "PATH" as never }),
      "X: env is an object of variables, such as process.env.",
    ],
  } satisfies Record<string, [(vault: Vault) => unknown, string]>).map(([what, [act, right]]): Row => ({
    kind: "C12",
    what,
    act: () => act(world().vault),
    right: `invalid_config: ${right}`,
  })),
  ...Object.entries({
    "disconnect of nothing": [(vault) => vault.disconnect(undefined as never), "No connection has this name."],
    "unlink of nothing": [(vault) => vault.unlink(undefined as never), "No link has this name."],
  } satisfies Record<string, [(vault: Vault) => unknown, string]>).map(([what, [act, right]]): Row => ({
    kind: "C12",
    what,
    act: () => act(world().vault),
    right: `unresolved: ${right}`,
  })),
];
