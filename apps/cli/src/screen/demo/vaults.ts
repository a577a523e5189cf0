/** What a vault of the demo holds. Nothing of it is a secret of anybody. */
export interface DemoVault {
  /** What configuration calls its provider. */
  readonly provider: string;
  readonly title: string;
  /** Who is signed in there. */
  readonly identity: string;
  /** For how long, in ms. */
  readonly sessionMs?: number;
  /** Asks for a credential; any will do. */
  readonly asks?: string;
  /** Whether it counts requests against a quota. */
  readonly counts?: boolean;
  /** By path: the fields, or why it gives none. */
  readonly holds: Readonly<Record<string, Readonly<Record<string, string>> | "denied">>;
}

const MINUTE = 60_000;

/** The vaults of the demo, by the name of their connection. */
export const DEMO_VAULTS: Readonly<Record<string, DemoVault>> = {
  hcv: {
    provider: "hashicorp",
    title: "HashiCorp Vault",
    identity: "somebody@vault.example",
    sessionMs: 30 * MINUTE,
    asks: "Token (the demo takes any)",
    holds: {
      "secret/shop/db": { username: "shop", password: "demo-password-of-the-shop" },
      "secret/shop/mail": { key: "demo-key-for-mail" },
      "secret/team/wiki": "denied",
    },
  },
  aws: {
    provider: "aws",
    title: "AWS Secrets Manager",
    identity: "arn:aws:sts::000000000000:assumed-role/demo/somebody",
    sessionMs: 120 * MINUTE,
    holds: {
      "prod/queue": { url: "demo://queue", password: "demo-password-of-the-queue" },
      "prod/search": { key: "demo-key-for-search" },
    },
  },
  az: {
    provider: "azure",
    title: "Azure Key Vault",
    identity: "somebody@tenant.example",
    sessionMs: 60 * MINUTE,
    holds: { "storage-key": { value: "demo-key-for-storage" }, signing: { value: "demo-key-for-signing" } },
  },
  op: {
    provider: "1password",
    title: "1Password",
    identity: "demo service account",
    counts: true,
    holds: { "Shop/Payments": { key: "demo-key-for-payments" }, "Shop/Stripe": { key: "demo-key-for-stripe" } },
  },
};

/** The names of the demo's project. */
export const DEMO_LINKS: Readonly<Record<string, string | null>> = {
  DB_USER: "hcv://secret/shop/db#username",
  DB_PASSWORD: "hcv://secret/shop/db#password",
  MAIL_KEY: "hcv://secret/shop/mail#key",
  WIKI_TOKEN: "hcv://secret/team/wiki#token",
  QUEUE_PASSWORD: "aws://prod/queue#password",
  SEARCH_KEY: "aws://prod/search#key",
  OLD_SEARCH_KEY: "aws://prod/search-2019#key",
  STORAGE_KEY: "az://storage-key#value",
  SIGNING_KEY: "az://signing#value",
  PAYMENTS_KEY: "op://Shop/Payments#key",
  STRIPE_KEY: "op://Shop/Stripe#key",
  NEW_KEY: null,
};
