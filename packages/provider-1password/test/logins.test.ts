import { randomBytes } from "node:crypto";
import { CANARY, startOnePassword } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { at, context, textOf, withSession } from "./support.ts";

/*
 * A mistake in how big numbers are padded fails one login in some dozens. Each login computes for a second, so the number
 * is small unless VAULTLINK_TEST_OP_LOGINS asks for more; 100 is what a change of the login or of the SDK deserves.
 */
const LOGINS = Number(process.env["VAULTLINK_TEST_OP_LOGINS"] ?? 25);
/** Keys of another run: VAULTLINK_TEST_OP_LOGIN_SEED. The SDK's own part of each login stays its secret. */
const SEED = process.env["VAULTLINK_TEST_OP_LOGIN_SEED"] ?? randomBytes(8).toString("hex");

it(
  `signs in ${LOGINS} times in a row, each time with keys made anew from the seed ${SEED}`,
  async () => {
    const vault = await startOnePassword({ keys: SEED });
    const failed: string[] = [];
    for (let login = 1; login <= LOGINS; login++) {
      vault.rotate("app");
      await withSession(vault.tokenOf("app"), async (session) => {
        expect(textOf(await session.read(at("Second/alone/password"), context())) === `${CANARY}alone`).toBe(true);
      }).catch(
        (error: unknown) => void failed.push(`${login}: ${error instanceof Error ? error.message : "no error"}`),
      );
    }
    expect(failed, `of ${LOGINS} logins with keys from the seed ${SEED}`).toEqual([]);
    expect(vault.log.count("auth.complete")).toBe(LOGINS);
    await vault.stop();
  },
  LOGINS * 20_000,
);
