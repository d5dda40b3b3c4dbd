/** What the loader of Compose files has noticed, as findings. */
import type { Diagnostic, DiagnosticCode } from '../../compose/index.ts';
import type { ComposeValue, Finding, Fix, Patch } from '../check/finding.ts';

const PAGE = 'docs/findings/compose-traps.md';

/** What runs is not what was written. */
const PROBLEMS: ReadonlySet<DiagnosticCode> = new Set([
  'list-appended',
  'override-ignored',
  'entries-collapsed',
  'logging-options-lost',
  'document-ignored',
]);

export function composeTraps(
  diagnostics: readonly Diagnostic[],
  { services, version }: { readonly services: readonly string[]; readonly version: string },
): Finding[] {
  return diagnostics.map((diagnostic): Finding => {
    const { code, message, path, at } = diagnostic;
    const service = services.find((name) => `${path}.`.startsWith(`services.${name}.`)) ?? '';
    const keys = service === '' ? [path] : path.slice(`services.${service}.`.length).split('.');
    return {
      code,
      severity: PROBLEMS.has(code) ? 'problem' : 'warning',
      service,
      message: `${message}.`,
      rule: 'Docker accepts it without a word; `docker stack config` shows what it makes of it.',
      at,
      fix: fixOf(diagnostic, service, keys, version),
      docs: `${PAGE}#${code}`,
    };
  });
}

function fixOf({ code, remedy, at }: Diagnostic, service: string, keys: readonly string[], version: string): Fix {
  const path = service === '' ? keys : ['services', service, ...keys];
  switch (code) {
    case 'ignored-key':
    case 'restart-overridden':
    case 'override-ignored':
    case 'top-level-key-dropped':
      return { text: 'take it out, as it has no effect', patch: { kind: 'edit', file: at.file, path } };
    case 'list-appended':
      return { text: remedy, patch: { kind: 'edit', file: at.file, path } };
    case 'rollback-of-rollback':
      return { text: 'failure_action: pause', patch: override(version, path, 'pause') };
    case 'zero-means-default': {
      const value = DEFAULTS[keys.at(-1)!];
      return value === undefined ? { text: remedy } : { text: remedy, patch: override(version, path, value) };
    }
    default:
      return { text: remedy };
  }
}

/** What a zero means, written out. */
const DEFAULTS: Readonly<Record<string, ComposeValue>> = {
  monitor: '5s',
  interval: '30s',
  timeout: '30s',
  retries: 3,
  start_interval: '5s',
};

function override(version: string, path: readonly string[], value: ComposeValue): Patch {
  const nested = path.reduceRight<ComposeValue>((inner, key) => ({ [key]: inner }), value);
  return { kind: 'override', content: { version, ...(nested as { readonly [key: string]: ComposeValue }) } };
}
