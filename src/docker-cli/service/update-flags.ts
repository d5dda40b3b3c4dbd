import { type FlagSpec, flag } from '../flags/flag.ts';
import { labels, list, text, toggle, variables, words } from '../flags/types.ts';
import { commonFlags } from './common-flags.ts';
import { mount } from './flag-types/mount.ts';
import { network } from './flag-types/network.ts';
import { extraHosts, genericResources, ipAddresses, preference, searchDomains, ulimit } from './flag-types/others.ts';
import { port } from './flag-types/port.ts';
import { config, secret } from './flag-types/reference.ts';

export const updateFlags: readonly FlagSpec[] = [
  ...commonFlags,
  flag('args', words, 'Service command args'),
  flag('config-add', config, 'Add or update a config file on a service', { since: '1.30' }),
  flag('config-rm', list(), 'Remove a configuration file', { since: '1.30' }),
  flag('constraint-add', list(), 'Add or update a placement constraint'),
  flag('constraint-rm', list(), 'Remove a constraint'),
  flag('container-label-add', labels, 'Add or update a container label'),
  flag('container-label-rm', list(), 'Remove a container label by its key'),
  flag('dns-add', ipAddresses, 'Add or update a custom DNS server', { since: '1.25' }),
  flag('dns-option-add', list(), 'Add or update a DNS option', { since: '1.25' }),
  flag('dns-option-rm', list(), 'Remove a DNS option', { since: '1.25' }),
  flag('dns-rm', list(), 'Remove a custom DNS server', { since: '1.25' }),
  flag('dns-search-add', searchDomains, 'Add or update a custom DNS search domain', { since: '1.25' }),
  flag('dns-search-rm', list(), 'Remove a DNS search domain', { since: '1.25' }),
  flag('env-add', variables, 'Add or update an environment variable'),
  flag('env-rm', list(), 'Remove an environment variable'),
  flag('force', toggle, 'Force update even if no changes require it', { since: '1.25' }),
  flag('generic-resource-add', genericResources, 'Add a Generic resource', { since: '1.32' }),
  flag('generic-resource-rm', list(), 'Remove a Generic resource', { since: '1.32' }),
  flag('group-add', list(), 'Add an additional supplementary user group to the container', { since: '1.25' }),
  flag('group-rm', list(), 'Remove a previously added supplementary user group from the container', { since: '1.25' }),
  flag('host-add', extraHosts, 'Add a custom host-to-IP mapping ("host:ip")', { since: '1.25' }),
  flag('host-rm', list(), 'Remove a custom host-to-IP mapping ("host:ip")', { since: '1.25' }),
  flag('image', text, 'Service image tag'),
  flag('label-add', labels, 'Add or update a service label'),
  flag('label-rm', list(), 'Remove a label by its key'),
  flag('mount-add', mount, 'Add or update a mount on a service'),
  flag('mount-rm', list(), 'Remove a mount by its target path'),
  flag('network-add', network, 'Add a network', { since: '1.29' }),
  flag('network-rm', list(), 'Remove a network', { since: '1.29' }),
  flag('placement-pref-add', preference, 'Add a placement preference', { since: '1.28' }),
  flag('placement-pref-rm', preference, 'Remove a placement preference', { since: '1.28' }),
  flag('publish-add', port, 'Add or update a published port'),
  flag('publish-rm', port, 'Remove a published port by its target port'),
  flag('rollback', toggle, 'Rollback to previous specification', { since: '1.25' }),
  flag('secret-add', secret, 'Add or update a secret on a service', { since: '1.25' }),
  flag('secret-rm', list(), 'Remove a secret', { since: '1.25' }),
  flag('sysctl-add', list(), 'Add or update a Sysctl option', { since: '1.40' }),
  flag('sysctl-rm', list(), 'Remove a Sysctl option', { since: '1.40' }),
  flag('ulimit-add', ulimit, 'Add or update a ulimit option (default [])', { since: '1.41' }),
  flag('ulimit-rm', list(), 'Remove a ulimit option', { since: '1.41' }),
];
