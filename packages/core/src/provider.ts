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
} from "./contract/provider.ts";
export { definePlugin, defineProvider, type OptionsSchema, type Plugin } from "./contract/plugin.ts";
export {
  defineOptions,
  type GroupField,
  type OptionField,
  type OptionFields,
  type ScalarField,
} from "./contract/options.ts";

// Errors.
export { type ErrorCode, isErrorCode } from "./errors/codes.ts";
export { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./errors/secret-error.ts";
export { CERTIFICATE_FAULTS, type CertificateFault, certificateFault } from "./errors/certificate-faults.ts";
export { codeForStatus, parseRetryAfter } from "./provider-kit/http-status.ts";

// Helpers.
export { encodePath } from "./reference/locator.ts";
export { Semaphore } from "./async/semaphore.ts";
export { parseJson } from "./provider-kit/parse-json.ts";
export { declining, prompt } from "./provider-kit/prompt.ts";
export { isLoopbackHost, isMetadataHost } from "./provider-kit/host.ts";
export { findProxy } from "./provider-kit/proxy.ts";
export { NETWORK_VARIABLES } from "./provider-kit/variables.ts";
export {
  readPem,
  type SecureAgentOptions,
  secureAgentOptions,
  trustedCertificates,
} from "./provider-kit/certificates.ts";
