import { describe, expect, it } from "vitest";
import { onePassword, type OnePasswordOptions } from "../src/index.ts";
import { context, refused } from "./support.ts";

async function refusalOf(options: unknown): Promise<readonly (string | undefined)[]> {
  const { code, details, message } = await refused((async () => onePassword(options as OnePasswordOptions))());
  return [code, message, details.hint];
}

const HOST = "export OP_CONNECT_HOST=https://connect.example.com";

describe("options are refused", () => {
  it.each([
    [{ auth: { method: "desktop" } }, '"auth.account"'],
    [{ auth: { method: "desktop", account: "a\nb" } }, '"auth.account"'],
    [{ auth: { method: "desktop", account: "me", token: "vlcanary-t" } }, '"auth.token" is not for'],
    [{ auth: { method: "connect", account: "me" } }, '"auth.account" is not for'],
    [{ auth: { host: "https://connect.example.com" } }, '"auth.host" is not for'],
    [{ auth: { method: "connect", host: "connect.example.com" } }, '"auth.host" must be a URL'],
    [{ auth: { method: "connect", host: "http://connect.example.com" } }, "must begin with https"],
    [{ auth: { method: "connect", host: "https://me:vlcanary-pass@connect.example.com" } }, "a host and a path"],
    [{ auth: { method: "connect", host: "https://connect.example.com/?token=vlcanary-t" } }, "a host and a path"],
    [{ auth: { method: "connect", host: "http://169.254.169.254" } }, "metadata service"],
  ])("%#: what cannot be meant, with a sentence that shows no value", async (options, part) => {
    const [code, message] = await refusalOf(options);
    expect(code).toBe("invalid_config");
    expect(message).toContain(part);
    expect(message).not.toContain("vlcanary-");
  });

  it.each([
    "https://connect.example.com",
    "https://connect.example.com/op/",
    "http://127.0.0.1:8080",
    "http://[::1]:1",
  ])("not for the address %s", (host) => {
    expect(onePassword({ auth: { method: "connect", host } }).name).toBe("1password");
  });
});

describe("a Connect server's", () => {
  const open = (env: Readonly<Record<string, string>>): Promise<unknown> =>
    onePassword({ auth: { method: "connect" } }).open(context({ env }));

  it("is asked without a method where only its variables are there (F7)", async () => {
    const error = await refused(
      onePassword().open(context({ env: { OP_CONNECT_HOST: "http://127.0.0.1:9", OP_CONNECT_TOKEN: "a b" } })),
    );
    expect(error.message).toBe("This is not the token of a 1Password Connect server.");
  });

  it("is named where there is no token of a service account either, unless one was asked for (F7)", async () => {
    const env = { OP_CONNECT_HOST: "http://127.0.0.1:9" };
    expect((await refused(onePassword().open(context({ env })))).message).toBe(
      "There is no token of a 1Password service account. For a Connect server set OP_CONNECT_HOST and OP_CONNECT_TOKEN; auth.method names another way.",
    );
    const chosen = onePassword({ auth: { method: "service-account" } });
    const both = { ...env, OP_CONNECT_TOKEN: "a b" };
    expect((await refused(chosen.open(context({ env: both })))).message).toBe(
      "There is no token of a 1Password service account.",
    );
  });

  it.each([
    [{}, "invalid_config", HOST],
    [{ OP_CONNECT_HOST: "http://connect.example.com", OP_CONNECT_TOKEN: "t" }, "invalid_config", HOST],
    [{ OP_CONNECT_HOST: "http://127.0.0.1:9" }, "unauthenticated", "export OP_CONNECT_TOKEN=…"],
    [
      { OP_CONNECT_HOST: "http://127.0.0.1:9", OP_CONNECT_TOKEN: "a b" },
      "unauthenticated",
      "export OP_CONNECT_TOKEN=…",
    ],
    [
      { OP_CONNECT_HOST: "https://127.0.0.1:9", OP_CONNECT_TOKEN: "t", NODE_EXTRA_CA_CERTS: "/nowhere.pem" },
      "invalid_config",
      undefined,
    ],
  ])("%#: host, token or certificates are missed before anything is sent", async (env, code, hint) => {
    const error = await refused(open(env));
    expect([error.code, error.details.hint]).toEqual([code, hint]);
  });
});
