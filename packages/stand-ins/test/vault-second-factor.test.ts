import { afterEach, beforeEach, expect, it } from "vitest";
import { startVault, type VaultStandIn } from "../src/index.ts";
import { ask } from "./ask.ts";

/* What a login says that asks for more, as OpenBao 2.7.1 does. */

const PHONE = { name: "phone", type: "totp", passcode: "123456" } as const;

let vault: VaultStandIn;
beforeEach(async () => {
  vault = await startVault();
  vault.set({ secondFactor: { all: [PHONE] } });
});
afterEach(() => vault.stop());

async function logIn(): Promise<Readonly<Record<string, unknown>> | undefined> {
  const password = vault.credentials["app"]?.userpass.password;
  const { status, body } = await ask(vault.url, "POST", "auth/userpass/login/app", { body: { password } });
  expect(status).toBe(200);
  return body?.auth ?? undefined;
}
const validate = (request: string, ...passcodes: readonly string[]) =>
  ask(vault.url, "POST", "sys/mfa/validate", {
    body: { mfa_request_id: request, mfa_payload: { "factor-phone": passcodes } },
  });
const requestOf = (auth: unknown): string =>
  (auth as { mfa_requirement: { mfa_request_id: string } }).mfa_requirement.mfa_request_id;

it("gives no token, but says what it waits for", async () => {
  const auth = await logIn();
  expect(auth).toMatchObject({
    client_token: "",
    mfa_requirement: {
      mfa_constraints: { all: { any: [{ id: "factor-phone", name: "phone", type: "totp", uses_passcode: true }] } },
    },
  });
});

it("gives the token for the right passcode, which it takes once", async () => {
  const first = requestOf(await logIn());
  expect((await validate(first, "000000")).status).toBe(403);
  const granted = await validate(first, "123456");
  expect(granted.body?.auth).toMatchObject({ policies: ["app", "default"], mfa_requirement: null });
  expect((await validate(first, "123456")).status).toBe(400);
  expect((await validate(requestOf(await logIn()), "123456")).status).toBe(403);
});

it("forgets a login that waited for five minutes", async () => {
  const request = requestOf(await logIn());
  vault.clock.advance(300_000);
  expect((await validate(request, "123456")).status).toBe(400);
});
