import { expect, it } from "vitest";
import {
  isHttpLoginFailure,
  isMysqlLoginFailure,
  isPostgresLoginFailure,
  isRedisLoginFailure,
} from "../../src/index.ts";

const error = (fields: object, message = "The server's own words."): Error => Object.assign(new Error(message), fields);

it.each([
  ["PostgreSQL: a wrong password", isPostgresLoginFailure, error({ code: "28P01" })],
  ["PostgreSQL: a role that is gone", isPostgresLoginFailure, error({ code: "28000" })],
  ["PostgreSQL, wrapped by a query builder", isPostgresLoginFailure, error({ cause: error({ code: "28P01" }) })],
  ["MySQL, by its name", isMysqlLoginFailure, error({ code: "ER_ACCESS_DENIED_ERROR" })],
  ["MySQL, by its number", isMysqlLoginFailure, error({ errno: 1045 })],
  ["Redis: a wrong password", isRedisLoginFailure, error({}, "WRONGPASS invalid username-password pair")],
  ["Redis: no login", isRedisLoginFailure, error({}, "NOAUTH Authentication required.")],
  ["HTTP, as fetch wrappers say it", isHttpLoginFailure, error({ status: 401 })],
  ["HTTP, as Node's clients say it", isHttpLoginFailure, error({ statusCode: 401 })],
  ["HTTP, with the response", isHttpLoginFailure, error({ response: { status: 401 } })],
  ["one of several attempts", isPostgresLoginFailure, new AggregateError([error({}), error({ code: "28P01" })])],
])("a refused login is known: %s", (_of, isLoginFailure, thrown) => {
  expect(isLoginFailure(thrown)).toBe(true);
});

it.each([
  ["PostgreSQL: a syntax error", isPostgresLoginFailure, error({ code: "42601" })],
  ["PostgreSQL: no permission", isPostgresLoginFailure, error({ code: "42501" })],
  ["MySQL: no such database", isMysqlLoginFailure, error({ code: "ER_BAD_DB_ERROR", errno: 1049 })],
  ["Redis: no permission", isRedisLoginFailure, error({}, "NOPERM this user has no permissions")],
  ["Redis: a value that says so", isRedisLoginFailure, error({}, "ERR unknown command 'WRONGPASS'")],
  ["HTTP: forbidden", isHttpLoginFailure, error({ status: 403 })],
  ["nothing", isHttpLoginFailure, undefined],
  ["a text", isRedisLoginFailure, "WRONGPASS"],
  ["a circle of causes", isHttpLoginFailure, circle()],
])("another failure is none: %s", (_of, isLoginFailure, thrown) => {
  expect(isLoginFailure(thrown)).toBe(false);
});

function circle(): Error {
  const one = error({ status: 500 });
  return Object.assign(one, { cause: one });
}
