import { expect, it } from "vitest";
import { createCredentialLatch, type ErrorCode, SecretError } from "../../src/provider.ts";

const failing = (code: ErrorCode) => async (): Promise<never> => {
  throw new SecretError(code, "No.", { hint: "vendor login" });
};

it("lets calls through, and gives what they give", async () => {
  const latch = createCredentialLatch();
  expect(await latch(async () => "value")).toBe("value");
});

it("sends nothing more once the credentials were refused, and says so again", async () => {
  const latch = createCredentialLatch();
  let sent = 0;
  await expect(latch(failing("unauthenticated"))).rejects.toMatchObject({ code: "unauthenticated" });
  const again = latch(async () => ++sent);
  await expect(again).rejects.toMatchObject({
    code: "unauthenticated",
    message: "No.",
    details: { hint: "vendor login" },
  });
  expect(sent).toBe(0);
});

it.each<ErrorCode>(["denied", "unavailable", "throttled", "aborted", "not_found"])("goes on after %s", async (code) => {
  const latch = createCredentialLatch();
  await expect(latch(failing(code))).rejects.toMatchObject({ code });
  expect(await latch(async () => "value")).toBe("value");
});

it("goes on after a failure that is not ours", async () => {
  const latch = createCredentialLatch();
  const foreign = async (): Promise<never> => {
    throw Object.assign(new Error("No."), { code: "unauthenticated" });
  };
  await expect(latch(foreign)).rejects.toThrow("No.");
  expect(await latch(async () => "value")).toBe("value");
});

it("is a session's own", async () => {
  await expect(createCredentialLatch()(failing("unauthenticated"))).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await createCredentialLatch()(async () => "value")).toBe("value");
});
