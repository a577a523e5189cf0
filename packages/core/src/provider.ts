/**
 * `@vaultlink/core/provider`: for authors of providers. The contract that a provider implements, the errors that it
 * throws, the table of its options, and helpers for what every provider needs.
 */

// The contract.
export type {
  Context,
  ListEntry,
  ListQuery,
  Locator,
  ParsedIdentifier,
  Prompter,
  Provider,
  Renewal,
  SecretDocument,
  Session,
  VaultLocation,
  WhereFact,
} from "./contract/provider.ts";
export {
  definePlugin,
  defineProvider,
  type OptionsSchema,
  type Plugin,
  type SuggestContext,
  type SuggestedMethod,
  type SuggestedSetting,
  type Suggestions,
} from "./contract/plugin.ts";
export {
  defineOptions,
  type GroupField,
  type OptionField,
  type OptionFields,
  type OptionsOf,
  type ScalarField,
} from "./contract/options.ts";

// Errors.
export { type ErrorCode, isErrorCode } from "./errors/codes.ts";
export { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./errors/secret-error.ts";
export {
  CERTIFICATE_FAULTS,
  type CertificateFault,
  certificateFault,
  findErrorCode,
  type NetworkFault,
  networkFault,
} from "./errors/network-faults.ts";
export { codeForStatus, parseRetryAfter, readBytes } from "./provider-kit/http-answer.ts";
export {
  applyRule,
  certificateRules,
  type ErrorRule,
  type Failure,
  findRule,
  networkRules,
  type OwnConditions,
  rethrown,
} from "./provider-kit/error-rules.ts";

// Options and credentials.
export { type AddressRules, isSecureUrl, parseAddress } from "./provider-kit/address.ts";
export {
  checkFileOptions,
  checkPathOption,
  checkSchema,
  checkTaken,
  invalidConfig,
  invalidReference,
  isAbsolutePath,
} from "./provider-kit/check-options.ts";
export {
  createCredentialLatch,
  credentialDigest,
  type CredentialFile,
  type CredentialLatch,
  type CredentialSources,
  findCredential,
  foundOrTyped,
  readCredentialFile,
} from "./provider-kit/credential.ts";
export { exactVariable, isSwitchedOn, type ProviderEnv, variable } from "./provider-kit/environment.ts";
export { methodOfVariables, settingOfVariables } from "./provider-kit/suggest.ts";
export { type WhereField, whereFacts } from "./provider-kit/where.ts";
export { declining, personToAskFirst, prompt } from "./provider-kit/prompt.ts";
export {
  createPkce,
  listenForRedirect,
  type Pkce,
  type RedirectListener,
  type RedirectOptions,
  signInOnPage,
} from "./provider-kit/redirect-listener.ts";

// The network.
export { type AgentSettings, type Agents, createAgents, createHttpsAgent } from "./provider-kit/agents.ts";
export {
  readPem,
  type SecureAgentOptions,
  secureAgentOptions,
  trustedCertificates,
} from "./provider-kit/certificates.ts";
export { findNetwork, type Network } from "./provider-kit/network.ts";
export { isLoopbackHost, isMetadataHost } from "./provider-kit/host.ts";
export { findProxy, NETWORK_VARIABLES } from "./provider-kit/proxy.ts";

// Whole providers: over HTTP, or as a program.
export { execProvider, type ExecProviderOptions } from "./provider-kit/exec-provider.ts";
export type { ProgramOptions } from "./provider-kit/exec-line.ts";
export type { HttpAnswer } from "./provider-kit/http-answer.ts";
export { HTTP_VARIABLES } from "./provider-kit/http-line.ts";
export {
  type Http,
  type HttpOptions,
  type HttpRequest,
  type HttpSession,
  httpSession,
} from "./provider-kit/http-session.ts";

// Reads and lists.
export { abortable, cancelled } from "./async/deadline.ts";
export { Semaphore } from "./async/semaphore.ts";
export {
  definedMembers,
  type FieldKind,
  type Fields,
  fieldsOf,
  isJsonObject,
  type JsonObject,
  membersOf,
  objectMember,
  parseJson,
  parseJsonObject,
  textMember,
} from "./provider-kit/fields.ts";
export {
  attempt,
  type BatchSteps,
  listPages,
  ownOutcome,
  type Page,
  qualifiers,
  readBatch,
} from "./provider-kit/reads-and-lists.ts";
export { encodePath } from "./reference/parse.ts";
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
