import { type AzureErrorRule, ofPeer } from "./error-rule.ts";

/** What Entra says. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const ENTRA: readonly AzureErrorRule[] = ofPeer("entra", [
  { status: [429], code: "throttled", message: "Entra asks to slow down: too many sign-ins." },
  { numbers: [90055], code: "throttled", message: "Entra is too busy for this sign-in." },
  {
    status: [429],
    genuine: false,
    code: "throttled",
    message: "Something between here and Entra asks to slow down.",
  },
  {
    errors: ["temporarily_unavailable", "server_error"],
    code: "unavailable",
    message: "Entra cannot sign anybody in for the moment.",
  },
  {
    numbers: [90033, 90001, 50196],
    code: "unavailable",
    message: "Entra says that its failure passes by itself.",
  },
  { status: [500, 502, 503, 504], code: "unavailable", message: "Entra failed." },
  {
    status: [500, 502, 503, 504],
    genuine: false,
    code: "unavailable",
    message: "Entra, or a proxy before it, failed without a word.",
  },
  {
    numbers: [90002, 900023, 900021],
    code: "invalid_config",
    message: "Entra knows no such tenant.",
    hint: "az account show --query tenantId",
  },
  {
    numbers: [700016, 700038],
    code: "invalid_config",
    message: "The tenant knows no application with this client id.",
    hint: "az ad app show --id <client-id>",
  },
  {
    numbers: [7000222],
    code: "unauthenticated",
    message: "The client secret has expired.",
    hint: "az ad app credential reset --id <client-id>",
  },
  { numbers: [7000215], code: "unauthenticated", message: "The client secret is wrong.", hint: true },
  {
    numbers: [700027, 700030, 7000214],
    code: "unauthenticated",
    message: "The certificate is not one of the application's.",
    hint: "az ad app credential list --id <client-id> --cert",
  },
  {
    numbers: [700024, 700021],
    code: "unauthenticated",
    message: "The token that vouches for us has expired, or the clocks differ.",
    hint: true,
  },
  {
    numbers: [700211, 700212, 700213, 70021, 700223],
    code: "unauthenticated",
    message: "The application has no federated credential for the platform that vouches for us.",
    hint: "az ad app federated-credential list --id <client-id>",
  },
  {
    errors: ["authorization_declined", "access_denied"],
    code: "aborted",
    message: "The person declined to sign in.",
  },
  {
    errors: ["expired_token", "code_expired"],
    code: "unauthenticated",
    message: "Nobody entered the code in time.",
    hint: true,
  },
  {
    errors: ["invalid_grant", "interaction_required", "login_required", "consent_required"],
    code: "unauthenticated",
    message: "Entra wants the person to sign in again.",
    hint: true,
  },
  { numbers: [], code: "unauthenticated", message: "Entra refuses this sign-in.", hint: true },
  {
    genuine: false,
    code: "unavailable",
    message: "The answer did not come from Entra, but from something in between.",
  },
  { status: [200], code: "unavailable", message: "Entra's answer holds no token." },
  {
    status: [400, 401, 403, 404],
    code: "unavailable",
    message: "Entra refuses without saying why.",
  },
]);
