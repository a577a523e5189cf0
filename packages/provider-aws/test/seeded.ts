import { AWS_SEED, CANARY } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import type { AwsOptions } from "../src/index.ts";
import { locator } from "./support.ts";

/*
 * What the seed holds, on the stand-in and on a real server alike.
 */
const db = (version: number): string =>
  JSON.stringify({ username: "app", password: `${CANARY}db-password-${version}` });

export const EXISTING: Subject["existing"] = [
  { locator: locator("app/db"), value: db(3) },
  { locator: locator("app/api-key"), value: `${CANARY}api-key` },
  { locator: locator("app/number"), value: "5432" },
  { locator: locator("app/odd+name_=.@-x"), value: `${CANARY}odd-name` },
  { locator: locator("app/db", { stage: "AWSPREVIOUS" }), value: db(2) },
];
export const PINNED: NonNullable<Subject["pinned"]> = {
  locator: locator("app/db", { version: "00000000-0000-4000-8000-000000000001" }),
  value: db(1),
};
export const BYTES: NonNullable<Subject["bytes"]> = {
  locator: locator("app/binary"),
  value: Uint8Array.of(0xff, 0x00, 0x80, 0x76, 0x6c),
};
export const BAD_OPTIONS: NonNullable<Subject["badOptions"]> = [
  { option: "auth.method", options: { auth: { method: "guess" } } },
  { option: "role.duration", options: { role: { duration: 5 } } },
];
/** What the SDK reads from `process.env` by itself and that decides neither who asks nor whom. */
export const IGNORED_ENV: NonNullable<Subject["ignoredEnv"]> = {
  HOMEPATH: "The reader of AWS's files asks for a home even where it is given both paths.",
  HOMEDRIVE: "As HOMEPATH.",
  _X_AMZN_TRACE_ID: "On Lambda it names the request that is being served, for tracing.",
};
/** Every fake secret begins so. */
export const CANARIES: readonly string[] = [CANARY];

/** The long-lived keys of a user, as options. */
export function keysOf(user: string): AwsOptions {
  const keys = AWS_SEED.users[user]?.keys;
  if (keys === undefined) throw new Error(`The seed has no ${user}.`);
  return { auth: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey } };
}

/** A person who types the keys of `app`. */
export function typesKeys({ label }: { readonly label: string }): string {
  const { accessKeyId = "", secretAccessKey = "" } = keysOf("app").auth ?? {};
  return label === "Access key id" ? accessKeyId : secretAccessKey;
}

/** What `parseIdentifier` must make of an ARN. */
export function parsed(arn: string): NonNullable<Subject["identifiers"]>[number] {
  const [, , , region = "", account = ""] = arn.split(":");
  return { identifier: arn, parsed: { locator: { path: arn, query: {} }, where: { region, account } } };
}
