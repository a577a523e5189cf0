import { NETWORK_VARIABLES } from "@vaultlink/core/provider";

/** The first that is set counts. */
export const REGION_VARIABLES: readonly string[] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
/** Of the two the first is the one that all of AWS's tools know. */
export const PROFILE_VARIABLES: readonly string[] = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

/**
 * Everything that decides who asks, whom, and through what. `HOME` finds the vendor's files and its sign-ins, `PATH` the
 * program of a `credential_process`.
 */
export const ENV_VARIABLES: readonly string[] = ["AWS_*", "HOME", "USERPROFILE", "PATH", ...NETWORK_VARIABLES];
