import { type Client, createClient, DesktopAuth, type Item } from "@1password/sdk";
import { explain, type OnePasswordErrorRule } from "../errors.ts";
import { DESKTOP_ERRORS, DESKTOP_SIGN_IN_ERRORS } from "../errors/desktop.ts";
import { SERVICE_ACCOUNT_ERRORS } from "../errors/service-account.ts";
import type { Directory } from "../names/directory.ts";
import type { Credential, SignIn } from "../protocol.ts";
import { readSdkError } from "../sdk-error.ts";
import { guardFetch } from "./transport.ts";

/** One call of the SDK. Throws a `SecretError` for whatever the SDK throws. */
export type Call = <T>(use: (client: Client) => Promise<T>) => Promise<T>;

/** The account, signed in to. One call at a time, so that what the way showed belongs to the call. */
export async function signIn({ credential, requestTimeoutMs, sent }: SignIn): Promise<Call> {
  // The app asks 1Password itself: then nothing has to go out here.
  const origin = credential.by === "token" ? credential.origin : undefined;
  const transport = guardFetch({ origin, requestTimeoutMs, sent });
  const attempt = async <T>(rules: readonly OnePasswordErrorRule[], use: () => Promise<T>): Promise<T> => {
    transport.begin();
    try {
      return await use();
    } catch (thrown) {
      throw explain(rules, readSdkError(thrown, transport.lastExchange()));
    }
  };
  const { signingIn, signedIn } = RULES[credential.by];
  const auth = authOf(credential);
  const client = await attempt(signingIn, () =>
    createClient({ auth, integrationName: "vaultlink", integrationVersion: "1" }),
  );
  // The SDK frees a client that is garbage, even while what it gave is used: this closure holds it.
  return (use) => attempt(signedIn, () => use(client));
}

const RULES: Readonly<Record<Credential["by"], Record<"signingIn" | "signedIn", readonly OnePasswordErrorRule[]>>> = {
  token: { signingIn: SERVICE_ACCOUNT_ERRORS, signedIn: SERVICE_ACCOUNT_ERRORS },
  desktop: { signingIn: DESKTOP_SIGN_IN_ERRORS, signedIn: DESKTOP_ERRORS },
};

function authOf(credential: Credential): string | DesktopAuth {
  return credential.by === "token" ? credential.token : new DesktopAuth(credential.account);
}

/** The account's vaults, items and fields. */
export function directoryOf(call: Call): Directory<Item> {
  return {
    vaults: () => call((client) => client.vaults.list()),
    items: (vaultId) => call((client) => client.items.list(vaultId)),
    item: (vaultId, itemId) => call((client) => client.items.get(vaultId, itemId)),
  };
}
