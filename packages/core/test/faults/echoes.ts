import { defineOptions } from "../../src/provider.ts";
import { parseReference } from "../../src/internal.ts";
import type { Vault } from "../../src/index.ts";
import { world } from "../fixture.ts";
import { type Row, shown } from "./row.ts";

/** What a person may paste where a name belongs. */
const PASTED = [
  ...["vlcanary", "vlcanary-secret", "vlcanary_secret", "VLCANARY_SECRET", "vlcanary secret", "vlcanary:secret"],
  ...[
    "postgres://u:vlcanary@h/db",
    "c://vlcanary%zz",
    "https://h/?vlcanary",
    "arn:vlcanary",
    "c://x?vlcanary",
    "-----BEGIN vlcanary",
  ],
];

const CALLS: Readonly<Record<string, (vault: Vault, text: string) => unknown>> = {
  get: (vault, text) => vault.get(text),
  "get with a deadline": (vault, text) => vault.get(text, { deadlineMs: 1000 }),
  getMany: async (vault, text) => {
    const [one] = await vault.getMany([text]);
    if (one?.status === "rejected") throw one.reason;
  },
  connectionOf: (vault, text) => vault.connectionOf(text),
  disconnect: (vault, text) => vault.disconnect(text),
  reauthenticate: (vault, text) => vault.reauthenticate(text),
  "reset of a connection": (vault, text) => vault.reset({ connection: text }),
  relink: (vault, text) => vault.relink(text, "c://x"),
  unlink: (vault, text) => vault.unlink(text),
  setTtl: (vault, text) => vault.setTtl(text),
};

const options = defineOptions<{ readonly address?: string }>({ address: { type: "string", description: "Where." } });

async function issues(given: unknown): Promise<string> {
  const { issues: found = [] } = await options["~standard"].validate(given);
  return found.map(({ message }) => message).join("\n");
}

const row = (what: string, act: () => Promise<string>): Row => ({
  kind: "R18",
  what,
  act: async () => /vlcanary/i.test(await act()),
  right: false,
});

export const ECHOES: readonly Row[] = [
  ...Object.entries(CALLS).flatMap(([name, call]) =>
    PASTED.map((text, index) => row(`${name} of pasted text ${index}`, () => shown(() => call(world().vault, text)))),
  ),
  ...PASTED.map((text, index) =>
    row(`links to pasted text ${index}`, async () => {
      const { vault } = world({ links: { A: text } });
      return shown(() => vault.get("A"));
    }),
  ),
  row("a connection's name", () => shown(() => world({ connections: { "vlcanary secret": {} as never } }))),
  row("a link's name", () => shown(() => world({ links: { "vlcanary://secret": "c://x" } }))),
  row("a link that is none", () => shown(() => world({ links: { "vlcanary secret": 1 as never } }))),
  row("a provider's name", () =>
    shown(() =>
      world({
        connections: { c: { provider: "vlcanary secret", options: {}, load: () => Promise.reject(new Error("x")) } },
      }).vault.get("X"),
    ),
  ),
  row("an option's name", () => issues({ vlcanary_secret: 1 })),
  row("an option's value", () => issues({ address: ["vlcanary"] })),
  row("a reference", () => shown(() => parseReference("c://a//vlcanary"))),
  row("the name of a link without reference", () => {
    const { vault } = world({ links: { "vlcanary secret": null } });
    return shown(() => vault.get("vlcanary secret"));
  }),
  row("the name of a link that exists", () => {
    const { vault } = world({ links: { "vlcanary secret": null } });
    return shown(() => vault.link("vlcanary secret", null));
  }),
  row("a package's path", () => {
    const message = "Cannot find module '/vlcanary/a.js' imported from /vlcanary/b.js";
    const error = Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND", url: "file:///vlcanary/a.js" });
    const c = { provider: "p", options: {}, load: () => Promise.reject(error) };
    return shown(() => world({ connections: { c } }).vault.get("X"));
  }),
];
