/** What sort of credentials were found, or at least looked for: it decides how they are mended. */
export type Via =
  | "keys"
  | "sso"
  | "login"
  | "process"
  | "web-identity"
  | "environment"
  | "container"
  | "instance"
  | "none";
