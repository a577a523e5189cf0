import { randomBytes } from "node:crypto";
import { isSecretError } from "@vaultlink/core/provider";
import { startOnePassword } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { at, context, textOf, withSession } from "./support.ts";

/*
 * A mistake in how big numbers are padded fails one login in some dozens. Each login computes for a second, so the number
 * is small unless VAULTLINK_TEST_OP_LOGINS asks for more; 100 is what a change of the login or of the SDK deserves.
 */
const LOGINS = Number(process.env["VAULTLINK_TEST_OP_LOGINS"] ?? 25);
/** Keys of another run: VAULTLINK_TEST_OP_LOGIN_SEED. The SDK's own part of each login stays its secret. */
const SEED = process.env["VAULTLINK_TEST_OP_LOGIN_SEED"] ?? randomBytes(8).toString("hex");

/** What a login with a token came to: the value it can read then, or why there was none. */
async function outcomeOf(token: string): Promise<string> {
  try {
    return await withSession(token, async (session) => textOf(await session.read(at("App/db/username"), context())));
  } catch (error) {
    return isSecretError(error) ? error.message : "no error of ours";
  }
}

it(
  `signs in ${LOGINS} times in a row, with keys made anew each time, from seed ${SEED}`,
  { timeout: LOGINS * 20_000 },
  async () => {
    const vault = await startOnePassword({ keys: SEED });
    const failed: string[] = [];
    for (let login = 1; login <= LOGINS; login++) {
      vault.rotate("app");
      const outcome = await outcomeOf(vault.tokenOf("app"));
      if (outcome !== "app") failed.push(`${login}: ${outcome}`);
    }
    expect(failed, `of ${LOGINS} logins with keys from the seed ${SEED}`).toEqual([]);
    expect(vault.log.count("auth.complete")).toBe(LOGINS);
    await vault.stop();
  },
);
