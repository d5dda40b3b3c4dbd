import { parseBytes } from '../../../api/index.ts';
import { absolutePath } from '../../../go/index.ts';
import { type Mount, mount as mountType } from '../../engine/container-types.ts';
import { CommandFailure, failureText } from '../../failure.ts';
import type { FlagEnvironment, FlagType } from '../../flags/flag.ts';
import { readCsvRecord } from '../../go/csv.ts';
import { readBool, readUint } from '../../go/number.ts';
import { decode, zeroOf } from '../../go/type.ts';

/** A mount, `type=bind,source=/a,target=/b` (docker/cli opts/mount.go). */
export const mount: FlagType<readonly Mount[]> = {
  name: 'mount',
  read: (text, previous = [], environment) => [...previous, readMount(text, environment)],
};

const SWITCHES = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'];

function readMount(text: string, environment: FlagEnvironment): Mount {
  const mount = zeroOf(mountType);
  mount.Type = 'volume';
  for (const field of readCsvRecord(text)) {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
    if (at < 0 && !SWITCHES.includes(key)) {
      throw new CommandFailure(`invalid field '${field}' must be a key=value pair`);
    }
    readOption(mount, { key, field, value: at < 0 ? 'true' : field.slice(at + 1) }, environment);
  }
  check(mount);
  return mount;
}

interface Option {
  readonly key: string;
  readonly value: string;
  /** As it was written, for error texts. */
  readonly field: string;
}

function readOption(mount: Mount, option: Option, environment: FlagEnvironment): void {
  const { key, value } = option;
  switch (key) {
    case 'type':
      mount.Type = value.toLowerCase();
      return;
    case 'source':
    case 'src':
      mount.Source = value === '.' || value.startsWith('./') ? absolutePath(environment.cwd, value) : value;
      return;
    case 'target':
    case 'dst':
    case 'destination':
      mount.Target = value;
      return;
    case 'readonly':
    case 'ro':
      mount.ReadOnly = flagOf(option);
      return;
    case 'consistency':
      mount.Consistency = value.toLowerCase();
      return;
    default:
      readTypedOption(mount, option);
  }
}

function readTypedOption(mount: Mount, option: Option): void {
  const { key, value } = option;
  switch (key) {
    case 'bind-propagation':
      bindOptions(mount).Propagation = value.toLowerCase();
      return;
    case 'bind-nonrecursive':
      bindOptions(mount).NonRecursive = flagOf(option);
      return;
    case 'bind-recursive':
      readRecursion(mount, option);
      return;
    case 'volume-subpath':
      volumeOptions(mount).Subpath = value;
      return;
    case 'volume-nocopy':
      volumeOptions(mount).NoCopy = flagOf(option);
      return;
    case 'volume-label':
      volumeOptions(mount).Labels = withPair(volumeOptions(mount).Labels, value);
      return;
    case 'volume-driver':
      volumeDriver(mount).Name = value;
      return;
    case 'volume-opt':
      volumeDriver(mount).Options = withPair(volumeDriver(mount).Options, value);
      return;
    case 'image-subpath':
      mount.ImageOptions ??= { Subpath: '' };
      mount.ImageOptions.Subpath = value;
      return;
    case 'tmpfs-size':
      tmpfsOptions(mount).SizeBytes = orInvalid(option, () => parseBytes(value));
      return;
    case 'tmpfs-mode':
      tmpfsOptions(mount).Mode = orInvalid(option, () => readUint(value, { base: 8, bits: 32 }));
      return;
    default:
      throw new CommandFailure(`unexpected key '${key}' in '${option.field}'`);
  }
}

function readRecursion(mount: Mount, { key, value }: Option): void {
  const options = bindOptions(mount);
  if (value === 'disabled') options.NonRecursive = true;
  else if (value === 'writable') options.ReadOnlyNonRecursive = true;
  else if (value === 'readonly') options.ReadOnlyForceRecursive = true;
  else if (value !== 'enabled') {
    throw new CommandFailure(
      `invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`,
    );
  }
}

function check(mount: Mount): void {
  if (mount.Type === '') throw new CommandFailure('type is required');
  if (mount.Target === '') throw new CommandFailure('target is required');
  refuseMixed(mount, 'volume', mount.VolumeOptions);
  refuseMixed(mount, 'bind', mount.BindOptions);
  refuseMixed(mount, 'image', mount.ImageOptions);
  refuseMixed(mount, 'tmpfs', mount.TmpfsOptions);
  const bind = mount.BindOptions;
  if (bind?.ReadOnlyNonRecursive && !mount.ReadOnly) throw conjunction('writable', 'readonly');
  if (bind?.ReadOnlyForceRecursive && !mount.ReadOnly) throw conjunction('readonly', 'readonly');
  if (bind?.ReadOnlyForceRecursive && bind.Propagation !== 'rprivate') {
    throw conjunction('readonly', 'bind-propagation=rprivate');
  }
}

function refuseMixed(mount: Mount, type: string, options: unknown): void {
  if (options !== null && mount.Type !== type) {
    throw new CommandFailure(`cannot mix '${type}-*' options with mount type '${mount.Type}'`);
  }
}

function conjunction(recursion: string, needed: string): CommandFailure {
  return new CommandFailure(`option 'bind-recursive=${recursion}' requires '${needed}' to be specified in conjunction`);
}

function flagOf(option: Option): boolean {
  return orInvalid(option, () => readBool(option.value));
}

function orInvalid<T>({ key, value }: Option, read: () => T): T {
  try {
    return read();
  } catch (error) {
    failureText(error);
    throw new CommandFailure(`invalid value for ${key}: ${value}`);
  }
}

function bindOptions(mount: Mount): NonNullable<Mount['BindOptions']> {
  mount.BindOptions ??= decode(mountType, { BindOptions: {} }).BindOptions!;
  return mount.BindOptions;
}

function volumeOptions(mount: Mount): NonNullable<Mount['VolumeOptions']> {
  // Whichever option comes first brings an empty driver along.
  mount.VolumeOptions ??= decode(mountType, { VolumeOptions: { DriverConfig: {} } }).VolumeOptions!;
  return mount.VolumeOptions;
}

function volumeDriver(mount: Mount): NonNullable<NonNullable<Mount['VolumeOptions']>['DriverConfig']> {
  return volumeOptions(mount).DriverConfig!;
}

function tmpfsOptions(mount: Mount): NonNullable<Mount['TmpfsOptions']> {
  mount.TmpfsOptions ??= decode(mountType, { TmpfsOptions: {} }).TmpfsOptions!;
  return mount.TmpfsOptions;
}

function withPair(pairs: Record<string, string> | null, text: string): Record<string, string> | null {
  const [, key, value] = /^([^=]*)=?(.*)$/s.exec(text)!;
  return key === '' ? pairs : { ...pairs, [key!]: value! };
}
