import * as forms from '../forms/transforms.ts';
import { extras, type Field, field, flag, list, map, type RecordShape, record, section, size, text } from './shape.ts';

const labels = map(text, forms.mappingWithEmpty);
const options = map(text, forms.textMapping);
const external: Field = field('external', 'External', { ...flag, transform: forms.external });

const topologies = list(record([field('segments', 'Segments', labels)]));

const clusterVolume = section([
  field('group', 'Group', text),
  field(
    'access_mode',
    'access_mode',
    section([
      field('scope', 'Scope', text),
      field('sharing', 'Sharing', text),
      field(
        'mount_volume',
        'mount_volume',
        section([field('fs_type', 'fs_type', text), field('mount_flags', 'mount_flags', list(text))]),
      ),
      field('block_volume', 'block_volume', section([])),
    ]),
  ),
  field(
    'accessibility_requirements',
    'accessibility_requirements',
    section([field('requisite', 'Requisite', topologies), field('preferred', 'Preferred', topologies)]),
  ),
  field(
    'capacity_range',
    'capacity_range',
    section([field('required_bytes', 'required_bytes', size), field('limit_bytes', 'limit_bytes', size)]),
  ),
  field('secrets', 'Secrets', list(record([field('key', 'Key', text), field('secret', 'Secret', text)]))),
  field('availability', 'Availability', text),
]);

/** An entry of the top-level `networks`. */
export const network: RecordShape = record([
  field('name', 'Name', text),
  field('driver', 'Driver', text),
  field('driver_opts', 'driver_opts', options),
  field(
    'ipam',
    'Ipam',
    record([
      field('driver', 'Driver', text),
      field('config', 'Config', list(section([field('subnet', 'Subnet', text)]))),
    ]),
  ),
  external,
  field('internal', 'Internal', flag),
  field('attachable', 'Attachable', flag),
  field('labels', 'Labels', labels),
  field('extras', 'Extras', extras),
]);

/** An entry of the top-level `volumes`. */
export const volume: RecordShape = record([
  field('name', 'Name', text),
  field('driver', 'Driver', text),
  field('driver_opts', 'driver_opts', options),
  external,
  field('labels', 'Labels', labels),
  field('x-cluster-spec', 'x-cluster-spec', clusterVolume),
  field('extras', 'Extras', extras),
]);

/** An entry of the top-level `secrets` or `configs`. */
export const fileObject: RecordShape = record([
  field('name', 'Name', text),
  field('file', 'File', text),
  external,
  field('labels', 'Labels', labels),
  field('driver', 'Driver', text),
  field('driver_opts', 'driver_opts', options),
  field('template_driver', 'template_driver', text),
  field('extras', 'Extras', extras),
]);
