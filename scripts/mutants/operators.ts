import ts from 'typescript';

/** What becomes of a piece of a file. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A way to be wrong: what it makes of one node of the tree, each edit a mutant of its own. */
export interface Operator {
  readonly name: string;
  edits(node: ts.Node): readonly Edit[];
}

const { SyntaxKind: Kind } = ts;

export const OPERATORS: readonly Operator[] = [
  {
    name: 'comparison',
    edits: (node) =>
      swapped(node, {
        [Kind.LessThanToken]: ['<=', '>='],
        [Kind.LessThanEqualsToken]: ['<', '>'],
        [Kind.GreaterThanToken]: ['>=', '<='],
        [Kind.GreaterThanEqualsToken]: ['>', '<'],
        [Kind.EqualsEqualsEqualsToken]: ['!=='],
        [Kind.ExclamationEqualsEqualsToken]: ['==='],
      }),
  },
  {
    name: 'arithmetic',
    edits: (node) =>
      isOfText(node)
        ? []
        : swapped(node, {
            [Kind.PlusToken]: ['-'],
            [Kind.MinusToken]: ['+'],
            [Kind.AsteriskToken]: ['/'],
            [Kind.SlashToken]: ['*'],
            [Kind.PercentToken]: ['*'],
            [Kind.PlusEqualsToken]: ['-='],
            [Kind.MinusEqualsToken]: ['+='],
          }),
  },
  {
    name: 'boolean operator',
    edits: (node) => {
      if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken)
        return [replace(node, `(${node.operand.getText()})`)];
      return [
        ...swapped(node, { [Kind.AmpersandAmpersandToken]: ['||'], [Kind.BarBarToken]: ['&&'] }),
        ...(isBinary(node, Kind.QuestionQuestionToken) ? [replace(node, `(${node.left.getText()})`)] : []),
      ];
    },
  },
  {
    name: 'condition',
    edits: (node) => {
      if (ts.isIfStatement(node)) return constants(node.expression, 'true', 'false');
      if (ts.isConditionalExpression(node)) return constants(node.condition, 'true', 'false');
      if (ts.isWhileStatement(node)) return constants(node.expression, 'false');
      if (ts.isForStatement(node) && node.condition) return constants(node.condition, 'false');
      return [];
    },
  },
  {
    name: 'statement',
    edits: (node) =>
      ts.isExpressionStatement(node) ||
      ts.isContinueStatement(node) ||
      ts.isBreakStatement(node) ||
      (ts.isReturnStatement(node) && node.expression === undefined)
        ? [replace(node, ';')]
        : [],
  },
  {
    name: 'return value',
    edits: (node) => {
      if (ts.isReturnStatement(node) && node.expression) return constants(node.expression, 'undefined');
      if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return constants(node.body, 'undefined');
      return [];
    },
  },
  {
    name: 'constant',
    edits: (node) => {
      if (ts.isNumericLiteral(node)) return [replace(node, `(${node.getText()} + 1)`)];
      if (node.kind === Kind.TrueKeyword) return [replace(node, 'false')];
      if (node.kind === Kind.FalseKeyword) return [replace(node, 'true')];
      if (ts.isStringLiteral(node) && node.text !== '') return [replace(node, "''")];
      if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return [replace(node, '[]')];
      return [];
    },
  },
  {
    name: 'optional chaining',
    edits: (node) => {
      if (!ts.isOptionalChain(node) || ts.isNonNullChain(node) || node.questionDotToken === undefined) return [];
      return [replace(node.questionDotToken, ts.isPropertyAccessExpression(node) ? '.' : '')];
    },
  },
  {
    name: 'method',
    edits: (node) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
      const { expression: of, name } = node.expression;
      const other = OTHER_METHODS[name.text];
      if (other !== undefined) return [replace(name, other)];
      return UNDONE_METHODS.has(name.text) ? [replace(node, of.getText())] : [];
    },
  },
];

const OTHER_METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  find: 'findLast',
  findLast: 'find',
  floor: 'ceil',
  ceil: 'floor',
};

/** Without the call there is still a list of the same kind. */
const UNDONE_METHODS: ReadonlySet<string> = new Set(['filter', 'sort', 'toSorted', 'reverse', 'slice', 'concat']);

function replace(node: ts.Node, text: string): Edit {
  return { start: node.getStart(), end: node.getEnd(), text };
}

function constants(node: ts.Expression, ...values: readonly string[]): Edit[] {
  return values.filter((value) => value !== node.getText()).map((value) => replace(node, value));
}

/** The same two operands with other operators between them. */
function swapped(node: ts.Node, others: Readonly<Record<number, readonly string[]>>): Edit[] {
  if (!ts.isBinaryExpression(node)) return [];
  return (others[node.operatorToken.kind] ?? []).map((text) => replace(node.operatorToken, text));
}

function isBinary(node: ts.Node, operator: ts.SyntaxKind): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator;
}

/** A sum of texts has no difference. */
function isOfText(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  return [node.left, node.right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
}
