import { findSource } from "../../src/credentials/sources.ts";
import type { Env } from "../support.ts";

/** What requests would be signed with, under the name of the variable it came from. */
export async function credentialOf(env: Env, name: string): Promise<string | undefined> {
  const nothing = { options: {}, programEnv: {}, settings: {}, transport: {}, region: "eu-west-1", sessionName: "x" };
  const source = findSource({ ...nothing, env } as unknown as Parameters<typeof findSource>[0]);
  const { credentials } = await source({ signal: new AbortController().signal });
  return name === "AWS_SECRET_ACCESS_KEY" ? credentials.secretAccessKey : credentials.sessionToken;
}
