import { defineOptions, definePlugin } from "../../src/provider.ts";
import { type Plugin, SecretError } from "../../src/index.ts";
import { failing, Remote, world } from "../fixture.ts";
import type { Row } from "./row.ts";

const aws = (over: object = {}): Plugin => ({
  ...definePlugin<object>({
    name: "aws",
    title: "AWS",
    options: defineOptions<object>({}),
    create: () => new Remote().provider,
  }),
  ...over,
});

const missing = (code: string, message: string): Error => Object.assign(new Error(message), { code });

/** What a read says once the plugin of its connection is loaded. */
const loaded = (kind: string, what: string, given: () => unknown, right: string): Row => ({
  kind,
  what: `a plugin's load that ${what}`,
  act: async () => {
    const a = { provider: "aws", options: {}, load: async () => given() as Plugin };
    const { message, code, details } = await failing(world({ connections: { a }, links: {} }).vault.get("a://x"));
    return `${code}: ${message}${details.hint === undefined ? "" : ` ${details.hint}`}`;
  },
  right: `invalid_config: ${right}`,
});

const throws = (error: unknown) => (): never => {
  throw error;
};

const valibot = {
  "~standard": {
    version: 1,
    vendor: "valibot",
    validate: () => ({
      issues: [{ message: 'received "vlcanary-t"', path: [{ key: "auth" }, "token", "vlcanary-k"] }],
    }),
    jsonSchema: { input: () => ({ properties: { auth: { properties: { token: {} } } } }), output: () => ({}) },
  },
};

export const PLUGIN_SHAPES: readonly Row[] = [
  loaded(
    "C13",
    "gives the module",
    () => ({ aws: () => undefined, plugin: aws() }),
    'Provider aws: "load" gave a module; it must give the module\'s export "plugin".',
  ),
  loaded(
    "C13",
    "gives a module of defaults",
    () => ({ default: aws() }),
    'Provider aws: "load" gave a module; it must give the module\'s export "default".',
  ),
  loaded(
    "C13",
    "gives another module",
    () => import("node:path"),
    'Provider aws: "load" gave a module without a plugin.',
  ),
  loaded("C13", "gives something else", () => ({ a: 1 }), 'Provider aws: "load" gave no plugin.'),
  loaded(
    "C13",
    "gives a provider",
    () => new Remote().provider,
    'Provider aws: "load" gave a provider; it must give the plugin that makes it.',
  ),
  loaded("C13", "gives a function", () => aws, 'Provider aws: "load" gave a function; it must give the plugin.'),

  loaded(
    "C14",
    "finds no package",
    throws(missing("ERR_MODULE_NOT_FOUND", "Cannot find package '@acme/vaults' imported from /x.js")),
    "Provider aws: the package @acme/vaults is not installed. npm install @acme/vaults",
  ),
  loaded(
    "C14",
    "finds no package, as CommonJS",
    throws(missing("MODULE_NOT_FOUND", "Cannot find module 'acme/lib/x'\nRequire stack:\n- /x.js")),
    "Provider aws: the package acme is not installed. npm install acme",
  ),
  loaded(
    "C14",
    "finds no file",
    throws(missing("ERR_MODULE_NOT_FOUND", "Cannot find module '/x/vlcanary.js' imported from /x.js")),
    "Provider aws: a file of its package is missing.",
  ),
  loaded(
    "C14",
    "throws",
    throws(new Error("vlcanary-in-a-message")),
    "Provider aws: its package failed while it was loaded.",
  ),
  loaded("C14", "throws a text", throws("vlcanary-text"), "Provider aws: its package failed while it was loaded."),
  loaded("C14", "says itself why", throws(new SecretError("invalid_config", "Not trusted.")), "Not trusted."),

  loaded("C15", "gives undefined", () => undefined, 'Provider aws: "load" gave nothing; it must give the plugin.'),
  loaded(
    "C15",
    "gives another plugin",
    () => aws({ name: "azure" }),
    'Provider aws: the plugin that "load" gave calls itself "azure".',
  ),
  loaded(
    "C15",
    "gives an unnamed plugin",
    () => aws({ name: undefined }),
    'Provider aws: the plugin that "load" gave calls itself otherwise.',
  ),
  loaded(
    "C15",
    "gives a plugin without options",
    () => aws({ options: {} }),
    'Provider aws: its plugin lacks "create", or "options" that validate.',
  ),
  loaded(
    "C15",
    "gives a plugin that cannot create",
    () => aws({ create: 1 }),
    'Provider aws: its plugin lacks "create", or "options" that validate.',
  ),
  loaded(
    "C15",
    "gives a plugin that throws",
    () => aws({ create: throws(new Error("vlcanary-in-a-message")) }),
    "Provider aws: its plugin failed while it took the options.",
  ),
  loaded(
    "C15",
    "gives a plugin that refuses",
    () => aws({ create: throws(new SecretError("invalid_config", "No address.")) }),
    "No address.",
  ),
  loaded(
    "C15",
    "gives a plugin that makes nothing",
    () => aws({ create: () => undefined }),
    "Provider aws: its plugin made something that is not a provider.",
  ),
  loaded(
    "C15",
    "gives a plugin that makes a promise",
    () => aws({ create: async () => new Remote().provider }),
    "Provider aws: its plugin made something that is not a provider.",
  ),
  loaded(
    "C15",
    "gives a plugin whose check throws",
    () => aws({ options: { "~standard": { validate: throws(new Error("vlcanary")) } } }),
    "Provider aws: its plugin failed while it checked options.",
  ),
  loaded(
    "R18",
    "gives a plugin whose check quotes",
    () => aws({ options: valibot }),
    'Connection a: option "auth.token" is not valid. vaultlink connect aws a --help',
  ),
];
