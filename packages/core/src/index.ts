/**
 * `@vaultlink/core`: for applications. `createVault` links names to secrets and resolves them through one cache.
 *
 * Authors of providers import from `@vaultlink/core/provider`. An export is in both entries only where both need it.
 */
export { createVault } from "./vault.ts";
export type { Access } from "./access.ts";
export type { CacheOptions, Limits } from "./cache-options.ts";
export type { Diagnostic, Diagnostics } from "./diagnostics.ts";
export type { AgentAccess, AgentVault, AgentVaultOptions } from "./vault/agent-vault.ts";
export type {
  CloseOptions,
  ConnectionDefinition,
  Disconnected,
  Env,
  GetOptions,
  LinkDefinition,
  LinkRecord,
  ListOptions,
  OpenOptions,
  ResetScope,
  UseOptions,
  Vault,
  VaultOptions,
  ViewOptions,
} from "./types.ts";
export type {
  CacheStatus,
  ConnectionProblem,
  ConnectionState,
  ConnectionStatus,
  LinkStatus,
  RequestCounts,
  SessionCounts,
  UnresolvedReason,
  VaultStatus,
} from "./vault-status.ts";
export type { CheckOptions, LinkChange, RotatingOptions, ValuesOf, Watch, WatchOptions } from "./value-changes.ts";
export {
  isHttpLoginFailure,
  isMysqlLoginFailure,
  isPostgresLoginFailure,
  isRedisLoginFailure,
} from "./vault/login-failures.ts";
export { type Provenance, SecretValue } from "./secret-value.ts";
export type { ErrorCode } from "./errors/codes.ts";
export { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./errors/secret-error.ts";
export type { Clock } from "./time/clock.ts";
// What an application passes on: a provider, a plugin to load one, the person who may be asked, and what a vault lists.
export type { Plugin } from "./contract/plugin.ts";
export type { ListEntry, ListQuery, Prompter, Provider } from "./contract/provider.ts";
