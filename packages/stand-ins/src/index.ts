export type { AwsControls } from "./aws/controls.ts";
export type { AwsHome } from "./aws/home.ts";
export { ACCOUNT as AWS_ACCOUNT, AWS_SEED, type AwsSeed, OTHER_ACCOUNT as AWS_OTHER_ACCOUNT } from "./aws/seed.ts";
export { type AwsStandIn, type AwsStartOptions, startAws } from "./aws/start.ts";
export type { AwsSettings } from "./aws/state.ts";
export type { AzureControls } from "./azure/controls.ts";
export { AZURE_SEED, type AzureSeed } from "./azure/seed.ts";
export { type AzureStandIn, type AzureStartOptions, startAzure } from "./azure/start.ts";
export type { AzureSettings } from "./azure/state.ts";
export type { AzureTools } from "./azure/tools.ts";
export type { Answer, Backend, Call, Description } from "./kit/backend.ts";
export { type Clock, DEFAULT_NOW, manualClock, wallClock } from "./kit/clock.ts";
export type { FaultHandle, FaultKind, FaultSpec } from "./kit/fault.ts";
export { type FaultyServers, startFaulty, THROTTLED_FOR_MS } from "./kit/faulty.ts";
export type { LogEntry, RequestLog } from "./kit/log.ts";
export { serve, type Server } from "./kit/server.ts";
export {
  type Authority,
  type Certified,
  createAuthority,
  endedYesterday,
  type Validity,
} from "./kit/tls/certificate.ts";
export { CANARY, type Sighting, type Witness, witness } from "./kit/witness.ts";
export type { OnePasswordControls } from "./onepassword/controls.ts";
export type { OnePasswordConnectControls } from "./onepassword-connect/controls.ts";
export {
  type OnePasswordConnectStandIn,
  type OnePasswordConnectStartOptions,
  startOnePasswordConnect,
} from "./onepassword-connect/start.ts";
export { isId } from "./onepassword/encoding.ts";
export { ONEPASSWORD_SEED, type OnePasswordSeed, type SeedItem } from "./onepassword/seed.ts";
export { type OnePasswordStandIn, type OnePasswordStartOptions, startOnePassword } from "./onepassword/start.ts";
export type { NewToken, VaultControls } from "./vault/controls.ts";
export type { VaultCredentials } from "./vault/credentials.ts";
export { VAULT_SEED, type VaultSeed } from "./vault/seed.ts";
export type { VaultMode, VaultSettings } from "./vault/settings.ts";
export { type StartOptions, startVault, type VaultStandIn } from "./vault/start.ts";
