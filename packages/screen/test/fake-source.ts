import type { LinkRow, Overview, ScreenSource } from "../src/index.ts";

/** A source over nothing, whose parts a test replaces. */
export function fakeSource(parts: Partial<ScreenSource> & { readonly rows?: readonly LinkRow[] } = {}): ScreenSource {
  const { rows = ROWS, ...others } = parts;
  return {
    overview: async () => overviewOf(rows),
    follow: () => {},
    details: async (name) => [{ label: "reference", text: `hcv://${name}` }],
    value: async () => "vlcanary-value",
    entries: async () => [],
    fields: async () => [],
    verify: async () => ({ version: "7" }),
    link: async () => {},
    relink: async () => {},
    unlink: async () => {},
    reset: async () => 1,
    setTtl: async () => 45,
    signIn: async () => ({ identity: "somebody" }),
    disconnect: async () => ({ dropped: 1, remote: "our credentials were revoked" }),
    describe: (thrown) => ({ message: thrown instanceof Error ? thrown.message : "It failed." }),
    ...others,
  };
}

export const ROWS: readonly LinkRow[] = [
  {
    name: "DB",
    mood: "good",
    state: "resolved",
    connection: "hcv",
    reference: "hcv://secret/db#password",
    ageMs: 0,
    expiresInMs: 60_000,
  },
  { name: "API", mood: "idle", state: "not read", connection: "hcv", reference: "hcv://secret/api#key" },
  {
    name: "MAIL",
    mood: "bad",
    state: "expired",
    connection: "aws",
    reference: "aws://mail",
    hint: "vaultlink reauth aws",
  },
];

export const overviewOf = (links: readonly LinkRow[]): Overview => ({
  connections: [
    {
      name: "hcv",
      provider: "hashicorp",
      mood: "good",
      state: "ready",
      identity: "somebody",
      expiresAt: 1_800_000,
      calls: "3 h / 9 d",
    },
    { name: "aws", provider: "aws", mood: "bad", state: "expired", hint: "vaultlink reauth aws" },
  ],
  links,
  ttl: 60,
  place: "/project/vaultlink.json",
  notices: [],
});

/** So many links, of which some are kept. */
export const manyRows = (count: number): readonly LinkRow[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{
      name: `NAME_${at}`,
      mood: "idle",
      state: "not read",
      connection: "hcv",
      reference: `hcv://secret/app/${at}#password`,
    },
  }));
