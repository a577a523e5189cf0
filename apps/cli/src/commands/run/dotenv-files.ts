import { stat } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { SecretError } from "@vaultlink/core";
import { closestMatch, schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { readText } from "../../config/read-file.ts";
import { configError } from "../../config/config-error.ts";
import { usage } from "../../failure.ts";
import { NamesFailed } from "../../output/failures.ts";
import { failureOf, type Wanted } from "../../vault/collect.ts";
import { isIdentifier } from "../../vault/identifier.ts";
import type { CliContext } from "../../context.ts";
import { parseEnvText } from "../../env/env-text.ts";

/** What dotenv files give a child. */
export interface DotenvFiles {
  /** Variables whose values are references. */
  readonly references: ReadonlyMap<string, Wanted>;
  /** Variables that are passed on as they are. */
  readonly literals: ReadonlyMap<string, string>;
}

/**
 * Schemes of addresses that programs are commonly given. A value that begins with another one is a reference to a connection,
 * and an error where there is none of that name: a reference is never passed on in place of the secret.
 */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...["http", "https", "ws", "wss", "ftp", "ftps", "sftp", "ssh", "git", "file", "unix", "tcp", "udp", "tls", "ssl"],
  ...["postgres", "postgresql", "mysql", "mariadb", "mssql", "sqlserver", "sqlite", "oracle", "cockroachdb", "jdbc"],
  ...["mongodb", "redis", "rediss", "valkey", "memcached", "cassandra", "clickhouse", "neo4j", "bolt", "influxdb"],
  ...["amqp", "amqps", "mqtt", "mqtts", "nats", "kafka", "stomp", "zookeeper", "consul", "etcd", "grpc", "grpcs"],
  ...["smtp", "smtps", "imap", "imaps", "ldap", "ldaps", "s3", "gs", "gcs", "az", "abfs", "docker", "oci", "npm"],
]);

/** Reads dotenv files, the later over the earlier. Throws for a file that cannot be read, and for a name that fails `check`. */
export async function readDotenvFiles(
  context: CliContext,
  configuration: Configuration,
  files: readonly string[],
  check: (name: string) => void,
): Promise<DotenvFiles> {
  const references = new Map<string, Wanted>();
  const literals = new Map<string, string>();
  for (const file of files) {
    for (const [name, value] of Object.entries(await readDotenvFile(context, file, check))) {
      references.delete(name);
      literals.delete(name);
      const wanted = { key: name, given: value.trim(), name, required: true };
      if (await isReference(context, configuration, name, wanted.given)) references.set(name, wanted);
      else literals.set(name, value);
    }
  }
  return { references, literals };
}

async function readDotenvFile(
  context: CliContext,
  file: string,
  check: (name: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const path = resolvePath(context.cwd, file);
  // What names no file may be anything, and is not repeated.
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const text = isThere ? await readText(path, { uid: context.uid, owned: false, above: false }) : undefined;
  if (text === undefined) throw usage("There is no such file as --dotenv names.", "vaultlink run --help");
  const content = parseEnvText(text);
  const names = Object.keys(content);
  const malformed = names.findIndex((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  // What is no name may be anything, and is not repeated.
  if (malformed >= 0) throw configError(file, `Variable ${malformed + 1} has no name of letters, digits and _.`);
  const failures = names.flatMap((name) => failureOf(name, () => check(name)));
  if (failures.length > 0) throw new NamesFailed(failures);
  return content;
}

async function isReference(
  context: CliContext,
  configuration: Configuration,
  name: string,
  value: string,
): Promise<boolean> {
  const scheme = schemeOf(value);
  const known = [...configuration.connections.keys(), ...configuration.untrusted.keys()];
  if (scheme !== undefined && known.includes(scheme)) return true;
  if (value.includes(":") && (await isIdentifier(context, configuration, value))) return true;
  if (scheme === undefined || ADDRESSES.has(scheme)) return false;
  const near = closestMatch(scheme, known);
  const error = new SecretError(
    "unresolved",
    `Its value begins as a reference does, and there is no such connection${near === undefined ? "." : `; did you mean ${near}://?`}`,
    { reason: "unknown-connection", hint: "vaultlink connect --help, or set it outside the file if it is an address" },
  );
  throw new NamesFailed([{ name, error }]);
}
