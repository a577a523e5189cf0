import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Obtained, Source } from "./credentials/credentials.ts";
import { CredentialCache } from "./credentials/credential-cache.ts";
import { createSdkClient } from "./sdk-client.ts";
import type { Settings } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** A client of the SDK, and the credentials it signs with. */
export interface Client {
  readonly sdk: SecretsManagerClient;
  readonly cache: CredentialCache;
}

/** The clients of one session: its own, and one for each role that a reference names. */
export interface Clients {
  readonly own: Client;
  /** The client that reads as a role. */
  as(role: string): Client;
  close(): void;
}

/** Makes the clients. Nothing is sent before the first call. */
export async function createClients(about: {
  readonly region: string;
  readonly settings: Settings;
  readonly transport: Transport;
  readonly source: Source;
  readonly obtained: Obtained;
  readonly closing: AbortSignal;
  /** Throws unless renewed credentials are of whoever opened the session. */
  readonly verify: (obtained: Obtained) => Promise<void>;
  /** Turns the session's credentials into a role's. */
  readonly assume: (source: Source, role: string) => Source;
}): Promise<Clients> {
  const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const { assume, closing, obtained, source, settings, verify } = about;
  const make = (cache: CredentialCache): Client => {
    const { credentials } = cache;
    const sdk = createSdkClient(SecretsManagerClient, { ...about, endpoint: settings.endpoint, credentials });
    return { sdk, cache };
  };
  const own = make(new CredentialCache(source, closing, { obtained, verify }));
  const roles = new Map<string, Client>();
  return {
    own,
    as: (role) => {
      let client = roles.get(role);
      if (client === undefined) {
        const base: Source = ({ signal }) => own.cache.current(signal);
        client = make(new CredentialCache(assume(base, role), closing));
        roles.set(role, client);
      }
      return client;
    },
    close: () => {
      for (const { sdk } of [own, ...roles.values()]) sdk.destroy();
      roles.clear();
    },
  };
}
