import { AZURE_SEED, CANARY } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { locator } from "./support.ts";

const db = (version: number): string =>
  JSON.stringify({ username: "app", password: `${CANARY}db-password-${version}` });

/** What the seed holds in the vaults `app` and `shared`. */
export const EXISTING: Subject["existing"] = [
  { locator: locator("db"), value: db(2) },
  { locator: locator("api-key"), value: `${CANARY}api-key` },
  { locator: locator("number"), value: "5432" },
  { locator: locator("pem"), value: `-----BEGIN-----\n${CANARY}pem\n-----END-----\n` },
  { locator: locator("certificate"), value: "/wCAdmw=" },
  { locator: locator("expired"), value: `${CANARY}expired` },
  { locator: locator("future"), value: `${CANARY}future` },
];
export const PINNED: NonNullable<Subject["pinned"]> = {
  locator: locator("db", { version: "00000000000000000000000000000001" }),
  value: db(1),
};
export const BYTES: NonNullable<Subject["bytes"]> = {
  locator: locator("certificate", { encoding: "base64" }),
  value: Uint8Array.of(0xff, 0x00, 0x80, 0x76, 0x6c),
};
export const BAD_OPTIONS: NonNullable<Subject["badOptions"]> = [
  { option: "auth.method", options: { auth: { method: "guess" } } },
  { option: "cloud", options: { cloud: "moon" } },
];
const VERSION = "0123456789abcdef0123456789abcdef";
const at = (host: string, cloud?: string) => ({
  vault: host.slice(0, host.indexOf(".")),
  vaultUrl: `https://${host}`,
  ...(cloud !== undefined && { cloud }),
});
export const IDENTIFIERS: NonNullable<Subject["identifiers"]> = [
  {
    identifier: "https://my-vault.vault.azure.net/secrets/db-password",
    parsed: {
      locator: locator("my-vault.vault.azure.net/db-password"),
      where: at("my-vault.vault.azure.net"),
    },
  },
  {
    identifier: `https://my-vault.vault.azure.cn/secrets/db-password/${VERSION}`,
    parsed: {
      locator: locator("my-vault.vault.azure.cn/db-password", { version: VERSION }),
      where: at("my-vault.vault.azure.cn", "china"),
    },
  },
];
/** What the SDK reads from `process.env` by itself and that decides neither who asks nor whom. */
export const IGNORED_ENV: NonNullable<Subject["ignoredEnv"]> = Object.fromEntries(
  ["ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"].map((name) => [
    name,
    "The SDK looks for a proxy; whatever it finds, our own sockets take its place.",
  ]),
);
/** Every fake secret begins so. */
export const CANARIES: readonly string[] = [CANARY];

/** The secret of an application of the seed. */
export function secretOf(application: string): string {
  const known = AZURE_SEED.applications[application];
  if (known === undefined) throw new Error("The seed has no such application.");
  return known.secret;
}
