import { azure as provider } from "../../src/index.ts";
import { context, locator, readOne, withSession } from "../support.ts";
import { type Case, reading, says } from "./case.ts";

const SECRETS_USER = 'az role assignment create --role "Key Vault Secrets User"';

/** What a key vault says, or what is in its place. */
export const VAULT_CASES: readonly Case[] = [
  {
    when: "it is too much",
    cause: reading({ status: 429, body: says("Throttled"), headers: { "retry-after": "7" } }),
    code: "throttled",
    message: "Key Vault asks to slow down.",
    retryAfterMs: 7000,
    native: { name: "RestError", code: "Throttled", status: 429 },
  },
  {
    when: "it is too much, says a proxy without a word",
    cause: reading({ status: 429, body: "", headers: { "retry-after": "3" } }),
    code: "throttled",
    message: "Something between here and Key Vault asks to slow down.",
    retryAfterMs: 3000,
  },
  {
    when: "there is no such secret",
    cause: (azure) => readOne({}, { env: azure.env }, "none"),
    code: "not_found",
    message: "The key vault has no such secret, or no such version of it.",
    native: { code: "SecretNotFound", status: 404 },
  },
  {
    when: "there is no such version",
    cause: (azure) =>
      withSession({}, { env: azure.env }, (session) =>
        session.read(locator("db", { version: "f".repeat(32) }), context()),
      ),
    code: "not_found",
    message: "The key vault has no such secret, or no such version of it.",
  },
  {
    when: "it was deleted and can be recovered",
    cause: (azure) => readOne({}, { env: azure.env }, "deleted"),
    code: "unusable",
    message: "The secret was deleted; it can still be recovered.",
    reason: "deleted",
    hint: "az keyvault secret recover",
  },
  {
    when: "it was deleted, to one who may not see what was deleted",
    cause: (azure) => readOne({}, { env: azure.envOf("single") }, "deleted"),
    code: "not_found",
    message: "The key vault has no such secret, or no such version of it.",
  },
  {
    when: "it is disabled",
    cause: (azure) => readOne({}, { env: azure.env }, "disabled"),
    code: "unusable",
    message: "The secret, or this version of it, is disabled.",
    reason: "disabled",
    hint: "az keyvault secret set-attributes",
    native: { code: "SecretDisabled", status: 403 },
  },
  {
    when: "it is disabled, without its reason",
    cause: reading({
      status: 403,
      body: says("Forbidden", undefined, "Operation get is not allowed on a disabled secret."),
    }),
    code: "unusable",
    message: "The key vault does not give a secret that is disabled.",
    reason: "disabled",
    hint: "az keyvault secret set-attributes",
  },
  {
    when: "it has expired, to a vault that minds",
    cause: reading({
      status: 403,
      body: says("Forbidden", undefined, "Operation get is not allowed on an expired secret."),
    }),
    code: "unusable",
    message: "The key vault does not give a secret that has expired.",
    reason: "expired",
    hint: "az keyvault secret set-attributes",
  },
  {
    when: "it is not active yet, to a vault that minds",
    cause: reading({
      status: 403,
      body: says("Forbidden", undefined, "Operation get is not allowed before the secret's nbf."),
    }),
    code: "unusable",
    message: "The key vault does not give a secret that is not active yet.",
    reason: "not-yet-active",
    hint: "az keyvault secret set-attributes",
  },
  {
    when: "the firewall keeps this network out",
    cause: (azure) => readOne({ vaultUrl: azure.vaults["walled"] ?? "" }, { env: azure.env }, "token"),
    code: "invalid_config",
    message: "The key vault's firewall does not let this network in.",
    hint: "az keyvault network-rule add",
  },
  {
    when: "only its private link leads to it",
    cause: reading({ status: 403, body: says("Forbidden", "ForbiddenByConnection") }),
    code: "invalid_config",
    message: "The key vault is reached through its private link only.",
    hint: "az keyvault show",
  },
  {
    when: "no role allows it",
    cause: (azure) => readOne({}, { env: azure.env }, "audit-report"),
    code: "denied",
    message: 'This identity has no role that may read the secret: "Key Vault Secrets User" is one, "Reader" is not.',
    hint: SECRETS_USER,
    native: { code: "ForbiddenByRbac", status: 403 },
  },
  {
    when: "no policy allows it",
    cause: (azure) => readOne({ vaultUrl: azure.vaults["shared"] ?? "" }, { env: azure.env }, "other"),
    code: "denied",
    message: "The key vault's access policies do not let this identity read secrets.",
    hint: "az keyvault set-policy",
  },
  {
    when: "it does not say who forbids it",
    cause: reading({ status: 403, body: says("Forbidden") }),
    code: "denied",
    message: "The key vault does not let this identity do that.",
  },
  {
    when: "listing is not allowed",
    cause: async (azure) => {
      const session = await provider().open(context({ env: azure.envOf("single") }));
      try {
        for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) break;
      } finally {
        await session.close?.();
      }
    },
    code: "denied",
    message: "This identity may not list the secrets of the key vault.",
    hint: SECRETS_USER,
  },
  {
    when: "the token has ended",
    cause: (azure) =>
      withSession({}, { env: azure.env }, async (session) => {
        azure.revoke("app");
        return session.read(locator("api-key"), context());
      }),
    code: "unauthenticated",
    message: "The key vault refuses the token: it has ended, or it is of another tenant.",
    hint: "export AZURE_CLIENT_SECRET=…",
    native: { status: 401 },
  },
  {
    when: "the name means nothing to it",
    cause: reading({ status: 400, body: says("BadParameter") }),
    code: "invalid_reference",
    message: "The key vault cannot make sense of this name or version.",
  },
  {
    when: "the secret is on its way",
    cause: reading({ status: 409, body: says("Conflict", "ObjectIsBeingRecovered") }),
    code: "unavailable",
    message: "The secret is being deleted or recovered; that takes moments.",
  },
  ...[500, 502, 503].map((status): Case => ({
    when: `it fails with ${status}`,
    cause: reading({ status, body: says("InternalError") }),
    code: "unavailable",
    message: "Key Vault failed.",
    native: { status },
  })),
  ...[500, 502, 504].map((status): Case => ({
    when: `it fails with ${status} and an empty body`,
    cause: reading({ kind: "empty", status }),
    code: "unavailable",
    message: "Key Vault, or a proxy before it, failed without a word.",
    native: { status },
  })),
  {
    when: "it redirects",
    cause: reading({ status: 307, body: "", headers: { location: "https://127.0.0.1:9/" } }),
    code: "unavailable",
    message: "The key vault's address redirects; no token is sent on, so use the vault's real address.",
  },
  ...(
    [
      ["a page says all is well", 200],
      ["a page says forbidden", 403],
      ["a page says not found", 404],
      ["a page says who are you", 401],
    ] as const
  ).map(([when, status]): Case => ({
    when,
    cause: reading({ kind: "html", status }),
    code: "unavailable",
    message: "The answer did not come from Key Vault, but from something in between.",
    native: { status },
  })),
  {
    when: "an error has no body",
    cause: reading({ status: 403, body: "" }),
    code: "unavailable",
    message: "The answer did not come from Key Vault, but from something in between.",
  },
  {
    when: "half an answer comes",
    cause: reading({ kind: "truncated" }),
    code: "unavailable",
    message: "The answer did not come from Key Vault, but from something in between.",
  },
  {
    when: "an answer is JSON, and no secret",
    cause: reading({ status: 200, body: { hello: "world" } }),
    code: "unavailable",
    message: "The answer is no answer of Key Vault's, although it looks like one.",
  },
  {
    when: "an answer has no value",
    cause: reading({ status: 200, body: { id: "https://a.vault.azure.net/secrets/x/1", attributes: {} } }),
    code: "unavailable",
    message: "The key vault's answer holds no value.",
  },
];
