/** The environment as `context.env` lends it. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Everything that decides who asks, whom, and through what. `HOME` finds the token file. */
export const AMBIENT: readonly string[] = [
  "VAULT_*",
  "BAO_*",
  "HOME",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
];

/** `BAO_X`, else `VAULT_X`, as OpenBao's own client reads them; an empty variable is not set. */
export function variable(env: Env, name: string): string | undefined {
  return env[`BAO_${name}`]?.trim() || env[`VAULT_${name}`]?.trim() || undefined;
}
