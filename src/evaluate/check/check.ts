/** `dryswarm check`: everything that can be said about a stack without being told anything. */
import type { Stack } from '../../compose/index.ts';
import { createSwarm } from '../../swarm/index.ts';
import { deployStack } from '../deploy.ts';
import {
  composeTraps,
  JOB_RULES,
  PLACEMENT_RULES,
  PROGRESS_RULES,
  SERVICE_RULES,
  STACK_RULES,
  UPDATE_RULES,
} from '../findings/index.ts';
import { requireSize } from '../require-size.ts';
import { describeService } from './describe-service.ts';
import type { Evidence, Finding } from './finding.ts';
import type { CheckOptions } from './options.ts';
import { bySeverity, type FindingRule, findingOf } from './rule.ts';
import type { Subject } from './subject.ts';
import { subjectsOf } from './subjects.ts';
import { tokenWriter } from './tokens.ts';

export interface CheckedService {
  /** As the Compose files call it; '' for the stack as a whole. */
  readonly service: string;
  /** Its policy in one line. */
  readonly summary: string;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

export interface CheckResult {
  readonly services: readonly CheckedService[];
  readonly rollouts: number;
  readonly problems: number;
  readonly warnings: number;
}

/**
 * Looks for everything that can be found out from Compose files alone: by rules, and by playing a standard battery of releases
 * and misfortunes with each service.
 *
 * @throws as the control API does, for a stack that Swarm would refuse, and DryswarmError (`too-large`).
 * @example
 * const stack = stackFromCompose([{ name: 'web.yml', content: 'services: {web: {image: nginx}}' }], { namespace: 'shop' });
 * check(stack).services[0]?.findings.map(({ code }) => code); // 'late-failure', ...
 */
export function check(stack: Stack, options: CheckOptions = {}): CheckResult {
  requireAccepted(stack, options);
  const subjects = subjectsOf(stack, options);
  const traps = composeTraps(stack.config.diagnostics, {
    services: subjects.map(({ name }) => name),
    version: stack.config.version,
  });
  const examined = subjects.map((subject) => {
    options.progress?.(subject.name);
    return { subject, ...examine(subject) };
  });
  const services = examined.map(({ subject, findings }) => ({
    service: subject.name,
    summary: describeService(subject),
    findings: withTraps(
      findings,
      traps.filter(({ service }) => service === subject.name),
    ),
  }));
  const sound = examined.filter(({ isSound }) => isSound).map(({ subject }) => subject);
  const whole = [...traps.filter(({ service }) => service === ''), ...stackFindings(sound)].sort(bySeverity);
  const all = whole.length === 0 ? services : [...services, { service: '', summary: '', findings: whole }];
  const found = all.flatMap(({ findings }) => findings);
  return {
    services: options.version === undefined ? all : withTokens(all, tokenWriter(stack, options, options.version)),
    rollouts: subjects.reduce((sum, { played }) => sum + played, 0),
    problems: found.filter(({ severity }) => severity === 'problem').length,
    warnings: found.filter(({ severity }) => severity === 'warning').length,
  };
}

/** The battery plays one service at a time: whether they get along is asked first. */
function requireAccepted(stack: Stack, { scenario }: CheckOptions): void {
  requireSize(stack, scenario?.cluster ?? {});
  deployStack(createSwarm({ trace: { kind: 'off' } }), stack);
}

/** Sound is a service whose update can end, so that more can be asked about updates. */
function examine(subject: Subject): { readonly findings: readonly Finding[]; readonly isSound: boolean } {
  const placement = ask(PLACEMENT_RULES, subject, 'first');
  if (placement.length > 0) return { findings: placement, isSound: false };
  if (subject.isJob) return { findings: ask(JOB_RULES, subject), isSound: false };
  if (subject.replicas === 0) return { findings: [], isSound: false };
  const running = ask(SERVICE_RULES, subject);
  const progress = ask(PROGRESS_RULES, subject);
  const isSound = !progress.some(({ severity }) => severity === 'problem');
  const updates = isSound ? ask(UPDATE_RULES, subject) : [];
  return { findings: [...progress, ...updates, ...running], isSound };
}

function ask(rules: readonly FindingRule[], subject: Subject, how: 'all' | 'first' = 'all'): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const found = rule.find(subject);
    if (!found) continue;
    findings.push(findingOf(rule, subject, found));
    if (how === 'first') break;
  }
  return findings;
}

/** A trap is left out where a finding already says what its place leads to. */
function withTraps(findings: readonly Finding[], traps: readonly Finding[]): Finding[] {
  const isSaid = ({ at }: Finding) =>
    findings.some(
      ({ at: place, severity }) =>
        severity !== 'fine' && place?.file === at?.file && place?.line === at?.line && place?.column === at?.column,
    );
  return [...traps.filter((trap) => !isSaid(trap)), ...findings].sort(bySeverity);
}

function withTokens(services: readonly CheckedService[], tokenOf: (evidence: Evidence) => string): CheckedService[] {
  return services.map((checked) => ({
    ...checked,
    findings: checked.findings.map((finding) =>
      finding.evidence ? { ...finding, token: tokenOf(finding.evidence) } : finding,
    ),
  }));
}

function stackFindings(subjects: readonly Subject[]): Finding[] {
  return STACK_RULES.flatMap((rule) => {
    const found = rule.find(subjects);
    return found ? [findingOf(rule, found.subject, found, '')] : [];
  });
}
