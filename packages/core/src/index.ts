export { type Clock, systemClock } from "./time/clock.ts";
export {
  defineOptions,
  type GroupField,
  type OptionField,
  type OptionFields,
  type ScalarField,
} from "./contract/options.ts";
export { definePlugin, defineProvider } from "./contract/define.ts";
export { encodePath } from "./reference/encode-path.ts";
export { codeForStatus, parseRetryAfter } from "./provider-kit/http-status.ts";
export { parseJson } from "./provider-kit/parse-json.ts";
export { type ErrorCode, isErrorCode, POLICY, type Policy, mostSevere } from "./errors/codes.ts";
export { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./errors/secret-error.ts";
export { few } from "./async/few.ts";
export { parseMinutes } from "./time/duration.ts";
export { closestMatch } from "./closest-match.ts";
export { CERTIFICATE_FAULTS, type CertificateFault, certificateFault } from "./provider-kit/certificate-faults.ts";
export {
  readPem,
  type SecureAgentOptions,
  secureAgentOptions,
  trustedCertificates,
} from "./provider-kit/certificates.ts";
export { isLoopbackHost, isMetadataHost } from "./provider-kit/host.ts";
export { findProxy } from "./provider-kit/proxy.ts";
export { NETWORK_VARIABLES } from "./provider-kit/variables.ts";
export type { OptionsSchema, Plugin } from "./contract/plugin.ts";
export type { ProgramOptions } from "./provider-kit/exec-line.ts";
export { execProvider, type ExecProviderOptions } from "./provider-kit/exec-provider.ts";
export { type CredentialSources, findCredential } from "./provider-kit/credential.ts";
export { type FieldKind, type Fields, fieldsOf } from "./provider-kit/fields.ts";
export type { HttpAnswer } from "./provider-kit/http-answer.ts";
export { HTTP_VARIABLES } from "./provider-kit/http-line.ts";
export {
  type Http,
  type HttpOptions,
  type HttpRequest,
  type HttpSession,
  httpSession,
} from "./provider-kit/http-session.ts";
export { listPages, type Page } from "./provider-kit/list-pages.ts";
export { type BatchSteps, readBatch } from "./provider-kit/read-batch.ts";
export { qualifiers } from "./provider-kit/qualifiers.ts";
export type {
  Context,
  ListEntry,
  Prompter,
  ListQuery,
  Locator,
  Provider,
  ParsedIdentifier,
  Renewal,
  SecretDocument,
  Session,
} from "./contract/provider.ts";
export { declining, prompt } from "./provider-kit/prompt.ts";
export { formatReference } from "./reference/format.ts";
export { isConnectionName, parseReference, type Reference, schemeOf } from "./reference/parse.ts";
export { type Provenance, SecretValue } from "./secret-value.ts";
export type {
  CacheOptions,
  CloseOptions,
  ConnectionDefinition,
  Disconnected,
  Env,
  GetOptions,
  Limits,
  LinkDefinition,
  LinkRecord,
  OpenOptions,
  ResetScope,
  Vault,
  VaultOptions,
  ViewOptions,
} from "./types.ts";
export type {
  CacheStatus,
  ConnectionState,
  ConnectionStatus,
  LinkStatus,
  RequestCounts,
  SessionCounts,
  UnresolvedReason,
  VaultStatus,
} from "./vault-status.ts";
export { createVault } from "./vault.ts";
