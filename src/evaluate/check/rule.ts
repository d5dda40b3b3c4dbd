import type { Seed } from '../../sim/index.ts';
import { type ComposeValue, type Finding, type Fix, type Question, SEVERITIES, type Severity } from './finding.ts';
import type { RolloutCase } from './rollout-case.ts';
import type { Subject } from './subject.ts';

/** What a rule has found, before it is told apart from what others have. */
export interface Found {
  readonly severity: Severity;
  readonly message: string;
  /** Where the cause was written, or would be: keys below the service. */
  readonly at?: readonly (string | number)[];
  readonly fix?: Fix;
  /** The case that shows it. */
  readonly shownBy?: RolloutCase;
  /** With which seed. Default: that of the check. */
  readonly seed?: Seed;
}

interface Rule {
  /** Stable, in kebab-case; the name of its page in `docs/findings`. */
  readonly code: string;
  readonly question: Question;
  /** The rule of Swarm behind it, in one sentence. */
  readonly rule: string;
}

/** One thing that is looked for in each service. A new one is a file in `findings` and a line in its index. */
export interface FindingRule extends Rule {
  find(subject: Subject): Found | undefined;
}

/** What no setting of one service decides: it is said once, of the service that shows it best. */
export interface StackRule extends Rule {
  /** Of services that can be updated. */
  find(subjects: readonly Subject[]): (Found & { readonly subject: Subject }) | undefined;
}

/** What a report needs of a finding; without a service it is one of the stack. */
export function findingOf(
  { code, question, rule }: Rule,
  subject: Subject,
  found: Found,
  service = subject.name,
): Finding {
  const { severity, message, at, fix, shownBy, seed = subject.seed } = found;
  return {
    code,
    question,
    severity,
    service,
    message,
    rule,
    ...(at && { at: subject.positionOf(...at) }),
    ...(fix && { fix }),
    docs: pageOf(code),
    ...(shownBy && { evidence: { service: subject.name, rollout: shownBy.id, seed } }),
  };
}

function pageOf(code: string): string {
  return `docs/findings/${code}.md`;
}

/** Worst first; equal ones stay in their order. */
export function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** A fix that one more file brings about: what it says of the service. */
export function override(
  { name, version }: Pick<Subject, 'name' | 'version'>,
  text: string,
  service: ComposeValue,
): Fix {
  return { text, patch: { kind: 'override', content: { version, services: { [name]: service } } } };
}

/** Keys of `update_config` or `rollback_config` with new values. */
export type Settings = { readonly [key: string]: ComposeValue };

export function overrideUpdate(subject: Subject, changes: Settings): Fix {
  return override(subject, settingsText(changes), { deploy: { update_config: changes } });
}

/** `parallelism: 1, delay: 40s`. */
export function settingsText(changes: Settings): string {
  return Object.entries(changes)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
}
