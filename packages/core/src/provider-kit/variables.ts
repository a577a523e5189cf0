/** What `findProxy` and `trustedCertificates` look at: a provider that calls them has these among its `envVariables`. */
export const NETWORK_VARIABLES: readonly string[] = [
  ...["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"],
  ...["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"],
];
