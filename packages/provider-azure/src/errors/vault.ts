import { type AzureErrorRule, ofPeer } from "./error-rule.ts";

/** What a key vault says. https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
export const VAULT: readonly AzureErrorRule[] = ofPeer("vault", [
  {
    // The SDK's own refusal to send a token, after the vault's word.
    status: [401],
    says: ["the challenge resource '"],
    code: "invalid_config",
    message: "The key vault wants a token that is not for it.",
  },
  { status: [429], code: "throttled", message: "Key Vault asks to slow down." },
  {
    status: [429],
    genuine: false,
    code: "throttled",
    message: "Something between here and Key Vault asks to slow down.",
  },
  {
    status: [404],
    errors: ["SecretNotFound"],
    code: "not_found",
    message: "The key vault has no such secret, or no such version of it.",
  },
  {
    status: [403],
    inner: ["SecretDisabled"],
    code: "unusable",
    message: "The secret, or this version of it, is disabled.",
    reason: "disabled",
    hint: "az keyvault secret set-attributes --vault-name <vault> --name <name> --enabled true",
  },
  {
    // Without its reason, as an emulator says it.
    status: [403],
    says: ["disabled secret"],
    code: "unusable",
    message: "The key vault does not give a secret that is disabled.",
    reason: "disabled",
    hint: "az keyvault secret set-attributes --vault-name <vault> --name <name> --enabled true",
  },
  {
    // Key Vault itself gives them all the same, by its documentation; an emulator does not.
    status: [403],
    says: ["expired secret"],
    code: "unusable",
    message: "The key vault does not give a secret that has expired.",
    reason: "expired",
    hint: "az keyvault secret set-attributes --vault-name <vault> --name <name> --expires <date>",
  },
  {
    status: [403],
    says: ["not yet valid", "not yet active", "secret's nbf"],
    code: "unusable",
    message: "The key vault does not give a secret that is not active yet.",
    reason: "not-yet-active",
    hint: "az keyvault secret set-attributes --vault-name <vault> --name <name> --not-before <date>",
  },
  {
    status: [403],
    inner: ["ForbiddenByFirewall"],
    code: "invalid_config",
    message: "The key vault's firewall does not let this network in.",
    hint: "az keyvault network-rule add --name <vault> --ip-address <address>",
  },
  {
    status: [403],
    inner: ["ForbiddenByConnection"],
    code: "invalid_config",
    message: "The key vault is reached through its private link only.",
    hint: "az keyvault show --name <vault> --query properties.publicNetworkAccess",
  },
  {
    during: "list",
    status: [403],
    errors: ["Forbidden", "AccessDenied"],
    code: "denied",
    message: "This identity may not list the secrets of the key vault.",
    hint: 'az role assignment create --role "Key Vault Secrets User" --assignee <id> --scope <vault>',
  },
  {
    status: [403],
    inner: ["ForbiddenByRbac"],
    code: "denied",
    message: 'This identity has no role that may read the secret: "Key Vault Secrets User" is one, "Reader" is not.',
    hint: 'az role assignment create --role "Key Vault Secrets User" --assignee <id> --scope <vault>',
  },
  {
    status: [403],
    inner: ["ForbiddenByPolicy", "AccessDenied"],
    code: "denied",
    message: "The key vault's access policies do not let this identity read secrets.",
    hint: "az keyvault set-policy --name <vault> --object-id <id> --secret-permissions get",
  },
  {
    status: [403],
    errors: ["Forbidden", "AccessDenied"],
    code: "denied",
    message: "The key vault does not let this identity do that.",
  },
  {
    status: [401],
    errors: ["Unauthorized"],
    code: "unauthenticated",
    message: "The key vault refuses the token: it has ended, or it is of another tenant.",
    hint: true,
  },
  {
    status: [400],
    errors: ["BadParameter"],
    code: "invalid_reference",
    message: "The key vault cannot make sense of this name or version.",
  },
  {
    status: [409],
    errors: ["Conflict"],
    code: "unavailable",
    message: "The secret is being deleted or recovered; that takes moments.",
  },
  { status: [500, 502, 503, 504], code: "unavailable", message: "Key Vault failed." },
  {
    status: [500, 502, 503, 504],
    genuine: false,
    code: "unavailable",
    message: "Key Vault, or a proxy before it, failed without a word.",
  },
  {
    status: [300, 301, 302, 303, 307, 308],
    genuine: false,
    code: "unavailable",
    message: "The key vault's address redirects; no token is sent on, so use the vault's real address.",
  },
  {
    genuine: false,
    code: "unavailable",
    message: "The answer did not come from Key Vault, but from something in between.",
  },
  {
    status: [200],
    code: "unavailable",
    message: "The answer is no answer of Key Vault's, although it looks like one.",
  },
]);
