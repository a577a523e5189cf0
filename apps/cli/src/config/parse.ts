import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { configError, positionAt } from "./config-error.ts";

/** What a parser's code means to the person who mistyped. */
const SENTENCES: Readonly<Record<string, string>> = {
  CloseBraceExpected: "A closing } is missing.",
  CloseBracketExpected: "A closing ] is missing.",
  ColonExpected: "A colon is missing after a key.",
  CommaExpected: "A comma is missing.",
  EndOfFileExpected: "Something follows the closing }.",
  InvalidCharacter: "A text holds a character that must be escaped.",
  InvalidCommentToken: "A comment is not finished.",
  InvalidEscapeCharacter: "A text holds an unknown escape.",
  InvalidNumberFormat: "A number is malformed.",
  InvalidUnicode: "A text holds a malformed \\u escape.",
  PropertyNameExpected: "A key in double quotes is expected here; the last entry has no comma after it.",
  UnexpectedEndOfComment: "A comment is not closed.",
  UnexpectedEndOfNumber: "A number is not finished.",
  UnexpectedEndOfString: "A text is not closed on its line.",
};

/**
 * The syntax tree of JSON with comments. Throws `invalid_config` with line and column of the first mistake, an empty
 * text included, and never quotes what is there: somebody may have pasted a secret.
 */
export function parseJsonc(file: string, text: string): Node {
  const errors: ParseError[] = [];
  // The mark is one unit wide: a space in its place keeps every offset.
  const body = text.startsWith("\ufeff") ? ` ${text.slice(1)}` : text;
  const root = parseTree(body, errors, { allowTrailingComma: false, disallowComments: false });
  if (isBlank(body)) throw configError(file, 'It is empty; the least it may hold is { "version": 1 }.');
  const [first] = errors;
  if (first !== undefined) {
    const sentence = SENTENCES[printParseErrorCode(first.error)] ?? "This is not JSON.";
    throw configError(file, sentence, positionAt(body, first.offset));
  }
  if (root === undefined) throw configError(file, "This is not JSON.");
  return root;
}

/** Whether nothing but space is there. */
const isBlank = (text: string): boolean => text.trim() === "";
