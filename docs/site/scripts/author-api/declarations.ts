import ts from "typescript";

/** A declaration as authors read it: with its comment, without its body. */
export function shown(node: ts.Declaration): string {
  if (ts.isFunctionDeclaration(node)) return `${commentOf(node)}function ${node.name?.text ?? ""}${signature(node)};`;
  if (ts.isVariableDeclaration(node))
    return `${commentOf(node.parent.parent)}const ${node.getText()};`.replace(VALUE, ";");
  if (ts.isClassDeclaration(node)) return classText(node);
  return `${commentOf(node)}${node.getText()}`.replace(/^(export |declare )+/m, "");
}

const VALUE = / = [^]*;$/;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, "  ");

/** The comment before a declaration, at the left, with a final newline. */
function commentOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const [from, to] = [node.getStart(source, true), node.getStart(source)];
  // The last one: the first declaration of a file has the file's own comment before it.
  const comment =
    source.text
      .slice(from, to)
      .split(/(?<=\*\/)\s*(?=\/\*\*)/)
      .at(-1) ?? "";
  const text = comment.replaceAll(/^ +(?=\*)/gm, " ").trim();
  return text === "" ? "" : `${text}\n`;
}

function signature({ typeParameters, parameters, type }: ts.SignatureDeclaration): string {
  const generics = typeParameters === undefined ? "" : `<${typeParameters.map((one) => one.getText()).join(", ")}>`;
  const line = `${generics}(${parameters.map(parameter).join(", ")})${type === undefined ? "" : `: ${type.getText()}`}`;
  return line.length <= 100
    ? line
    : `${generics}(\n${indented(parameters.map((one) => `${parameter(one)},\n`).join(""))})${type === undefined ? "" : `: ${type.getText()}`}`;
}

/** What is taken apart is called by its type. */
function parameter({ name, type, questionToken, dotDotDotToken, initializer }: ts.ParameterDeclaration): string {
  const typed = type?.getText() ?? "unknown";
  const isNamed = type !== undefined && ts.isTypeReferenceNode(type);
  const [called = "options"] = !isNamed ? [] : (/[A-Z]\w*(?=[^\w<]|$)/.exec(typed) ?? []);
  const own = ts.isIdentifier(name) ? name.text : `${called.charAt(0).toLowerCase()}${called.slice(1)}`;
  const optional = questionToken !== undefined || initializer !== undefined ? "?" : "";
  return `${dotDotDotToken === undefined ? "" : "..."}${own}${optional}: ${typed}`;
}

function classText(node: ts.ClassDeclaration): string {
  const heritage = node.heritageClauses?.map((one) => ` ${one.getText()}`).join("") ?? "";
  const members = node.members.flatMap((member) => {
    if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return [];
    return [indented(`${commentOf(member)}${memberText(member)}`)];
  });
  return `${commentOf(node)}class ${node.name?.text ?? ""}${heritage} {\n${members.join("\n")}\n}`;
}

function memberText(member: ts.ClassElement): string {
  if (ts.isConstructorDeclaration(member)) return `constructor${signature(member)};`;
  const name = member.name?.getText() ?? "";
  if (ts.isGetAccessor(member)) return `readonly ${name}: ${member.type?.getText() ?? ""};`;
  if (ts.isMethodDeclaration(member)) return `${name}${signature(member)};`;
  const { type, initializer } = member as ts.PropertyDeclaration;
  return `readonly ${name}: ${type?.getText() ?? initializer?.getText() ?? "unknown"};`;
}
