import { findMoto } from "@vaultlink/stand-ins/moto";
import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import type { Backend, VaultName } from "./backend.ts";
import { startAwsBackend } from "./backends/aws.ts";
import { startAzureBackend } from "./backends/azure.ts";
import { startConnectServer } from "./backends/connect.ts";
import { startHashicorp } from "./backends/hashicorp.ts";
import { startRealAws } from "./backends/moto.ts";
import { startOnePasswordBackend } from "./backends/onepassword.ts";
import { startRealVault } from "./backends/openbao.ts";

/** The vaults, in the order of the table. */
export const VAULTS: readonly VaultName[] = ["1Password", "AWS Secrets Manager", "Azure Key Vault", "HashiCorp Vault"];

/** What every row is shown on; `find` tells where a real server may be absent. */
export const SERVERS: readonly Server[] = [
  { start: startConnectServer },
  { start: startOnePasswordBackend },
  { start: startAwsBackend },
  { start: startRealAws, find: findMoto },
  { start: startAzureBackend },
  { start: startHashicorp },
  { start: startRealVault, find: findOpenBao },
];

interface Server {
  readonly start: () => Promise<Backend>;
  readonly find?: () => object;
}
