import {
  credentialDigest,
  isSecretError,
  type NetworkFault,
  networkFault,
  SecretError,
} from "@vaultlink/core/provider";
import type { Obtained } from "./credentials/credentials.ts";
import { createSts } from "./credentials/sts.ts";
import { toSecretError } from "./errors.ts";
import type { Settings } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What an identity is learnt from. */
export interface Who {
  readonly obtained: Obtained;
  readonly region: string;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly signal: AbortSignal;
}

/** Whose credentials are, and whether anybody answered who was asked that. */
export interface Identified {
  readonly identity: string;
  readonly answered: boolean;
}

const UNPROVEN = "unproven:";
const OTHER_IDENTITY = "other-identity";

/** Why a call failed where nobody could be asked. */
const NOBODY: ReadonlySet<NetworkFault["kind"] | undefined> = new Set([
  "unknown-host",
  "refused",
  "timed-out",
  "unreachable",
]);

/** Ms. A network without a way to STS must not make opening a connection slow. */
const WHO_AM_I_MS = 3000;

/**
 * Who AWS says we are, and in which region. An assumed role's session is known from the call that gave it; everybody else
 * asks STS, which needs no permission. Where STS cannot be asked, the credential stands for itself: under a key that dies
 * with the process, so that the same credential keeps its values and another never finds them.
 * Throws `unauthenticated` if STS refuses the credentials.
 */
export async function identify(who: Who): Promise<Identified> {
  const { arn, answered } =
    who.obtained.arn === undefined ? await askSts(who) : { arn: who.obtained.arn, answered: true };
  return { identity: `${arn ?? `${UNPROVEN}${digest(who.obtained)}`} in ${who.region}`, answered };
}

/**
 * Makes the check that renewed credentials are of the same `identity`. Throws `unauthenticated` where they are not, or where
 * nobody can say so: the session is then opened anew, as whoever that is.
 */
export function sameIdentity(
  identity: string,
  about: Omit<Who, "obtained" | "signal"> & { readonly closing: AbortSignal },
): (obtained: Obtained) => Promise<void> {
  return async (obtained) => {
    const { identity: now } = await identify({ ...about, obtained, signal: about.closing });
    if (now === identity) return;
    const unsure = !isProven(now) && isProven(identity);
    const message = unsure
      ? "AWS cannot be asked whose the renewed credentials are."
      : "The renewed AWS credentials are not of the identity that the session was opened for.";
    throw new SecretError("unauthenticated", message, {
      reason: unsure ? "identity-unknown" : OTHER_IDENTITY,
      hint: obtained.hint,
    });
  };
}

/** Whether AWS said whose the credentials are. */
export const isProven = (identity: string): boolean => !identity.startsWith(UNPROVEN);

export function isOtherIdentity(thrown: unknown): boolean {
  return isSecretError(thrown) && thrown.details.reason === OTHER_IDENTITY;
}

async function askSts({
  obtained,
  region,
  settings,
  transport,
  signal,
}: Who): Promise<{ readonly arn?: string | undefined; readonly answered: boolean }> {
  const handler = { ...transport.handler, requestTimeout: Math.min(WHO_AM_I_MS, settings.requestTimeoutMs) };
  const sts = await createSts({
    region,
    settings,
    transport: { ...transport, handler },
    credentials: obtained.credentials,
  });
  try {
    return { arn: await sts.whoAmI(signal), answered: true };
  } catch (thrown) {
    const error = toSecretError(thrown, { during: "credentials", hint: obtained.hint, signal });
    if (error.code === "unauthenticated" && isFromSts(error.details.native?.name)) throw error;
    if (error.code === "aborted") throw error;
    return { answered: error.code !== "timeout" && !NOBODY.has(networkFault(error.details.native?.code ?? "")?.kind) };
  }
}

/** Only what AWS itself says of the credentials counts, and AWS names its errors; a proxy that refuses does not. */
function isFromSts(name: string | undefined): boolean {
  return name !== undefined && !/^(?:Error|Unknown|UnknownError)$/.test(name);
}

function digest({ credentials }: Obtained): string {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
  return credentialDigest(accessKeyId, secretAccessKey, sessionToken);
}
