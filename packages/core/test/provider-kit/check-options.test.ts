import { expect, expectTypeOf, it } from "vitest";
import {
  checkFileOptions,
  checkPathOption,
  checkSchema,
  checkTaken,
  defineOptions,
  type OptionsOf,
} from "../../src/provider.ts";

const fields = {
  region: { type: "string", description: "Region.", enum: ["eu", "us"] },
  account: { type: "string", description: "Account.", required: true },
  names: { type: "string[]", description: "Names." },
  auth: {
    type: "object",
    description: "Who signs in.",
    fields: {
      token: { type: "string", description: "Token.", writeOnly: true },
      lookup: { type: "boolean", description: "Look up.", default: true },
      port: { type: "integer", description: "Port.", minimum: 1 },
    },
  },
} as const;
type Options = OptionsOf<typeof fields>;

it("derives the options' types from their table", () => {
  expectTypeOf<Options>().toExtend<{
    readonly region?: "eu" | "us";
    readonly account: string;
    readonly names?: readonly string[];
    readonly auth?: { readonly token?: string; readonly lookup?: boolean; readonly port?: number };
  }>();
  const options: Options = { account: "a", auth: { port: 8200 } };
  // @ts-expect-error -- the account is required
  const missing: Options = { region: "eu" };
  // @ts-expect-error -- no such region
  const unknown: Options = { account: "a", region: "mars" };
  const schema = defineOptions<Options>(fields);
  expect(() => checkSchema(schema, options)).not.toThrow();
  expect(() => checkSchema(schema, missing)).toThrow('Option "account" is required.');
  expect(() => checkSchema(schema, unknown)).toThrow('Option "region" must be one of eu, us.');
});

it("refuses what a schema refuses, without its value", () => {
  const schema = defineOptions<Options>(fields);
  const wrong = { account: "a", auth: { token: 5, vlcanaryLongerThanAName: "vlcanary-value" } };
  expect(() => checkSchema(schema, wrong)).toThrow(
    expect.objectContaining({ code: "invalid_config", message: 'Option "auth.token" must be a string.' }),
  );
});

it("refuses an option that the method would ignore", () => {
  expect(() => checkTaken({ method: "token", token: "vlcanary-x" }, "token", ["token"])).not.toThrow();
  expect(() => checkTaken({ token: undefined }, "oidc", [])).not.toThrow();
  expect(() => checkTaken({ token: "vlcanary-x" }, "oidc", ["role"])).toThrow(
    expect.objectContaining({ code: "invalid_config", message: 'Option "auth.token" is not for the method "oidc".' }),
  );
});

it("refuses a path that depends on where the process was started", () => {
  for (const path of [undefined, "/etc/token", "C:\\token"]) expect(() => checkPathOption("file", path)).not.toThrow();
  expect(() => checkPathOption("file", "vlcanary/token")).toThrow('Option "file" must be an absolute path.');
  expect(() => checkPathOption("file", "~/token")).toThrow('Option "file" must be an absolute path.');
  expect(() => checkPathOption("file", "~/token", { home: true })).not.toThrow();
  expect(() => checkPathOption("file", "token", { home: true })).toThrow(
    'Option "file" must be an absolute path, or begin with ~/.',
  );
});

it("refuses such a path in every option that is called a file, and looks at no other", () => {
  const relative = { token: "vlcanary/token", tokenFile: "/etc/token", keyFile: "vlcanary/key", caFile: undefined };
  expect(() => checkFileOptions("auth", relative)).toThrow('Option "auth.keyFile" must be an absolute path.');
  expect(() => checkFileOptions("auth", { ...relative, keyFile: "~/key" }, { home: true })).not.toThrow();
  expect(() => checkFileOptions("auth", { ...relative, keyFile: "C:\\key" })).not.toThrow();
});
