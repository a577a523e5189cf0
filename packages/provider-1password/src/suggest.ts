import { type SuggestContext, type SuggestedMethod, type Suggestions, variable } from "@vaultlink/core/provider";

/** What the variables of 1Password's own tools hold, and the ways to sign in. */
export async function suggest({ env }: SuggestContext): Promise<Suggestions> {
  const host = variable(env, "OP_CONNECT_HOST");
  const connect: SuggestedMethod = {
    label: "Connect server",
    options: { "auth.method": "connect" },
    settings: [
      {
        ...{ option: "auth.host", label: "Address of the Connect server" },
        ...(host !== undefined && { value: host, source: "OP_CONNECT_HOST" }),
      },
    ],
  };
  const account: SuggestedMethod = { label: "Service account", options: { "auth.method": "service-account" } };
  const found = (method: SuggestedMethod, name: string): readonly SuggestedMethod[] =>
    variable(env, name) === undefined ? [] : [{ ...method, found: `${name} is set` }];
  return {
    methods: [
      ...found(account, "OP_SERVICE_ACCOUNT_TOKEN"),
      ...found(connect, "OP_CONNECT_TOKEN"),
      account,
      {
        label: "Desktop app",
        options: { "auth.method": "desktop" },
        settings: [{ option: "auth.account", label: "Account, as the app's sidebar names it" }],
      },
      connect,
    ],
  };
}
