export { type Clock, systemClock } from "./time/clock.ts";
export {
  defineOptions,
  type GroupField,
  type OptionField,
  type OptionFields,
  type OptionsOf,
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
export { abortable, cancelled } from "./provider-kit/abortable.ts";
export { type AddressRules, isSecureUrl, parseAddress } from "./provider-kit/address.ts";
export { checkPathOption, checkSchema, checkTaken } from "./provider-kit/check-options.ts";
export { type CredentialFile, isAbsolutePath, readCredentialFile } from "./provider-kit/credential-file.ts";
export { invalidConfig, invalidReference } from "./provider-kit/invalid-input.ts";
export {
  listenForRedirect,
  type RedirectListener,
  type RedirectOptions,
  signInOnPage,
} from "./provider-kit/redirect-listener.ts";
export {
  askWorker,
  findWorker,
  runWorker,
  startWorker,
  type WorkerFile,
  type WorkerProgram,
  type WorkerQuestion,
  type WorkerStart,
} from "./provider-kit/worker.ts";
export { isLoopbackHost, isMetadataHost } from "./provider-kit/host.ts";
export { findProxy } from "./provider-kit/proxy.ts";
export { NETWORK_VARIABLES } from "./provider-kit/variables.ts";
// For providers: environment, network, errors.
export { type ProviderEnv, exactVariable, isSwitchedOn, variable } from "./provider-kit/environment.ts";
export { findErrorCode, type NetworkFault, networkFault } from "./provider-kit/network-faults.ts";
export {
  applyRule,
  certificateRules,
  type ErrorRule,
  type Failure,
  findRule,
  type OwnConditions,
  rethrown,
} from "./provider-kit/error-rules.ts";
export { type CredentialLatch, createCredentialLatch } from "./provider-kit/credential-latch.ts";
export { type Agents, type AgentSettings, createAgents, createHttpsAgent } from "./provider-kit/agents.ts";
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
export { declining, personToAskFirst, prompt } from "./provider-kit/prompt.ts";
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
