import type { Answer, Backend, Call, Description } from "../kit/backend.ts";
import { refusal } from "./answers.ts";
import { type Ask, toAsk } from "./ask.ts";
import { authenticate, signer } from "./authenticate.ts";
import { container, metadata } from "./platforms.ts";
import { portal, renewLogin, signIn } from "./portal.ts";
import { READING, secretsManager } from "./secretsmanager.ts";
import type { AwsState } from "./state.ts";
import { sts } from "./sts.ts";

/** All services at one address, as a custom endpoint has them. */
export function awsBackend(state: AwsState): Backend {
  return {
    describe: (call) => describe(call, state),
    answer: (call) => answer(toAsk(call), state),
    throttled: (call) => {
      const { wire } = toAsk(call);
      return refusal(wire, 400, wire === "query" ? "Throttling" : "ThrottlingException", "Rate exceeded");
    },
    failure: (call, status) =>
      refusal(toAsk(call).wire, status, FAILURES[status] ?? "InternalServiceError", "It failed."),
  };
}

const FAILURES: Readonly<Record<number, string>> = { 503: "ServiceUnavailable" };

function answer(ask: Ask, state: AwsState): Answer {
  switch (ask.service) {
    case "secretsmanager": {
      if (!READING.has(ask.operation))
        return refusal("json", 500, "InternalServiceError", "writing calls are refused here");
      const asker = authenticate(ask, state);
      return "status" in asker ? asker : secretsManager(ask, asker, state);
    }
    case "sts":
      return sts(ask, state);
    case "sso":
      return portal(ask, state);
    case "oidc":
      return signIn(ask, state);
    case "signin":
      return renewLogin(ask, state);
    case "container":
      return container(ask, state);
    case "imds":
      return metadata(ask, state);
    case "none":
      return { status: 404 };
  }
}

function describe(call: Call, state: AwsState): Description {
  const ask = toAsk(call);
  const signed = call.headers.authorization?.startsWith("AWS4-") === true;
  return {
    route: `${ask.service}.${ask.operation}`,
    credential: signed ? (signer(ask, state)?.label ?? "unknown") : "none",
    write: ask.service === "secretsmanager" && !READING.has(ask.operation),
  };
}
