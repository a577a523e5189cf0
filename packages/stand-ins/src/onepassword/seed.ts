import { CANARY } from "../kit/witness.ts";

/** A field of an item. */
export interface SeedField {
  readonly label: string;
  readonly value: string;
  /** Made from the label if absent. */
  readonly id?: string;
  /** How the vendor stores it. @default "concealed" */
  readonly kind?: string;
}

/** Fields under a heading; without one they stand outside any section. */
export interface SeedSection {
  readonly id?: string;
  readonly title?: string;
  readonly fields: readonly SeedField[];
}

/** An item: `active` by default. */
export interface SeedItem {
  readonly title: string;
  readonly sections: readonly SeedSection[];
  readonly state?: ItemState;
  readonly files?: readonly SeedFile[];
}

/** Archived items are listed when asked for, and do not resolve by name. Deleted ones are gone. */
export type ItemState = "active" | "archived";

/** A file attached to an item. */
export interface SeedFile {
  readonly name: string;
  readonly content: string | readonly number[];
}

export interface SeedVault {
  readonly name: string;
  readonly items: readonly SeedItem[];
}

/** A service account: whose vaults it sees, and of which it may not read the items. */
export interface SeedAccount {
  readonly vaults: readonly string[];
  readonly sealed?: readonly string[];
}

/** Everything an account starts with. */
export interface OnePasswordSeed {
  readonly vaults: readonly SeedVault[];
  readonly accounts: Readonly<Record<string, SeedAccount>>;
}

const canary = (name: string): string => `${CANARY}${name}`;

/** An item of plain fields outside any section. */
export function plainItem(title: string, fields: Readonly<Record<string, string>>): SeedItem {
  return { title, sections: [{ fields: Object.entries(fields).map(([label, value]) => ({ label, value })) }] };
}

const many = Array.from({ length: 60 }, (_, index) => ({
  label: `field ${index}`,
  value: canary(`field-${index}`),
}));

/** `app` and `audit` see different vaults; `app` may not read the items of `Sealed`. */
export const ONEPASSWORD_SEED: OnePasswordSeed = {
  vaults: [
    {
      name: "App",
      items: [
        plainItem("db", { username: "app", password: canary("db-password") }),
        plainItem("API Key", { "Access Token": canary("api-token"), empty: "" }),
        plainItem("twice", { password: canary("twice-1") }),
        plainItem("twice", { password: canary("twice-2") }),
        plainItem("ünïcode", { password: canary("ünïcode-✓") }),
        {
          title: "sections",
          sections: [
            { fields: [{ label: "top", value: canary("top") }] },
            { id: "one", title: "First", fields: [{ label: "password", value: canary("first") }] },
            { id: "two", title: "Second", fields: [{ label: "password", value: canary("second") }] },
          ],
        },
        {
          title: "otp",
          sections: [
            {
              fields: [
                {
                  id: "TOTP_0123456789",
                  label: "one-time password",
                  value: "otpauth://totp/App:app?secret=JBSWY3DPEHPK3PXP&issuer=App",
                },
                { label: "password", value: canary("beside-otp") },
              ],
            },
          ],
        },
        {
          title: "files",
          sections: [{ fields: [{ label: "note", value: canary("note") }] }],
          files: [
            { name: "config.txt", content: canary("file") },
            { name: "key.bin", content: [255, 0, 128, ...Buffer.from(canary("bytes"))] },
          ],
        },
        { ...plainItem("archived", { password: canary("archived") }), state: "archived" },
        { title: "wide", sections: [{ fields: many }] },
        plainItem("no item matched", { "rate limit exceeded": canary("named-like-a-message") }),
        plainItem("large", { password: canary("x".repeat(1024 * 1024)) }),
      ],
    },
    {
      name: "Second",
      items: [plainItem("db", { password: canary("second-db") }), plainItem("alone", { password: canary("alone") })],
    },
    {
      name: "Many",
      items: Array.from({ length: 100 }, (_, index) =>
        plainItem(`item ${index}`, { password: canary(`item-${index}`) }),
      ),
    },
    { name: "Sealed", items: [plainItem("db", { password: canary("sealed") })] },
    { name: "Audit", items: [plainItem("report", { password: canary("report") })] },
  ],
  accounts: {
    app: { vaults: ["App", "Second", "Many", "Sealed"], sealed: ["Sealed"] },
    audit: { vaults: ["App", "Audit"] },
  },
};
