import { declaredEnv } from "@vaultlink/core/internal";
import { describe, expect, it } from "vitest";
import { memoryPlugin } from "../../test/context.ts";
import { PROVIDERS } from "../providers.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { flagsOf } from "./flags.ts";
import { at, put, refuseSecrets } from "./secrets.ts";

const field = (path: string[], more: Partial<Field> = {}): Field => ({
  ...{ path, type: "string", description: "", envVariables: [], secret: false, required: false },
  ...more,
});
const names = (...fields: Field[]): readonly string[] => flagsOf(fields).map(({ long }) => long);

describe("flags", () => {
  it("come from the schema of the plugin; a credential is read from standard input", () => {
    const flags = flagsOf(fieldsOf(memoryPlugin({})));
    expect(flags.map(({ long }) => long)).toEqual(["--url", "--method", "--role", "--token-stdin"]);
    expect(flags.map(({ attribute }) => attribute)).toEqual(["url", "method", "role", "tokenStdin"]);
  });

  it("have the group's name where their own is taken", () => {
    expect(names(field(["auth", "mount"]), field(["mount"]))).toEqual(["--auth-mount", "--mount"]);
    expect(names(field(["a", "mount"]), field(["b", "mount"]))).toEqual(["--mount", "--b-mount"]);
  });

  it("do not take the names of the command's own", () => {
    expect(names(field(["auth", "json"]), field(["roleId"]))).toEqual(["--auth-json", "--role-id"]);
  });
});

describe("options", () => {
  it("are found and set by path, own members only", () => {
    expect(at({ auth: { role: "x" } }, ["auth", "role"])).toBe("x");
    expect(at({}, ["__proto__", "toString"])).toBe(undefined);
    expect(put({ auth: { role: "x" } }, ["auth", "token"], "y")).toEqual({ auth: { role: "x", token: "y" } });
  });

  it("that are credentials are refused in files by key", () => {
    const plugin = memoryPlugin({});
    expect(() => refuseSecrets(plugin, { auth: { token: "vlcanary-x" } }, "Connection mem")).toThrow(
      'Connection mem holds the credential "auth.token"; no file may.',
    );
    expect(() => refuseSecrets(plugin, { auth: { role: "x" } }, "Connection mem")).not.toThrow();
  });
});

it.each(Object.keys(PROVIDERS))("every variable that an option of %s names is lent to the provider", async (name) => {
  const { plugin } = (await PROVIDERS[name]?.load()) ?? {};
  if (plugin === undefined) throw new Error(`There is no provider ${name}.`);
  const named = fieldsOf(plugin).flatMap(({ envVariables }) => envVariables);
  const env = Object.fromEntries(named.map((variable) => [variable, "set"]));
  expect(named.length).toBeGreaterThan(0);
  expect(declaredEnv(plugin.create({}).envVariables, env)).toEqual(env);
});
