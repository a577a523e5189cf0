import { describe, expect, it } from "vitest";
import { at, context, textOf, withSession } from "./support.ts";

/*
 * 1Password has no server that could be started here. Whoever has an account gives a token and a reference
 * (`vault/item/field`) in the environment; without them these tests are skipped, and nothing is shown of the service.
 */
const token = process.env["VAULTLINK_TEST_OP_TOKEN"];
const reference = process.env["VAULTLINK_TEST_OP_REFERENCE"];

describe.skipIf(token === undefined || reference === undefined)(
  "on 1Password itself, with VAULTLINK_TEST_OP_TOKEN and VAULTLINK_TEST_OP_REFERENCE",
  () => {
    it("reads by name, then by id, and knows who asks", async () => {
      await withSession(token ?? "", async (session) => {
        const [first, second] = [
          await session.read(at(reference ?? ""), context()),
          await session.read(at(reference ?? ""), context()),
        ];
        expect([textOf(first) === textOf(second), textOf(first) === ""]).toEqual([true, false]);
        expect(session.identity).toContain("@1passwordserviceaccounts.com at ");
      });
    });
  },
);
