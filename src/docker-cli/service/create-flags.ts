import { type FlagSpec, flag } from '../flags/flag.ts';
import { labels, list, text, variables } from '../flags/types.ts';
import { commonFlags } from './common-flags.ts';
import { mount } from './flag-types/mount.ts';
import { network } from './flag-types/network.ts';
import { extraHosts, genericResources, ipAddresses, preference, searchDomains, ulimit } from './flag-types/others.ts';
import { port } from './flag-types/port.ts';
import { config, secret } from './flag-types/reference.ts';

/** What `service create --help` adds to the flags that both commands have. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'endpoint-mode': '(default "vip")',
  'restart-condition': '(default "any")',
  'restart-delay': '(default 5s)',
  'rollback-delay': '(default 0s)',
  'rollback-failure-action': '(default "pause")',
  'rollback-max-failure-ratio': '(default 0)',
  'rollback-monitor': '(default 5s)',
  'rollback-order': '(default "stop-first")',
  'rollback-parallelism': '(default 1)',
  'stop-grace-period': '(default 10s)',
  'update-delay': '(default 0s)',
  'update-failure-action': '(default "pause")',
  'update-max-failure-ratio': '(default 0)',
  'update-monitor': '(default 5s)',
  'update-order': '(default "stop-first")',
  'update-parallelism': '(default 1)',
};

export const createFlags: readonly FlagSpec[] = [
  ...commonFlags.map((spec) => {
    const fallback = DEFAULTS[spec.name];
    return fallback === undefined ? spec : { ...spec, usage: `${spec.usage} ${fallback}` };
  }),
  flag('config', config, 'Specify configurations to expose to the service', { since: '1.30' }),
  flag('constraint', list(), 'Placement constraints'),
  flag('container-label', labels, 'Container labels'),
  flag('dns', ipAddresses, 'Set custom DNS servers', { since: '1.25' }),
  flag('dns-option', list(), 'Set DNS options', { since: '1.25' }),
  flag('dns-search', searchDomains, 'Set custom DNS search domains', { since: '1.25' }),
  flag('env', variables, 'Set environment variables', { short: 'e' }),
  flag('env-file', list(), 'Read in a file of environment variables'),
  flag('generic-resource', genericResources, 'User defined resources'),
  flag('group', list(), 'Set one or more supplementary user groups for the container', { since: '1.25' }),
  flag('host', extraHosts, 'Set one or more custom host-to-IP mappings (host:ip)', { since: '1.25' }),
  flag('label', labels, 'Service labels', { short: 'l' }),
  flag('mode', text, 'Service mode ("replicated", "global", "replicated-job", "global-job") (default "replicated")'),
  flag('mount', mount, 'Attach a filesystem mount to the service'),
  flag('name', text, 'Service name'),
  flag('network', network, 'Network attachments'),
  flag('placement-pref', preference, 'Add a placement preference', { since: '1.28' }),
  flag('publish', port, 'Publish a port as a node port', { short: 'p' }),
  flag('secret', secret, 'Specify secrets to expose to the service', { since: '1.25' }),
  flag('sysctl', list(), 'Sysctl options', { since: '1.40' }),
  flag('ulimit', ulimit, 'Ulimit options (default [])', { since: '1.41' }),
];
