import { expect, it } from "vitest";
import { locationOf, usualLocation } from "../../src/internal.ts";
import { definePlugin, defineOptions, defineProvider, type Provider, type VaultLocation } from "../../src/provider.ts";
import { ManualClock } from "../clock.ts";

interface Options {
  readonly url?: string;
  readonly caFile?: string;
}

const clock = new ManualClock();
const { signal } = new AbortController();
const env = { ACME_URL: "https://acme.test", OTHER: "vlcanary-other" };

function ask(where: Provider["where"], options: object = { url: "https://a.test" }): Promise<VaultLocation> {
  const plugin = definePlugin<Options>({
    name: "acme",
    title: "Acme",
    options: defineOptions<Options>({
      url: { type: "string", description: "Where it is." },
      caFile: { type: "string", description: "Certificates." },
    }),
    create: () =>
      defineProvider({
        ...{ name: "acme", envVariables: ["ACME_*"] },
        open: () => Promise.reject(new Error("Nobody opens it.")),
        ...(where && { where }),
      }),
  });
  const definition = { provider: "acme", options: { ...options }, load: async () => plugin };
  return locationOf("ex", definition, { clock, env, signal });
}

it("a provider says it by the variables that it declared, and sees no others", async () => {
  const told = await ask(async ({ env: lent }) => ({
    facts: [{ what: "names", value: Object.keys(lent).join(), variable: "ACME_URL" }],
    address: lent["ACME_URL"],
    caFile: "/ca.pem",
  }));
  expect(told).toEqual({
    facts: [{ what: "names", value: "ACME_URL", variable: "ACME_URL" }],
    address: "https://acme.test/",
    caFile: "/ca.pem",
  });
});

it("the fact that is called address is where requests go, unless the provider says another", async () => {
  const facts = [{ what: "address", value: "https://a.test" }];
  expect((await ask(async () => ({ facts }))).address).toBe("https://a.test/");
  expect((await ask(async () => ({ facts, address: "https://b.test" }))).address).toBe("https://b.test/");
  expect((await ask(async () => ({ facts: [{ what: "address", value: "socket:/a" }] }))).address).toBeUndefined();
});

it("a user and a password in an address are shown nowhere", async () => {
  const address = "https://user:vlcanary-password@a.test/x";
  const told = await ask(async () => ({ facts: [{ what: "address", value: address }], address }));
  expect(told).toEqual({ facts: [{ what: "address", value: "https://a.test/x" }], address: "https://a.test/x" });
});

const USUAL = { facts: [{ what: "url", value: "https://a.test" }], address: "https://a.test/" };

it.each<[string, Provider["where"], object?]>([
  ["does not say it", undefined],
  ["throws", () => Promise.reject(new Error("vlcanary-thrown"))],
  ["says something else", async () => ({ facts: "here" }) as unknown as VaultLocation],
  ["does not take its options", async () => ({ facts: [] }), { url: "https://a.test", ulr: "x" }],
])("options of the usual names say it where a provider %s", async (_what, where, options) => {
  expect(await ask(where, options)).toEqual(USUAL);
});

it("options of the usual names say it where a provider does not answer within two seconds", async () => {
  const asked = Promise.withResolvers<undefined>();
  const told = ask(() => {
    asked.resolve(undefined);
    return new Promise(() => {});
  });
  await asked.promise;
  await clock.pass(5_000);
  expect(await told).toEqual(USUAL);
});

it("what has not the form of a fact is left out", async () => {
  const facts = [null, "x", { what: "region" }, { what: "region", value: 3 }, { what: "region", value: "r" }];
  expect(await ask(async () => ({ facts }) as VaultLocation)).toEqual({ facts: [{ what: "region", value: "r" }] });
});

it("the usual options: address first, no credential, and the file of certificates", () => {
  const options = { region: "r", url: "https://a.test", token: "vlcanary-token", caFile: "/ca.pem", account: 7 };
  expect(usualLocation(options)).toEqual({
    facts: [
      { what: "url", value: "https://a.test" },
      { what: "region", value: "r" },
    ],
    address: "https://a.test/",
    caFile: "/ca.pem",
  });
});

it("a provider that loads after two seconds is asked nothing any more", async () => {
  const loading = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  let asked = 0;
  const create = (): Provider => {
    asked++;
    return defineProvider({ name: "acme", open: () => Promise.reject(new Error("Nobody opens it.")) });
  };
  const plugin = definePlugin({ name: "acme", title: "Acme", options: defineOptions<object>({}), create });
  const load = async (): Promise<typeof plugin> => {
    loading.resolve();
    await going.promise;
    return plugin;
  };
  const told = locationOf("ex", { provider: "acme", options: {}, load }, { clock, env, signal });
  await loading.promise;
  await clock.pass(5_000);
  expect(await told).toEqual({ facts: [] });
  going.resolve();
  await clock.pass(0);
  expect(asked).toBe(0);
});
