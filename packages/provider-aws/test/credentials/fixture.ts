import { AWS_ACCOUNT, type AwsHome, type AwsStandIn, startAws } from "@vaultlink/stand-ins";
import { afterEach, beforeEach } from "vitest";
import type { AwsOptions } from "../../src/index.ts";
import { context, type Env, type Lent, locator, refused, withSession } from "../support.ts";

/** A stand-in and a home with AWS's files, new for each test. */
export interface Fixture {
  readonly vault: AwsStandIn;
  readonly home: AwsHome;
  /** Nobody's credentials, but the way to the stand-in. */
  readonly bare: Env;
}

export function useFixture(): Fixture {
  let fixture: Fixture | undefined;
  beforeEach(async () => {
    const vault = await startAws();
    const home = await vault.home();
    const bare = {
      HOME: home.path,
      PATH: process.env["PATH"] ?? "",
      AWS_ENDPOINT_URL: vault.url,
      AWS_REGION: vault.seed.region,
    };
    fixture = { vault, home, bare };
  });
  afterEach(async () => {
    await fixture?.home.remove();
    await fixture?.vault.stop();
  });
  const held = (): Fixture => {
    if (fixture === undefined) throw new Error("The stand-in runs inside tests only.");
    return fixture;
  };
  return {
    get vault() {
      return held().vault;
    },
    get home() {
      return held().home;
    },
    get bare() {
      return held().bare;
    },
  };
}

/** What is lent to use a profile of the home. */
export function profile({ bare }: Fixture, name: string, more: Env = {}): Lent {
  return { env: { ...bare, AWS_PROFILE: name, ...more } };
}

/** The identity of a role's session. */
export function session(of: string, name: string): string {
  return `arn:aws:sts::${AWS_ACCOUNT}:assumed-role/${of}/${name} in eu-west-1`;
}

/** The identity of a user. */
export function user(name: string): string {
  return `arn:aws:iam::${AWS_ACCOUNT}:user/${name} in eu-west-1`;
}

export function role(name: string): string {
  return `arn:aws:iam::${AWS_ACCOUNT}:role/${name}`;
}

/** The device whose code is 123456. */
export const MFA_SERIAL: string = `arn:aws:iam::${AWS_ACCOUNT}:mfa/app`;

/** Opens, reads one secret, and says as whom. */
export async function whoReads(options: AwsOptions, lent: Lent, path = "app/api-key"): Promise<string | undefined> {
  return withSession(options, lent, async (opened) => {
    await opened.read(locator(path), context());
    return opened.identity;
  });
}

/** What the user is told: the code, and the command that mends it. */
export async function told(call: Promise<unknown>): Promise<readonly [string, string | undefined]> {
  const { code, details } = await refused(call);
  return [code, details.hint];
}
