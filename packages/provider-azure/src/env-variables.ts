import { NETWORK_VARIABLES } from "@vaultlink/core/provider";

/**
 * Everything that decides who asks, whom, and through what. `HOME` and its likes find the sign-ins of Azure's own
 * commands, `PATH` and its likes the commands.
 */
export const ENV_VARIABLES: readonly string[] = [
  ...["AZURE_*", "AZURESUBSCRIPTION_*", "IDENTITY_*", "IMDS_ENDPOINT", "MSAL_FORCE_REGION", "MSI_*", "REGION_NAME"],
  "SYSTEM_*",
  ...["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATH", "PATHEXT", "SystemRoot", "ComSpec"],
  ...NETWORK_VARIABLES,
];
