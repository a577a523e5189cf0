import { describe, expect, it } from "vitest";
import { defineOptions, type OptionsOf } from "../../src/provider.ts";

interface Options {
  readonly address: string;
  readonly region?: string;
  readonly retries?: number;
  readonly ratio?: number;
  readonly verbose?: boolean;
  readonly scopes?: readonly string[];
  readonly token?: string;
  readonly auth?: { readonly method?: string; readonly secret?: string };
  readonly fetch?: () => void;
}

const schema = defineOptions<Options>({
  address: { type: "string", description: "Where it is.", required: true },
  region: { type: "string", description: "Which part.", enum: ["eu", "us"], default: "eu" },
  retries: { type: "integer", description: "How often.", minimum: 0, maximum: 5 },
  ratio: { type: "number", description: "How much.", minimum: 0 },
  verbose: { type: "boolean", description: "Whether." },
  scopes: { type: "string[]", description: "For what." },
  token: { type: "string", description: "A token.", writeOnly: true },
  auth: {
    type: "object",
    description: "How to sign in.",
    fields: {
      method: { type: "string", description: "Which way.", required: true },
      secret: { type: "string", description: "A secret.", writeOnly: true },
    },
  },
});

/** What is wrong with options; nothing if they are accepted. */
async function issues(given: unknown): Promise<string[]> {
  const result = await schema["~standard"].validate(given);
  return (result.issues ?? []).map(({ message }) => message);
}

describe("options made of a table of fields", () => {
  it.each([
    [{ address: "a" }],
    [{ address: "a", region: "us", retries: 0, ratio: 0.5, verbose: false, scopes: [], token: "vlcanary-t" }],
    [{ address: "a", retries: 5, scopes: ["a", "b"], auth: { method: "m", secret: "vlcanary-s" } }],
    [{ address: "a", region: undefined, fetch: () => undefined }],
  ])("accept what fits: case %#", async (given) => {
    expect(await schema["~standard"].validate(given)).toEqual({ value: given });
  });

  it.each([
    [{}, 'Option "address" is required.'],
    [{ address: undefined }, 'Option "address" is required.'],
    [{ address: "" }, 'Option "address" must be a string.'],
    [{ address: 1 }, 'Option "address" must be a string.'],
    [{ address: "a", region: "mars" }, 'Option "region" must be one of eu, us.'],
    [{ address: "a", retries: 1.5 }, 'Option "retries" must be a whole number from 0 to 5.'],
    [{ address: "a", retries: 6 }, 'Option "retries" must be a whole number from 0 to 5.'],
    [{ address: "a", retries: "1" }, 'Option "retries" must be a whole number from 0 to 5.'],
    [{ address: "a", ratio: -0.1 }, 'Option "ratio" must be a number of at least 0.'],
    [{ address: "a", ratio: Number.NaN }, 'Option "ratio" must be a number of at least 0.'],
    [{ address: "a", verbose: "yes" }, 'Option "verbose" must be true or false.'],
    [{ address: "a", scopes: "a" }, 'Option "scopes" must be a list of strings.'],
    [{ address: "a", scopes: ["a", ""] }, 'Option "scopes" must be a list of strings.'],
    [{ address: "a", auth: "m" }, 'Option "auth" must be an object.'],
    [{ address: "a", auth: [] }, 'Option "auth" must be an object.'],
    [{ address: "a", auth: {} }, 'Option "auth.method" is required.'],
    [{ address: "a", auth: { method: 1 } }, 'Option "auth.method" must be a string.'],
    [{ address: "a", auth: { methd: "m", method: "m" } }, 'Unknown option "methd"; did you mean "method"?'],
    [{ address: "a", adress: "b" }, 'Unknown option "adress"; did you mean "address"?'],
    [{ address: "a", colour: "b" }, 'Unknown option "colour".'],
    [{ address: "a", null: null }, 'Unknown option "null".'],
    ["a", "Options must be an object."],
    [null, "Options must be an object."],
    [[], "Options must be an object."],
  ])("refuse what does not, by name: case %#", async (given, message) => {
    expect(await issues(given)).toEqual([message]);
  });

  it("say all that is wrong at once, and where", async () => {
    const result = await schema["~standard"].validate({ region: "mars", auth: { method: 1 } });
    expect(result.issues?.map(({ path }) => path)).toEqual([["region"], ["auth", "method"], ["address"]]);
  });

  it("never repeat a value, nor a name that could be one", async () => {
    const said = await issues({
      address: { "vlcanary-a": 1 },
      region: "vlcanary-region",
      token: ["vlcanary-token"],
      auth: { method: 7, secret: { "vlcanary-s": 1 } },
      "vlcanary pasted": 1,
      ["vlcanary-".repeat(5)]: 1,
    });
    expect(said).toHaveLength(7);
    expect(said.join("\n")).not.toContain("vlcanary");
  });

  it("take what is inherited for nothing", async () => {
    expect(await issues(Object.create({ address: "a" }))).toEqual(['Option "address" is required.']);
    expect(await issues(JSON.parse('{"address":"a","__proto__":{"x":1}}'))).toEqual(["Unknown option."]);
  });

  it("describe themselves as JSON Schema, secrets as writeOnly", () => {
    expect(schema["~standard"].jsonSchema.input({ target: "draft-2020-12" })).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        address: { type: "string", description: "Where it is." },
        region: { type: "string", description: "Which part.", enum: ["eu", "us"], default: "eu" },
        retries: { type: "integer", description: "How often.", minimum: 0, maximum: 5 },
        ratio: { type: "number", description: "How much.", minimum: 0 },
        verbose: { type: "boolean", description: "Whether." },
        scopes: { type: "array", items: { type: "string" }, description: "For what." },
        token: { type: "string", description: "A token.", writeOnly: true },
        auth: {
          type: "object",
          description: "How to sign in.",
          properties: {
            method: { type: "string", description: "Which way." },
            secret: { type: "string", description: "A secret.", writeOnly: true },
          },
          required: ["method"],
          additionalProperties: false,
        },
      },
      required: ["address"],
      additionalProperties: false,
    });
  });

  it("give each who asks a schema of their own to change", () => {
    const face = schema["~standard"].jsonSchema;
    Object.assign(face.input({ target: "draft-2020-12" }), { properties: {} });
    expect(face.output({ target: "draft-2020-12" })).toHaveProperty("properties.address");
  });
});

it("a sentence alone describes an option that holds a string, in a group too", async () => {
  const fields = {
    url: "Where it is.",
    auth: { type: "object", description: "Who signs in.", fields: { user: "Who." } },
  } as const;
  const short = defineOptions<OptionsOf<typeof fields>>(fields);
  const string = (description: string) => ({ type: "string", description });
  const long = defineOptions<OptionsOf<typeof fields>>({
    url: { type: "string", description: "Where it is." },
    auth: { ...fields.auth, fields: { user: { type: "string", description: "Who." } } },
  });
  const target = { target: "draft-2020-12" } as const;
  expect(short["~standard"].jsonSchema.input(target)).toEqual(long["~standard"].jsonSchema.input(target));
  expect(short["~standard"].jsonSchema.input(target)).toMatchObject({
    properties: { url: string("Where it is."), auth: { properties: { user: string("Who.") } } },
  });
  expect(await short["~standard"].validate({ url: "x", auth: { user: "y" } })).toEqual({
    value: { url: "x", auth: { user: "y" } },
  });
  const wrong = await short["~standard"].validate({ url: 1, auth: { user: "" } });
  expect(wrong.issues?.map(({ message }) => message)).toEqual([
    'Option "url" must be a string.',
    'Option "auth.user" must be a string.',
  ]);
});

it("an option says which variables it comes from, to people and to programs, and nothing of it is checked", async () => {
  const made = defineOptions<{ readonly region?: string; readonly ttl?: number; readonly profile?: string }>({
    region: { type: "string", description: "Where.", envVariables: ["A_REGION", "REGION"], otherwise: "the profile's" },
    ttl: { type: "integer", description: "How long.", envVariables: ["A_TTL"] },
    profile: { type: "string", description: "Which.", otherwise: "the first" },
  });
  expect(made["~standard"].jsonSchema.input({ target: "draft-2020-12" })["properties"]).toEqual({
    region: {
      ...{ type: "string", envVariables: ["A_REGION", "REGION"] },
      description: "Where. Default: A_REGION or REGION, else the profile's.",
    },
    ttl: { type: "integer", description: "How long. Default: A_TTL.", envVariables: ["A_TTL"] },
    profile: { type: "string", description: "Which. Default: the first." },
  });
  expect(await made["~standard"].validate({ region: "x" })).toEqual({ value: { region: "x" } });
});
