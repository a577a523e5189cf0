import { describe, expect, it } from "vitest";
import { withConnect } from "./connect/support.ts";
import { at, context, textOf, withSession } from "./support.ts";

/*
 * 1Password has no server that could be started here. Whoever has an account gives a token and a reference
 * (`vault/item/field`) in the environment; without them these tests are skipped, and nothing is shown of the service.
 * A Connect server's host and token go into variables of their own.
 */
const token = process.env["VAULTLINK_TEST_OP_TOKEN"];
const reference = process.env["VAULTLINK_TEST_OP_REFERENCE"];
const connectHost = process.env["VAULTLINK_TEST_OP_CONNECT_HOST"];
const connectToken = process.env["VAULTLINK_TEST_OP_CONNECT_TOKEN"];

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

describe.skipIf(connectHost === undefined || connectToken === undefined || reference === undefined)(
  "on a Connect server, with VAULTLINK_TEST_OP_CONNECT_HOST, VAULTLINK_TEST_OP_CONNECT_TOKEN and VAULTLINK_TEST_OP_REFERENCE",
  () => {
    it("reads by name, in another case, then by id", async () => {
      const env = { OP_CONNECT_HOST: connectHost ?? "", OP_CONNECT_TOKEN: connectToken ?? "" };
      await withConnect({ env }, async (session) => {
        const read = async (path = ""): Promise<string> => textOf(await session.read(at(path), context()));
        const [first, second] = [await read(reference), await read(reference)];
        const third = await read(reference?.toUpperCase());
        expect([first === second, first === third, first === ""]).toEqual([true, true, false]);
      });
    });
  },
);
