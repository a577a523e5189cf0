import { NETWORK_VARIABLES } from "@vaultlink/core/provider";

/**
 * Everything that decides who asks, whom, and through what. `HOME` finds the vendor's files and its sign-ins, `PATH` the
 * program of a `credential_process`.
 */
export const ENV_VARIABLES: readonly string[] = ["AWS_*", "HOME", "USERPROFILE", "PATH", ...NETWORK_VARIABLES];
