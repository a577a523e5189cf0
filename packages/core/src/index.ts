export { type Clock, systemClock } from "./clock.ts";
export { defineOptions, type GroupField, type OptionField, type OptionFields, type ScalarField } from "./options.ts";
export { definePlugin, defineProvider } from "./define.ts";
export { encodePath } from "./encode-path.ts";
export { codeForStatus, parseRetryAfter } from "./errors/http.ts";
export { parseJson } from "./errors/parse-json.ts";
export { type ErrorCode, isErrorCode, POLICY, type Policy, worst } from "./errors/policy.ts";
export { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./errors/secret-error.ts";
export { few } from "./few.ts";
export { parseMinutes } from "./minutes.ts";
export { nearest } from "./nearest.ts";
export { CERTIFICATE_FAULTS, type CertificateFault, certificateFault } from "./network/certificate-faults.ts";
export { readPem, type SecureAgentOptions, secureAgentOptions, trustedCertificates } from "./network/certificates.ts";
export { isLoopbackHost, isMetadataHost } from "./network/host.ts";
export { findProxy } from "./network/proxy.ts";
export { NETWORK_VARIABLES } from "./network/variables.ts";
export type { OptionsSchema, Plugin } from "./plugin.ts";
export type {
  Context,
  Entry,
  Interact,
  ListQuery,
  Locator,
  Provider,
  Recognised,
  Renewal,
  SecretDocument,
  Session,
} from "./provider.ts";
export { declining, prompt } from "./prompt.ts";
export { formatReference } from "./reference/format.ts";
export { isConnectionName, parseReference, type Reference, schemeOf } from "./reference/parse.ts";
export { type Provenance, SecretValue } from "./secret-value.ts";
export type {
  CacheOptions,
  CacheStatus,
  CloseOptions,
  ConnectionDefinition,
  ConnectionState,
  ConnectionStatus,
  Disconnected,
  Env,
  GetOptions,
  Limits,
  LinkDefinition,
  LinkRecord,
  LinkStatus,
  OpenOptions,
  RequestCounts,
  ResetScope,
  UnresolvedReason,
  Vault,
  VaultOptions,
  VaultStatus,
} from "./vault-api.ts";
export { createVault } from "./vault.ts";
