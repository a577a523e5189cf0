import { type Client, createClient } from "@1password/sdk";
import { type Failure, judge } from "../errors.ts";
import type { SignIn } from "../protocol.ts";
import { see } from "../seen.ts";
import { guardFetch } from "./transport.ts";

/** A failure on its way out of the thread's own code. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** One call of the SDK. Throws `Refused` for whatever the SDK throws. */
export type Call = <T>(use: (client: Client) => Promise<T>) => Promise<T>;

/** The account, signed in to. One call at a time, so that what the way showed belongs to the call. */
export async function signIn(job: SignIn): Promise<Call> {
  const transport = guardFetch(job);
  const attempt = async <T>(use: () => Promise<T>): Promise<T> => {
    transport.begin();
    try {
      return await use();
    } catch (thrown) {
      throw new Refused(judge(see(thrown, transport.witness())));
    }
  };
  const client = await attempt(() =>
    createClient({ auth: job.token, integrationName: "vaultlink", integrationVersion: "1" }),
  );
  // The SDK frees a client that is garbage, even while what it gave is used: this closure holds it.
  return (use) => attempt(() => use(client));
}
