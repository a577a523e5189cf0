import { createVault } from "@vaultlink/core";
import { manualClock } from "@vaultlink/testkit";
import { expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { pick } from "./stand-in-subject.ts";
import { useVault } from "./support.ts";

const server = useVault();
const NAMES = Array.from({ length: 50 }, (_, index) => `NAME_${index}`);

it("signs in once when a token ends under fifty reads, and repeats only those it ended under", async () => {
  for (const name of NAMES) server.vault.put(`secret/app/${name}`, { value: `vlcanary-of-${name}` });
  const { roleId, secretId } = pick(server.vault.credentials, "app").approle;
  let reads = 0;
  // The token ends while half of them are on their way.
  const send: typeof fetch = (input, init) => {
    if (String(input instanceof Request ? input.url : input).includes("/secret/data/app/NAME_") && ++reads === 25) {
      server.vault.revoke("app");
    }
    return fetch(input, init);
  };
  const address = server.vault.url;
  await using vault = createVault({
    connections: { hcv: hashicorp({ address, fetch: send, auth: { method: "approle", roleId, secretId } }) },
    links: Object.fromEntries(NAMES.map((name) => [name, `hcv://secret/app/${name}#value`])),
    env: {},
    limits: { concurrency: 50 },
    // However long a busy machine takes, no read of the session that ends is given up meanwhile.
    clock: manualClock(),
  });
  await vault.get("hcv://secret/app/api#key");
  const outcomes = await vault.getMany(NAMES);
  const values = outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.reveal() : "refused"));
  expect(values).toEqual(NAMES.map((name) => `vlcanary-of-${name}`));
  expect(server.vault.log.count("login.approle")).toBe(2);
  const answered = NAMES.map((name) =>
    server.vault.log.requests.filter(({ path }) => path === `/v1/secret/data/app/${name}`).map(({ status }) => status),
  );
  expect(answered.filter((statuses) => statuses.length > 2)).toEqual([]);
  // Whoever was answered was not asked again.
  expect(answered.every((statuses) => statuses.indexOf(200) === statuses.length - 1)).toBe(true);
  expect(answered.some((statuses) => statuses.length === 2)).toBe(true);
});
