import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The shapes of successful answers, read off the return types of the controllers, so that OpenAPI can give them and no one writes
 * them down a second time. → apps/api/src/platform/answers.json, which the api serves and the tests hold every answer against.
 */
const ROOT = path.resolve(import.meta.dirname, '..', '..');
const require = createRequire(path.join(ROOT, 'package.json'));
const ts = require('typescript');
const prettier = require('prettier');
const CONTROLLERS = path.join(ROOT, 'apps', 'api', 'src');
const TARGET = path.join(CONTROLLERS, 'platform', 'answers.json');
const ROUTE_DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);
/** Answered as a file or a stream, not as JSON. */
const NOT_JSON = new Set(['StreamableFile']);

const controllers = readdirSync(CONTROLLERS, { recursive: true })
  .filter((file) => file.endsWith('.controller.ts'))
  .map((file) => path.join(CONTROLLERS, file))
  .sort();
const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: controllers }, ts.sys, ROOT);
const program = ts.createProgram(controllers, { ...options, noEmit: true });
const checker = program.getTypeChecker();

const components = {};
const named = new Map();

const isOurs = (symbol) => symbol.declarations?.some((one) => !one.getSourceFile().fileName.includes('node_modules')) === true;
/** A type with a name of its own becomes a component; what the compiler made up is written out in place. */
const nameOf = (type) => {
  const symbol = type.aliasSymbol ?? (type.symbol?.flags & ts.SymbolFlags.Interface ? type.symbol : undefined);
  const hasArguments = (type.aliasTypeArguments ?? checker.getTypeArguments?.(type) ?? []).length > 0;
  return symbol === undefined || hasArguments || !isOurs(symbol) ? null : symbol.name;
};

/** The name by which a declaration refers to a type of ours: an alias of `Readonly<{…}>` keeps its name only there. */
const referredName = (node) => {
  if (node === undefined || !ts.isTypeReferenceNode(node) || node.typeArguments !== undefined) return null;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  const target = symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target !== undefined && target.flags & ts.SymbolFlags.TypeAlias && isOurs(target) ? target.name : null;
};
/** `Promise<X>`, `readonly X[]`, `X | null` → the node of X. */
const inner = (node, ...names) =>
  node !== undefined && ts.isTypeReferenceNode(node) && names.includes(node.typeName.getText()) ? node.typeArguments?.[0] : undefined;
const elementNode = (node) => {
  if (node === undefined) return undefined;
  if (ts.isTypeOperatorNode(node)) return elementNode(node.type);
  if (ts.isParenthesizedTypeNode(node)) return elementNode(node.type);
  return ts.isArrayTypeNode(node) ? node.elementType : inner(node, 'ReadonlyArray', 'Array');
};
const partNode = (node) => {
  if (node === undefined || !ts.isUnionTypeNode(node)) return undefined;
  const parts = node.types.filter((part) => !/^(null|undefined)$/.test(part.getText()));
  return parts.length === 1 ? parts[0] : undefined;
};

const objectOf = (type) => {
  const properties = {};
  const required = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const declared = checker.getTypeOfSymbol(property);
    if (checker.getSignaturesOfType(declared, ts.SignatureKind.Call).length > 0 || property.name.startsWith('__@')) continue;
    const node = property.valueDeclaration?.type;
    properties[property.name] = schemaOf(declared, node);
    const mayBeAbsent =
      (property.flags & ts.SymbolFlags.Optional) !== 0 ||
      (declared.isUnion() && declared.types.some((t) => t.flags & ts.TypeFlags.Undefined));
    if (!mayBeAbsent) required.push(property.name);
  }
  const index = checker.getIndexInfosOfType(type)[0];
  return {
    type: 'object',
    ...(Object.keys(properties).length > 0 ? { properties, required } : {}),
    additionalProperties: index === undefined ? false : schemaOf(index.type),
  };
};

const unionOf = (type, node) => {
  const members = type.types.filter((member) => !(member.flags & ts.TypeFlags.Undefined));
  const isNull = (member) => (member.flags & ts.TypeFlags.Null) !== 0;
  const literals = members.filter((member) => member.isStringLiteral()).map((member) => member.value);
  const isBoolean = members.filter((member) => member.flags & ts.TypeFlags.BooleanLiteral).length === 2;
  const rest = members.filter((m) => !isNull(m) && !m.isStringLiteral() && !(isBoolean && m.flags & ts.TypeFlags.BooleanLiteral));
  const parts = [
    ...(literals.length > 0 ? [{ type: 'string', enum: literals.sort() }] : []),
    ...(isBoolean ? [{ type: 'boolean' }] : []),
    ...rest.map((member) => schemaOf(member, rest.length === 1 ? partNode(node) : undefined)),
    ...(members.some(isNull) ? [{ type: 'null' }] : []),
  ];
  return parts.length === 1 ? parts[0] : { anyOf: parts };
};

const isBranded = (type) =>
  (type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0) &&
  [checker.getStringType(), checker.getNumberType()].some((plain) => checker.isTypeAssignableTo(type, plain));

const bare = (type, node) => {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
  if (flags & ts.TypeFlags.BooleanLiteral) return { type: 'boolean', enum: [checker.typeToString(type) === 'true'] };
  if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
  if (flags & ts.TypeFlags.Null) return { type: 'null' };
  if (type.isUnion()) return unionOf(type, node);
  // A branded string is a string to whoever reads the answer.
  if (isBranded(type)) return { type: checker.isTypeAssignableTo(type, checker.getStringType()) ? 'string' : 'number' };
  if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
  if (checker.isTupleType(type)) return { type: 'array', items: { anyOf: checker.getTypeArguments(type).map((part) => schemaOf(part)) } };
  if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0], elementNode(node)) };
  if (flags & ts.TypeFlags.Object || type.isIntersection()) return objectOf(type);
  throw new Error(`no schema for ${checker.typeToString(type)}`);
};

const schemaOf = (type, node) => {
  const isStructure = type.flags & ts.TypeFlags.Object || type.isIntersection() || type.isUnion();
  const isNullable = type.isUnion() && type.types.some((member) => member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined));
  const name = isStructure && !isNullable && !isBranded(type) && !checker.isArrayType(type) ? (referredName(node) ?? nameOf(type)) : null;
  if (name === null) return bare(type, node);
  const known = named.get(name);
  if (known !== undefined && known !== type) return bare(type);
  if (known === undefined) {
    named.set(name, type);
    components[name] = null;
    components[name] = bare(type);
  }
  return { $ref: `#/components/schemas/${name}` };
};

/** As the api names its operations. */
const operationName = (controller, method) => `${controller[0].toLowerCase()}${controller.slice(1).replace(/Controller$/, '')}_${method}`;

const answers = {};
const visit = (method, controller) => {
  const decorators = (ts.getDecorators(method) ?? []).map((one) => one.expression).filter(ts.isCallExpression);
  if (!decorators.some((one) => ROUTE_DECORATORS.has(one.expression.getText()))) return;
  const returned = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(method));
  const type = checker.getAwaitedType(returned) ?? returned;
  if (NOT_JSON.has(type.symbol?.name) || type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return;
  answers[operationName(controller, method.name.getText())] = schemaOf(type, inner(method.type, 'Promise') ?? method.type);
};
for (const file of controllers)
  program.getSourceFile(file)?.forEachChild((node) => {
    if (ts.isClassDeclaration(node)) node.members.filter(ts.isMethodDeclaration).forEach((method) => visit(method, node.name.text));
  });

const text = JSON.stringify({ answers, components: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))) });
writeFileSync(TARGET, await prettier.format(text, { ...(await prettier.resolveConfig(TARGET)), parser: 'json' }));
console.log(`${Object.keys(answers).length} answers, ${Object.keys(components).length} components → ${path.relative(ROOT, TARGET)}`);
