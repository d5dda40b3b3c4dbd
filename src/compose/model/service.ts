import * as forms from '../forms/transforms.ts';
import { deploy } from './deploy.ts';
import {
  durationReference,
  extras,
  field,
  flag,
  type ListShape,
  list,
  type MapShape,
  map,
  type RecordShape,
  record,
  section,
  text,
  whole,
  wholeReference,
} from './shape.ts';

const stringList = list(text, forms.stringList);
const command: ListShape = { kind: 'list', item: text, transform: forms.shellCommand, merge: 'replace' };
const labels = map(text, forms.mappingWithEmpty);
const variables: MapShape = { ...map(text, forms.mappingWithNull), emptyOverrides: false };
const options = map(text, forms.textMapping);
const hosts = list(text, forms.hostsList);

const build: RecordShape = {
  ...record([
    field('context', 'Context', text),
    field('dockerfile', 'Dockerfile', text),
    field('args', 'Args', variables),
    field('labels', 'Labels', labels),
    field('cache_from', 'cache_from', stringList),
    field('extra_hosts', 'extra_hosts', hosts),
    field('network', 'Network', text),
    field('target', 'Target', text),
  ]),
  transform: forms.buildContext,
};

const healthcheck = section([
  field('test', 'Test', list(text, forms.healthCheckTest)),
  field('timeout', 'Timeout', durationReference),
  field('interval', 'Interval', durationReference),
  field('retries', 'Retries', wholeReference('uint64')),
  field('start_period', 'start_period', durationReference),
  field('start_interval', 'start_interval', durationReference),
  field('disable', 'Disable', flag),
]);

const logging: RecordShape = {
  ...section([field('driver', 'Driver', text), field('options', 'Options', options)]),
  merge: 'logging',
};

const attachment: RecordShape = {
  ...section([
    field('aliases', 'Aliases', list(text)),
    field('driver_opts', 'driver_opts', options),
    field('ipv4_address', 'ipv4_address', text),
    field('ipv6_address', 'ipv6_address', text),
  ]),
  merge: 'attachment',
};

const fileReference: RecordShape = {
  ...record([
    field('source', 'Source', text),
    field('target', 'Target', text),
    field('uid', 'UID', text),
    field('gid', 'GID', text),
    field('mode', 'Mode', wholeReference('uint32')),
  ]),
  transform: forms.fileReference,
};

const port = record([
  field('mode', 'Mode', text),
  field('target', 'Target', whole('uint32')),
  field('published', 'Published', whole('uint32')),
  field('protocol', 'Protocol', text),
]);

const mount: RecordShape = {
  ...record([
    field('type', 'Type', text),
    field('source', 'Source', text),
    field('target', 'Target', text),
    field('read_only', 'read_only', flag),
    field('consistency', 'Consistency', text),
    field('bind', 'Bind', section([field('propagation', 'Propagation', text)])),
    field('volume', 'Volume', section([field('nocopy', 'nocopy', flag), field('subpath', 'subpath', text)])),
    field('tmpfs', 'Tmpfs', section([field('size', 'Size', whole('int64'))])),
  ]),
  transform: forms.serviceMount,
};

const ulimit: RecordShape = {
  ...section([
    field('single', 'Single', whole('int64')),
    field('soft', 'Soft', whole('int64')),
    field('hard', 'Hard', whole('int64')),
  ]),
  transform: forms.ulimit,
  merge: 'replace',
};

function keyed(by: string, item: RecordShape): ListShape {
  return { kind: 'list', item, merge: { by } };
}

/** One service. `oom_score_adj` is missing on purpose: docker's decoder loses it. (cli/compose/types/types.go) */
export const service: RecordShape = record([
  field('build', 'Build', build),
  field('cap_add', 'cap_add', list(text)),
  field('cap_drop', 'cap_drop', list(text)),
  field('cgroupns_mode', 'cgroupns_mode', text),
  field('cgroup_parent', 'cgroup_parent', text),
  field('command', 'Command', command),
  field('configs', 'Configs', keyed('source', fileReference)),
  field('container_name', 'container_name', text),
  field(
    'credential_spec',
    'credential_spec',
    record([field('config', 'Config', text), field('file', 'File', text), field('registry', 'Registry', text)]),
  ),
  field('depends_on', 'depends_on', list(text)),
  field('deploy', 'Deploy', deploy),
  field('devices', 'Devices', list(text)),
  field('dns', 'DNS', stringList),
  field('dns_search', 'dns_search', stringList),
  field('domainname', 'domainname', text),
  field('entrypoint', 'Entrypoint', command),
  field('environment', 'Environment', variables),
  field('env_file', 'env_file', stringList),
  field('expose', 'Expose', list(text, forms.stringOrNumberList)),
  field('external_links', 'external_links', list(text)),
  field('extra_hosts', 'extra_hosts', hosts),
  field('hostname', 'Hostname', text),
  field('healthcheck', 'HealthCheck', healthcheck),
  field('image', 'Image', text),
  field('init', 'Init', { kind: 'flag', isReference: true }),
  field('ipc', 'Ipc', text),
  field('isolation', 'isolation', text),
  field('labels', 'Labels', labels),
  field('links', 'Links', list(text)),
  field('logging', 'Logging', logging),
  field('mac_address', 'mac_address', text),
  field('network_mode', 'network_mode', text),
  field('networks', 'Networks', map(attachment, forms.serviceNetworks)),
  field('pid', 'Pid', text),
  field('ports', 'Ports', { ...keyed('published', port), transform: forms.servicePorts }),
  field('privileged', 'Privileged', flag),
  field('read_only', 'read_only', flag),
  field('restart', 'Restart', text),
  field('secrets', 'Secrets', keyed('source', fileReference)),
  field('security_opt', 'security_opt', list(text)),
  field('shm_size', 'shm_size', text),
  field('stdin_open', 'stdin_open', flag),
  field('stop_grace_period', 'stop_grace_period', durationReference),
  field('stop_signal', 'stop_signal', text),
  field('sysctls', 'Sysctls', labels),
  field('tmpfs', 'Tmpfs', stringList),
  field('tty', 'tty', flag),
  field('ulimits', 'Ulimits', map(ulimit)),
  field('user', 'User', text),
  field('userns_mode', 'userns_mode', text),
  field('volumes', 'Volumes', keyed('target', mount)),
  field('working_dir', 'working_dir', text),
  field('extras', 'Extras', extras),
]);
