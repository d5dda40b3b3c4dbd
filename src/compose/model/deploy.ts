import { mappingWithEmpty } from '../forms/transforms.ts';
import {
  duration,
  durationReference,
  field,
  list,
  map,
  type RecordShape,
  ratio,
  record,
  section,
  size,
  text,
  whole,
  wholeReference,
} from './shape.ts';

const updateConfig = section([
  field('parallelism', 'Parallelism', wholeReference('uint64')),
  field('delay', 'Delay', duration),
  field('failure_action', 'failure_action', text),
  field('monitor', 'Monitor', duration),
  field('max_failure_ratio', 'max_failure_ratio', ratio),
  field('order', 'Order', text),
]);

const genericResource = record([
  field(
    'discrete_resource_spec',
    'discrete_resource_spec',
    section([field('kind', 'Kind', text), field('value', 'Value', whole('int64'))]),
  ),
]);

const resources = record([
  field(
    'limits',
    'Limits',
    section([field('cpus', 'cpus', text), field('memory', 'memory', size), field('pids', 'pids', whole('int64'))]),
  ),
  field(
    'reservations',
    'Reservations',
    section([
      field('cpus', 'cpus', text),
      field('memory', 'memory', size),
      field('generic_resources', 'generic_resources', list(genericResource)),
    ]),
  ),
]);

/** `services.*.deploy` (cli/compose/types/types.go) */
export const deploy: RecordShape = record([
  field('mode', 'Mode', text),
  field('replicas', 'Replicas', wholeReference('uint64')),
  field('labels', 'Labels', map(text, mappingWithEmpty)),
  field('update_config', 'update_config', updateConfig),
  field('rollback_config', 'rollback_config', updateConfig),
  field('resources', 'Resources', resources),
  field(
    'restart_policy',
    'restart_policy',
    section([
      field('condition', 'Condition', text),
      field('delay', 'Delay', durationReference),
      field('max_attempts', 'max_attempts', wholeReference('uint64')),
      field('window', 'Window', durationReference),
    ]),
  ),
  field(
    'placement',
    'Placement',
    record([
      field('constraints', 'Constraints', list(text)),
      field('preferences', 'Preferences', list(record([field('spread', 'Spread', text)]))),
      field('max_replicas_per_node', 'max_replicas_per_node', whole('uint64')),
    ]),
  ),
  field('endpoint_mode', 'endpoint_mode', text),
]);
