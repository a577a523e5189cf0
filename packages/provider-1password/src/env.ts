/** The environment as `context.env` lends it. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Ways through the network. The thread that asks gets these and no others. */
const NETWORK: readonly string[] = [
  "NODE_USE_ENV_PROXY",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
];

/** Everything that decides who asks, whom, and through what. */
export const AMBIENT: readonly string[] = ["OP_*", ...NETWORK];

/** A variable, blanks aside; an empty one is not set. */
export function variable(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The variables of the caller that the thread may see. */
export function networkOf(env: Env): Record<string, string> {
  return Object.fromEntries(
    NETWORK.flatMap((name) => {
      const held = variable(env, name);
      return held === undefined ? [] : [[name, held]];
    }),
  );
}
