import { expect, it } from "vitest";
import { defineOptions, definePlugin } from "../../src/provider.ts";
import { HOUR, MINUTE, person, Remote, SECOND, world } from "../fixture.ts";

it.each(["typed when asked", "given by option"])(
  "credentials of a person that were %s are renewed although nobody reads",
  async (how) => {
    const remote = new Remote();
    const options = defineOptions<{ token?: string }>({
      token: { type: "string", description: "A token.", writeOnly: true },
    });
    const plugin = definePlugin({ name: "p", title: "P", options, create: () => remote.provider });
    const { vault, clock } = world({ connections: { c: { provider: "p", load: async () => plugin, options: {} } } });
    const end = (): number => clock.epochMs() + 10 * SECOND;
    const given = how === "given by option";
    // A longer life before says nothing about the credentials of now.
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    await vault.get("X").catch(() => undefined);
    remote.asks = !given;
    remote.login = { identity: "A", expiresAt: end(), renew: async () => ({ identity: "A", expiresAt: end() }) };
    await vault.reauthenticate("c", given ? { credentials: { token: "vlcanary-token" } } : { prompter: person() });
    await clock.pass(5 * MINUTE);
    expect(vault.status().connections[0]?.state).toBe("ready");
  },
);
