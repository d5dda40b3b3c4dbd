import { DEFAULT_UPDATE_MONITOR, formatDuration } from '../../api/index.ts';
import type { ServiceConfig } from '../model/config.ts';
import type { Diagnostic } from '../problem.ts';
import { DEPRECATED_KEYS, UNSUPPORTED_KEYS } from '../special-keys.ts';
import { originOf } from '../traced.ts';
import type { Loaded } from './loaded.ts';

type Report = (code: Diagnostic['code'], path: readonly (string | number)[], message: string, remedy: string) => void;

/** What Swarm makes of a merged service that its author may not expect. */
export function serviceDiagnostics({ config, origin }: Pick<Loaded, 'config' | 'origin'>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, service] of Object.entries(config.services)) {
    const report: Report = (code, path, message, remedy) => {
      const full = ['services', name, ...path.map(String)];
      found.push({ code, message, remedy, path: full.join('.'), at: originOf(origin, full) });
    };
    checkUpdates(service, report);
    checkHealthCheck(service, report);
    checkIgnoredKeys(service, report);
    checkMounts(service, report);
    if (service.restart && service.deploy?.restart_policy) {
      const message = '`restart` is not used: `deploy.restart_policy` takes its place';
      report('restart-overridden', ['restart'], message, 'remove `restart`');
    }
  }
  return found;
}

function checkUpdates({ deploy }: ServiceConfig, report: Report): void {
  for (const key of ['update_config', 'rollback_config'] as const) {
    const settings = deploy?.[key];
    if (settings?.monitor === 0) {
      const monitor = formatDuration(DEFAULT_UPDATE_MONITOR);
      const message = `\`monitor: 0s\` means ${monitor}: a zero is not sent, and Swarm takes its default`;
      const path = ['deploy', key, 'monitor'];
      report(
        'zero-means-default',
        path,
        message,
        `write \`monitor: ${monitor}\`, or as long as a failure takes to show`,
      );
    }
    if (settings?.parallelism === 0) {
      const message = '`parallelism: 0` means all tasks at once';
      report(
        'zero-means-default',
        ['deploy', key, 'parallelism'],
        message,
        'write how many tasks may change at a time',
      );
    }
  }
  // `rollback_paused` is written and overwritten. (swarmkit manager/orchestrator/update/updater.go, rollbackUpdate)
  if (deploy?.rollback_config?.failure_action === 'rollback') {
    const message = '`rollback` is no action for a rollback: one that fails is not stopped, and ends as `completed`';
    const path = ['deploy', 'rollback_config', 'failure_action'];
    report('rollback-of-rollback', path, message, 'write `pause` or `continue`');
  }
}

const HEALTH_DEFAULTS = { interval: '30s', timeout: '30s', retries: '3', start_interval: '5s' } as const;

function checkHealthCheck({ healthcheck }: ServiceConfig, report: Report): void {
  for (const [key, value] of Object.entries(HEALTH_DEFAULTS)) {
    if (healthcheck?.[key as keyof typeof HEALTH_DEFAULTS] !== 0) continue;
    const message = `\`${key}: 0\` means the image's ${key}, or ${value}`;
    report('zero-means-default', ['healthcheck', key], message, 'write the value that is wanted');
  }
}

/** Keys that docker accepts without a word, although Swarm has no use for them. */
const SILENTLY_IGNORED: Readonly<Record<string, string>> = {
  depends_on: 'Swarm starts services in any order',
  tmpfs: 'only a long volume entry of type tmpfs mounts a tmpfs',
};

function checkIgnoredKeys(service: ServiceConfig, report: Report): void {
  for (const key of Object.keys(service)) {
    // `restart` is announced as unsupported but works.
    if (key === 'restart') continue;
    const reason = SILENTLY_IGNORED[key] ?? DEPRECATED_KEYS[key];
    if (reason !== undefined) report('ignored-key', [key], `\`${key}\` is ignored: ${reason}`, `remove \`${key}\``);
    else if (UNSUPPORTED_KEYS.includes(key)) {
      report('ignored-key', [key], `\`${key}\` is ignored: Swarm does not support it`, `remove \`${key}\``);
    }
  }
  for (const [network, attachment] of Object.entries(service.networks ?? {})) {
    for (const key of ['ipv4_address', 'ipv6_address'] as const) {
      if (!attachment?.[key]) continue;
      const message = `\`${key}\` is ignored: Swarm chooses the addresses of tasks`;
      report('ignored-key', ['networks', network, key], message, `remove \`${key}\``);
    }
  }
}

function checkMounts({ volumes }: ServiceConfig, report: Report): void {
  for (const [index, { source, target = '' }] of (volumes ?? []).entries()) {
    if (source || !/^[a-zA-Z]:/.test(target)) continue;
    const message = `\`${target}\` is taken for a path on a Windows drive, which nodes with Linux refuse to mount`;
    report('drive-letter-volume', ['volumes', index], message, 'give the volume a name of two letters or more');
  }
}
