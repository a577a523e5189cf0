import { beforeEach, expect, it, vi } from "vitest";
import { session, told, useFixture, user, whoReads } from "./credentials/fixture.ts";

const fixture = useFixture();

/** This process is somebody else's: `audit`, by keys, profile and files, with an address where nothing answers. */
beforeEach(() => {
  const mine = {
    ...fixture.vault.envOf("audit"),
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_PROFILE: "prod",
    AWS_REGION: "us-east-1",
    AWS_ROLE_SESSION_NAME: "mine",
    AWS_USE_FIPS_ENDPOINT: "true",
    AWS_MAX_ATTEMPTS: "5",
    HOME: fixture.home.path,
  };
  for (const [name, value] of Object.entries(mine)) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
});

it("keys are the caller's", async () => {
  expect(await whoReads({}, { env: fixture.vault.env })).toBe(user("app"));
});

it("profiles are the caller's, also those that take keys from the environment", async () => {
  expect(await whoReads({}, { env: { ...fixture.bare, AWS_PROFILE: "dev" } })).toBe(user("app"));
  const env = { ...fixture.bare, ...fixture.vault.env, AWS_PROFILE: "environment" };
  expect(await whoReads({}, { env }, "reader/only")).toBe(session("reader", "vaultlink"));
});

it("whoever brings nothing has nothing, not even the files of this home", async () => {
  const { AWS_ENDPOINT_URL = "", AWS_REGION = "" } = fixture.bare;
  const env = { AWS_ENDPOINT_URL, AWS_REGION, AWS_EC2_METADATA_DISABLED: "true" };
  expect(await told(whoReads({}, { env }))).toEqual(["unauthenticated", "aws configure sso"]);
  expect(await told(whoReads({ auth: { profile: "dev" } }, { env }))).toEqual([
    "invalid_config",
    "aws configure list-profiles",
  ]);
  expect(fixture.vault.log.count()).toBe(0);
});
