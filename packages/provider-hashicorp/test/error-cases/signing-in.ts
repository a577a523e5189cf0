import { type Case, NOT_THE_VAULT } from "./case.ts";
import type { VaultErrorRule } from "../../src/error-rules.ts";

/** What the vault may answer to a login. */
export const LOGIN: Readonly<Record<string, Case>> = {
  "the secret id is wrong": {
    status: 400,
    body: { errors: ["invalid role or secret ID"] },
    code: "unauthenticated",
    message: "The vault refuses this login.",
  },
  "the credentials are refused": {
    status: 403,
    body: { errors: ["permission denied"] },
    code: "unauthenticated",
    message: "The vault refuses this login, or nothing is mounted at this login path.",
  },
  "whoever vouches is not there": {
    status: 400,
    body: { errors: ['Get "https://issuer.test/keys": dial tcp 192.0.2.1:443: connect: connection refused'] },
    code: "unavailable",
    message: "The vault does not reach whoever vouches for this login.",
  },
  "nothing is mounted": {
    status: 404,
    body: { errors: [] },
    code: "invalid_config",
    message: "Nothing is mounted at this login path.",
    hint: "vault auth list",
  },
  "logins are limited": {
    status: 429,
    body: { errors: ["rate limit quota exceeded"] },
    code: "throttled",
    message: "The vault's rate limit is reached.",
  },
  "the vault is sealed": {
    status: 503,
    body: { errors: ["Vault is sealed"] },
    code: "unavailable",
    message: "The vault is sealed.",
    retryAfterMs: Infinity,
  },
  "a page is in between": { status: 200, body: "<html>", code: "unavailable", message: NOT_THE_VAULT },
  "a second factor is asked for": {
    status: 200,
    body: { request_id: "r", auth: { client_token: "", mfa_requirement: { mfa_request_id: "m" } } },
    code: "unauthenticated",
    message: "The vault asks for a second factor, and nobody is here to give it.",
    hint: "vaultlink reauth",
  },
};

/** What the vault may answer to the question whose a token is. */
export const LOOKUP: Readonly<Record<string, Case>> = {
  "the token is unknown": {
    status: 403,
    body: { errors: ["permission denied"] },
    code: "unauthenticated",
    message: "The vault token is wrong, expired or revoked.",
  },
  "there is no vault": {
    status: 404,
    body: { errors: [] },
    code: "invalid_config",
    message: "There is no vault at this address.",
    hint: "vault status",
  },
  "the vault is sealed": {
    status: 503,
    body: { errors: ["Vault is sealed"] },
    code: "unavailable",
    message: "The vault is sealed.",
    retryAfterMs: Infinity,
  },
  "a page is in between": { status: 200, body: "<html>", code: "unavailable", message: NOT_THE_VAULT },
};

/** What the vault may answer where it is asked neither for a secret, nor for a login, nor whose a token is. */
export const ELSEWHERE: Readonly<Record<string, Case & { readonly at: NonNullable<VaultErrorRule["at"]> }>> = {
  "a wrapping is opened that never was one": {
    at: "unwrap",
    status: 400,
    body: { errors: ["wrapping token is not valid or does not exist"] },
    code: "unauthenticated",
    message: "The wrapping token was used already, has expired, or never was one; if you did not use it, who did?",
  },
  "a wrapping is opened whose token is gone": {
    at: "unwrap",
    status: 403,
    body: { errors: ["permission denied"] },
    code: "unauthenticated",
    message: "The wrapping token was used already, has expired, or never was one; if you did not use it, who did?",
  },
  "a second factor comes too late": {
    at: "mfa",
    status: 400,
    body: { errors: ["invalid request ID"] },
    code: "unauthenticated",
    message: "The vault did not wait for the second factor any longer.",
  },
  "too many passcodes were wrong": {
    at: "mfa",
    status: 403,
    body: { errors: ["maximum TOTP validation attempts 5 exceeded the allowed attempts 5"] },
    code: "unauthenticated",
    message: "The vault was given too many wrong passcodes, and takes none for a while.",
  },
  "a second factor is refused": {
    at: "mfa",
    status: 403,
    body: { errors: ["failed to satisfy enforcement"] },
    code: "unauthenticated",
    message: "The vault refuses the second factor: a passcode is wrong or was used already, or a device said no.",
  },
  "a token is renewed for the last time": {
    at: "own-token",
    status: 400,
    body: { errors: ["lease is not renewable"] },
    code: "unauthenticated",
    message: "The vault token cannot be renewed any more.",
  },
};
