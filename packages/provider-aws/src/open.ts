import {
  type Context,
  definedMembers,
  personToAskFirst,
  type ProviderEnv,
  type Session,
  variable,
} from "@vaultlink/core/provider";
import { checkRegion } from "./check-options.ts";
import { createClients } from "./clients.ts";
import type { Obtained } from "./credentials/credentials.ts";
import { type StsContext, withCode, withRole } from "./credentials/roles.ts";
import { findSource, noRegion } from "./credentials/sources.ts";
import { expectAnswer } from "./expect-answer.ts";
import { identify, sameIdentity } from "./identity.ts";
import { list } from "./list.ts";
import { checkLocator } from "./locator.ts";
import { type AwsOptions, REGION_VARIABLES } from "./options.ts";
import { type ProfileSettings, readProfile } from "./profile-settings.ts";
import { read } from "./read.ts";
import { MAX_BATCH, readMany } from "./read-many.ts";
import { createRequester, type Requester } from "./request.ts";
import type { Scope } from "./scope.ts";
import { settle } from "./settings.ts";
import { openTransport } from "./transport.ts";
import { findVersion } from "./version.ts";

/** Calls at a time: each may read a batch and five versions at once, over the sockets that there are. */
const MAX_CONCURRENCY = 8;

/** Finds credentials, learns whose they are, and makes the clients. Throws without a session half open. */
export async function open(options: AwsOptions, context: Context): Promise<Session> {
  const { env, prompter, programEnv, signal } = context;
  const profile = await readProfile(options, env);
  const settings = await settle(options, env, profile);
  const given = findRegion(options, env, profile);
  const sessionName = sessionNameOf(options, env);
  const transport = openTransport(settings);
  const closing = new AbortController();
  try {
    const regionOf = (found: Obtained): string => settleRegion(given ?? found.region);
    const sts: StsContext = { settings, transport, region: regionOf };
    const found = findSource({
      options,
      env,
      programEnv: programEnv ?? env,
      settings,
      transport,
      region: given && checkRegion(given),
      sessionName,
    });
    const source = withRole(withCode(found, options, sts), options.role, sts, sessionName);
    const obtained = await source({ signal, prompter, askFirst: personToAskFirst(context) });
    const region = regionOf(obtained);
    const { identity, answered } = await identify({ obtained, region, settings, transport, signal });
    const whose = { region, settings, transport, closing: closing.signal };
    const clients = await createClients({
      region,
      settings,
      transport,
      source,
      obtained,
      closing: closing.signal,
      verify: sameIdentity(identity, whose),
      assume: (base, arn) => withRole(base, { arn }, sts, sessionName),
    });
    const request = createRequester(clients, closing.signal);
    if (!answered) await expectAnswer(request, context);
    const close = async (): Promise<void> => {
      closing.abort();
      clients.close();
      transport.close();
    };
    // Absent where they renew by themselves, or never lapse.
    const expiresAt = obtained.renews ? undefined : obtained.credentials.expiration?.getTime();
    return { identity, ...definedMembers({ expiresAt }), ...callsOf(request, options, region), close };
  } catch (thrown) {
    closing.abort();
    transport.close();
    throw thrown;
  }
}

/** What a session does. There is nothing to revoke: AWS ends temporary credentials by time only. */
function callsOf(request: Requester, { account, filters = [] }: AwsOptions, region: string): Omit<Session, "close"> {
  const scope: Scope = { region, account };
  return {
    read: async (locator, context) => read(request, checkLocator(locator, scope), scope, context),
    readMany: (locators, context) => readMany(request, locators, scope, context),
    maxBatch: MAX_BATCH,
    maxConcurrency: MAX_CONCURRENCY,
    version: async (locator, context) => findVersion(request, checkLocator(locator, scope), scope, context),
    list: (query, context) => list(request, query, { ...scope, filters }, context),
  };
}

/** As AWS's own tools do: also keys in the environment take the region of the profile that counts. */
function findRegion({ region }: AwsOptions, env: ProviderEnv, { values }: ProfileSettings): string | undefined {
  return region ?? variable(env, ...REGION_VARIABLES) ?? values["region"];
}

/** Stable, since it is a part of the identity: a new one at each opening would empty the cache. */
function sessionNameOf({ role }: AwsOptions, env: ProviderEnv): string {
  return role?.sessionName ?? variable(env, "AWS_ROLE_SESSION_NAME") ?? "vaultlink";
}

function settleRegion(region: string | undefined): string {
  if (region === undefined) throw noRegion();
  return checkRegion(region);
}
