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
  /** By path: the fields, or the only value there is. */
  readonly holds: Readonly<Record<string, Readonly<Record<string, string>> | string>>;
  /** Paths that are there and may not be read. */
  readonly denies?: readonly string[];
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
    },
    denies: ["secret/team/wiki"],
  },
  aws: {
    provider: "aws",
    title: "AWS Secrets Manager",
    identity: "role shop in eu-west-1, account 000000000000",
    sessionMs: 120 * MINUTE,
    holds: {
      "prod/queue": { url: "https://queue.example.com", password: "demo-password-of-the-queue" },
      "prod/search": { key: "demo-key-for-search" },
    },
  },
  az: {
    provider: "azure",
    title: "Azure Key Vault",
    identity: "somebody@tenant.example",
    sessionMs: 60 * MINUTE,
    holds: { "storage-key": "demo-key-for-storage", "signing-key": "demo-key-for-signing" },
  },
  op: {
    provider: "1password",
    title: "1Password",
    identity: "shop@1passwordserviceaccounts.com",
    counts: true,
    holds: { "Shop/Payments/credential": "demo-key-for-payments", "Shop/Stripe/credential": "demo-key-for-stripe" },
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
  OLD_SEARCH_KEY: "aws://prod/search-old#key",
  STORAGE_KEY: "az://storage-key",
  SIGNING_KEY: "az://signing-key",
  PAYMENTS_KEY: "op://Shop/Payments/credential",
  STRIPE_KEY: "op://Shop/Stripe/credential",
  NEW_KEY: null,
};
