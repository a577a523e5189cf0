import ts from "typescript";

/** What an entry exports under one of its headings, each with what it is made of that has no export of its own. */
export interface Section {
  readonly heading: string;
  readonly declarations: readonly ts.Declaration[];
}

/** The exports of an entry, under the comments between them. What is in `known` is shown elsewhere; what is shown joins it. */
export function sectionsOf(
  entry: ts.SourceFile,
  checker: ts.TypeChecker,
  known: Set<ts.Declaration>,
): readonly Section[] {
  const parts: { heading: string; own: ts.Declaration[] }[] = [];
  for (const statement of entry.statements) {
    const names = namesIn(statement);
    if (names.length === 0) continue;
    const heading = headingBefore(statement, entry);
    if (heading !== undefined || parts.length === 0) parts.push({ heading: heading ?? "Everything", own: [] });
    for (const declaration of names.flatMap((name) => declarationsOf(name, checker))) {
      known.add(declaration);
      parts.at(-1)?.own.push(declaration);
    }
  }
  return parts.map(({ heading, own }) => ({
    heading,
    declarations: own.flatMap((declaration) => [declaration, ...madeOf(declaration, checker, known)]),
  }));
}

/** The names that a statement exports. */
function namesIn(statement: ts.Statement): readonly ts.Node[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map(({ name }) => name)
      : [];
  }
  const isExported =
    ts.isVariableStatement(statement) && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return isExported ? statement.declarationList.declarations.map(({ name }) => name) : [];
}

function headingBefore(statement: ts.Statement, { text }: ts.SourceFile): string | undefined {
  const comments = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
  const last = comments.findLast(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia);
  return (
    last &&
    text
      .slice(last.pos, last.end)
      .replace(/^\/\/ /, "")
      .replace(/\.$/, "")
  );
}

function declarationsOf(name: ts.Node, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** Types of this repository that a declaration names and that have no export of their own: its readers need them, too. */
function madeOf(
  declaration: ts.Declaration,
  checker: ts.TypeChecker,
  known: Set<ts.Declaration>,
): readonly ts.Declaration[] {
  const found: ts.Declaration[] = [];
  const visit = (node: ts.Node): void => {
    // What is done is not shown.
    if (ts.isBlock(node)) return;
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const name = ts.isTypeReferenceNode(node) ? node.typeName : node.expression;
      for (const one of declarationsOf(name, checker)) {
        const isType = ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
        if (!isType || known.has(one) || !one.getSourceFile().fileName.includes("/src/")) continue;
        known.add(one);
        found.push(one, ...madeOf(one, checker, known));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}
