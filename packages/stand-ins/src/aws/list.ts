import type { Answer } from "../kit/backend.ts";
import { json, refusal } from "./answers.ts";
import type { Ask } from "./ask.ts";
import type { Credential } from "./principals.ts";
import type { Secret } from "./secrets.ts";
import type { AwsState } from "./state.ts";

interface Filter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

/** `ListSecrets`: metadata of the asker's account, page by page. Names match by their beginning, case-sensitive. */
export function listSecrets(ask: Ask, asker: Credential, state: AwsState): Answer {
  if (!asker.who.list) {
    const message = `User: ${asker.arn} is not authorized to perform: secretsmanager:ListSecrets`;
    return refusal("json", 400, "AccessDeniedException", message);
  }
  const { Filters: given, MaxResults: most, NextToken: token, IncludePlannedDeletion: deleted } = ask.input;
  const filters = Array.isArray(given) ? (given as readonly Filter[]) : [];
  const size = Math.min(typeof most === "number" ? most : 100, state.settings.pageSize);
  const from = typeof token === "string" ? Number(token) : 0;
  const matching = state.secrets.all
    .filter(({ account, deletedAt }) => account === asker.who.account && (deletedAt === undefined || deleted === true))
    .filter((secret) => filters.every((filter) => fits(secret, filter)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const next = from + size;
  return json({
    SecretList: matching.slice(from, next).map(metadataOf),
    NextToken: next < matching.length ? String(next) : undefined,
  });
}

function fits(secret: Secret, { Key: key, Values: values = [] }: Filter): boolean {
  const texts = textsOf(secret, key);
  const held = (value: string): boolean => texts.some((text) => text.startsWith(value));
  const [refused, wanted] = [
    values.filter((value) => value.startsWith("!")),
    values.filter((value) => !value.startsWith("!")),
  ];
  return !refused.some((value) => held(value.slice(1))) && (wanted.length === 0 || wanted.some(held));
}

function textsOf({ name, description = "", tags }: Secret, key: string | undefined): readonly string[] {
  switch (key) {
    case "name":
      return [name];
    case "description":
      return [description];
    case "tag-key":
      return Object.keys(tags);
    case "tag-value":
      return Object.values(tags);
    default:
      return [name, description, ...Object.keys(tags), ...Object.values(tags)];
  }
}

/** What is said of a secret without its value; times in seconds. */
export function metadataOf({ arn, name, description, tags, changedAt, deletedAt }: Secret): object {
  return {
    ARN: arn,
    Name: name,
    Description: description,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    LastChangedDate: changedAt / 1000,
    DeletedDate: deletedAt === undefined ? undefined : deletedAt / 1000,
  };
}
