import {
  methodOfVariables,
  settingOfVariables,
  type SuggestContext,
  type SuggestedMethod,
  type Suggestions,
} from "@vaultlink/core/provider";

/** What the variables of 1Password's own tools hold, and the ways to sign in. */
export async function suggest({ env }: SuggestContext): Promise<Suggestions> {
  const host = { option: "auth.host", label: "Address of the Connect server, e.g. https://connect.example.com" };
  const connect: SuggestedMethod = {
    label: "Connect server",
    options: { "auth.method": "connect" },
    settings: [settingOfVariables(env, host, "OP_CONNECT_HOST")],
  };
  const account: SuggestedMethod = { label: "Service account", options: { "auth.method": "service-account" } };
  return {
    methods: [
      ...methodOfVariables(env, account, "OP_SERVICE_ACCOUNT_TOKEN"),
      ...methodOfVariables(env, connect, "OP_CONNECT_TOKEN"),
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
