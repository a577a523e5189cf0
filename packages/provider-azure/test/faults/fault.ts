import { isSecretError } from "@vaultlink/core/provider";
import { AZURE_SEED, type AzureSeed, type AzureStandIn, type AzureTools, CANARY } from "@vaultlink/stand-ins";
import { bare } from "../credentials/fixture.ts";
import { type Env, readOne } from "../support.ts";

/** Tenants whose ids have letters, and an application whose secret has blanks. */
export const TENANT = "abcdef00-0000-4000-8000-00000000abcd";
export const OTHER_TENANT = "fedcba00-0000-4000-8000-00000000fedc";
const BLANKS = `${CANARY} with blanks  `;
const APP = AZURE_SEED.applications["app"] ?? {
  objectId: "",
  clientId: "",
  reads: [],
  lists: true,
  seesDeleted: true,
  secret: "",
};
export const SEED: AzureSeed = {
  ...AZURE_SEED,
  tenant: TENANT,
  otherTenant: OTHER_TENANT,
  applications: { ...AZURE_SEED.applications, app: { ...APP, secret: BLANKS } },
};
/** One fault that was seen: what is done, and what must come of it. */
export interface Fault {
  /** As the list of faults calls it. */
  readonly id: string;
  readonly when: string;
  readonly outcome: (azure: AzureStandIn) => unknown;
  readonly right: unknown;
}

/** What came out: a value, or the code of an error of ours. */
export const told = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"));

export const code = (make: () => unknown): unknown => {
  try {
    make();
    return "taken";
  } catch (thrown) {
    return isSecretError(thrown) ? thrown.code : "not ours";
  }
};

export async function withTools<T>(stand: AzureStandIn, use: (tools: AzureTools) => Promise<T>): Promise<T> {
  const tools = await stand.tools();
  try {
    return await use(tools);
  } finally {
    await tools.remove();
  }
}

/** With `az`, signed in as a person, and these variables. */
export const withAz = (stand: AzureStandIn, env: Env, auth: object = { method: "cli" }): Promise<unknown> =>
  withTools(stand, async (tools) => {
    await tools.azGives(stand.issue("app"), Date.now() + 3_600_000);
    return told(readOne({ auth }, { env: { ...bare({ env: stand.env, tenant: false }), ...env, PATH: tools.path } }));
  });

/** With another setting of the stand-in, for the length of a call. */
export async function having<T>(stand: AzureStandIn, set: object, unset: object, use: () => Promise<T>): Promise<T> {
  stand.set(set);
  try {
    return await use();
  } finally {
    stand.set(unset);
  }
}
