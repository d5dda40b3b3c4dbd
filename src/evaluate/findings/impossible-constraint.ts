import { firstIsGood } from '../check/battery.ts';
import type { ComposeValue } from '../check/finding.ts';
import type { FindingRule } from '../check/rule.ts';
import type { Subject } from '../check/subject.ts';

export const impossibleConstraint: FindingRule = {
  code: 'impossible-constraint',
  question: 'Q25',
  rule: 'A constraint compares a key that Swarm knows with what the node reports, letter by letter; for any other key no node matches, with `!=` neither.',
  find(subject) {
    const constraints = subject.spec.task.placement?.constraints ?? [];
    for (const [index, text] of constraints.entries()) {
      const doubt = doubtOf(text, constraints.slice(0, index));
      if (doubt) return foundAt(subject, index, text, doubt);
    }
    return undefined;
  },
};

interface Doubt {
  readonly why: string;
  /** What is probably meant. */
  readonly instead?: string;
}

/** What nodes report, by what people write. */
const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** (swarmkit manager/constraint/constraint.go, NodeMatches) */
function doubtOf(text: string, earlier: readonly string[]): Doubt | undefined {
  const { key, operator, value } = partsOf(text);
  const lower = key.toLowerCase();
  if (!isKnown(lower)) return { why: `Swarm does not know the key ${key}` };
  if (lower === 'node.ip' && !isAddress(value)) return { why: `${value} is no address and no range of them` };
  if (operator === '!=') return undefined;
  if (value.includes('*')) return { why: 'a * stands for itself' };
  const reported = lower === 'node.platform.arch' ? ARCHITECTURES[value] : undefined;
  if (reported !== undefined) {
    return { why: `nodes report ${reported}`, instead: `node.platform.arch==${reported}` };
  }
  if (lower === 'node.role' && !/^(manager|worker)$/i.test(value)) return { why: 'a role is manager or worker' };
  const rival = earlier.map(partsOf).find((other) => other.key === key && other.operator === '==');
  if (rival && rival.value !== value) return { why: `another constraint wants ${rival.value}, and all have to hold` };
  return undefined;
}

/** One that is none matches nothing, not even with `!=`. */
function isAddress(value: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/.test(value) || /^[\da-f]*:[\da-f:.]*(\/\d{1,3})?$/i.test(value);
}

const KEYS: readonly string[] = [
  'node.id',
  'node.hostname',
  'node.ip',
  'node.role',
  'node.platform.os',
  'node.platform.arch',
];

function isKnown(key: string): boolean {
  return KEYS.includes(key) || key.startsWith('node.labels.') || key.startsWith('engine.labels.');
}

function partsOf(text: string): { readonly key: string; readonly operator: string; readonly value: string } {
  const [, key = '', operator = '', value = ''] = /^(.*?)\s*(==|!=)\s*(.*)$/s.exec(text.trim()) ?? [];
  return { key, operator, value };
}

function foundAt(
  subject: Subject,
  index: number,
  text: string,
  { why, instead }: Doubt,
): ReturnType<FindingRule['find']> {
  const path = ['deploy', 'placement', 'constraints'];
  const at = [...path, index];
  const { file } = subject.positionOf(...at);
  // Lists of several files are joined in their order.
  const inFile = subject.spec.task
    .placement!.constraints!.slice(0, index)
    .filter((_, before) => subject.positionOf(...path, before).file === file).length;
  const value: ComposeValue | undefined = instead;
  return {
    severity: 'problem',
    message: `No node can match ${text}: ${why}.`,
    at,
    fix: {
      text: instead ?? `take ${text} out`,
      patch: {
        kind: 'edit',
        file,
        path: ['services', subject.name, ...path, inFile],
        ...(value !== undefined && { value }),
      },
    },
    shownBy: firstIsGood,
  };
}
