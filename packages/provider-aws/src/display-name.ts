/** Whom an identity stands for, without numbers that nobody knows by heart: `ada as Admin in eu-west-1, account 1111…`. */
export function displayName(identity: string): string {
  const [, arn = "", region = ""] = /^(.*) in ([a-z0-9-]+)$/.exec(identity) ?? [];
  const [, account = "", resource = ""] = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  if (resource === "") return region === "" ? identity : `access keys AWS tells nothing about, in ${region}`;
  const [kind, ...rest] = resource.split("/");
  const session = rest.at(-1) ?? "";
  const who =
    kind === "assumed-role"
      ? `${session} as ${rest[0] ?? ""}`
      : kind === "root"
        ? "the account's root user"
        : `${kind === "user" ? "user" : (kind ?? "")} ${session}`.trim();
  return `${who} in ${region}, account ${account}`;
}
