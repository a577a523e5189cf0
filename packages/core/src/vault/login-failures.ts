/** How deep causes are followed: query builders and pools wrap the error of the driver. */
const DEPTH = 4;

/**
 * SQLSTATE class 28, invalid authorization specification: a wrong password, and a role that does not exist or may not log
 * in. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES_CODES: ReadonlySet<unknown> = new Set(["28P01", "28000"]);
/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html#error_er_access_denied_error */
const MYSQL = { code: "ER_ACCESS_DENIED_ERROR", errno: 1045 };
/**
 * How Redis begins its refusals: of `AUTH`, and of a command before it.
 * https://redis.io/docs/latest/commands/auth/, https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 */
const REDIS = /^(?:WRONGPASS|NOAUTH)\b/;

/** Whether PostgreSQL refused a login, by the error of `pg` or `postgres`: SQLSTATE 28P01 or 28000. */
export function isPostgresLoginFailure(error: unknown): boolean {
  return someCause(error, ({ code }) => POSTGRES_CODES.has(code));
}

/** Whether MySQL or MariaDB refused a login, by the error of `mysql2` or `mysql`: `ER_ACCESS_DENIED_ERROR`, 1045. */
export function isMysqlLoginFailure(error: unknown): boolean {
  return someCause(error, ({ code, errno }) => code === MYSQL.code || errno === MYSQL.errno);
}

/** Whether Redis or Valkey refused a login, by the error of `ioredis` or `redis`: `WRONGPASS` or `NOAUTH`. */
export function isRedisLoginFailure(error: unknown): boolean {
  return someCause(error, ({ message }) => typeof message === "string" && REDIS.test(message));
}

/**
 * Whether a server refused the credentials of an HTTP request: status 401 as `status` or `statusCode` of the error, or of
 * its `response`. https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
 */
export function isHttpLoginFailure(error: unknown): boolean {
  return someCause(error, ({ status, statusCode, response }) =>
    [status, statusCode, fieldsOf(response)["status"], fieldsOf(response)["statusCode"]].includes(401),
  );
}

/** Whether an error, its cause, or one of its errors is what is looked for. */
function someCause(
  error: unknown,
  isMeant: (fields: Readonly<Record<string, unknown>>) => boolean,
  depth = DEPTH,
): boolean {
  if (typeof error !== "object" || error === null || depth === 0) return false;
  const fields = fieldsOf(error);
  const { cause, errors } = fields;
  if (isMeant(fields)) return true;
  const inner: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return [cause, ...inner].some((one) => someCause(one, isMeant, depth - 1));
}

const fieldsOf = (held: unknown): Readonly<Record<string, unknown>> => Object(held) as Record<string, unknown>;
