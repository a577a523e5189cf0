import { AWS_ACCOUNT, AWS_OTHER_ACCOUNT, CANARY } from "@vaultlink/stand-ins";
import { findMoto, startMoto } from "@vaultlink/stand-ins/moto";
import { describe, expect, it, onTestFinished } from "vitest";
import { context, type Env, locator, refused, textOf, withSession } from "../support.ts";

const found = findMoto();
const missing = "missing" in found ? found.missing : undefined;

describe.skipIf(missing !== undefined)(`on moto${missing === undefined ? "" : ` (${missing})`}`, () => {
  it("odd names are listed, read and dated; another account is a mismatch", { timeout: 60_000 }, async () => {
    const moto = await startMoto(AWS_ACCOUNT);
    onTestFinished(() => moto.stop());
    const odd = new Map([
      ["/app/lead", "~1app/lead"],
      ["app//twice", "app/~1twice"],
      ["app/tail/", "app/tail~1"],
    ]);
    for (const Name of odd.keys()) await moto.call("CreateSecret", { Name, SecretString: `${CANARY}${Name}` });
    const keys = { AWS_ACCESS_KEY_ID: "AKIAMOTO", AWS_SECRET_ACCESS_KEY: `${CANARY}moto-key` };
    const env: Env = { ...keys, AWS_ENDPOINT_URL: moto.url, AWS_REGION: "eu-west-1" };
    await withSession({}, { env }, async (session) => {
      const paths: string[] = [];
      for await (const entry of session.list?.({ prefix: "" }, context()) ?? []) paths.push(entry.locator.path);
      expect(paths.toSorted()).toEqual([...odd.values()].toSorted());
      for (const [name, path] of odd) {
        const document = await session.read(locator(path), context());
        expect([textOf(document), document.id]).toEqual([`${CANARY}${name}`, expect.stringContaining(name)]);
        expect(await session.version?.(locator(path), context())).toBe(document.version);
      }
    });
    await withSession({ account: AWS_OTHER_ACCOUNT }, { env }, async (session) => {
      expect((await refused(session.read(locator("~1app/lead"), context()))).details.reason).toBe("mismatch");
    });
  });
});
