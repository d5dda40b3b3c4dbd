/** How a scenario says what goes wrong: by the parameters that each kind of fault declares. */
import {
  completeFault,
  DURING_UPDATE,
  FAULT_KINDS,
  type Fault,
  kindOf,
  LABEL,
  NODE_WORDS,
  type Parameter,
  type ParameterType,
  type ParameterTypes,
  PHASES,
  type PhaseName,
  parametersOf,
  requireLabel,
} from '../../faults/index.ts';
import { duration, named, patterned, period, text, uncertain, wholeFrom, word, yesOrNo } from './forms.ts';
import { share } from './image-keys.ts';
import { type Form, type Keys, key, mappingSchema, readKeys, requiredKey, someOf } from './key.ts';

const FORMS: { readonly [T in ParameterType]: Form<ParameterTypes[T]> } = {
  duration,
  period,
  uncertain,
  moment: {
    form: `duration, or \`${DURING_UPDATE}\``,
    schema: { anyOf: [{ const: DURING_UPDATE }, duration.schema] },
    read: (place) => (place.value === DURING_UPDATE ? place.value : duration.read(place)),
  },
  phase: word(Object.keys(PHASES) as PhaseName[]),
  count: wholeFrom(1),
  exitCode: wholeFrom(0, 255),
  share,
  node: { ...named, form: `name of a node, or ${NODE_WORDS.map((one) => `\`${one}\``).join(', ')}` },
  nodes: someOf(named, 'list of nodes'),
  service: { ...named, form: 'name of a service' },
  image: { ...named, form: 'image' },
  text,
  label: patterned('label', LABEL, requireLabel),
  groups: someOf(someOf(named), 'list of lists of nodes'),
  flag: yesOrNo,
};

const KIND_NAMES: readonly string[] = FAULT_KINDS.map(({ kind }) => kind);

/** The keys of each kind, by its name. */
export const FAULT_KEYS: Readonly<Record<string, Keys>> = Object.fromEntries(
  KIND_NAMES.map((name) => [name, keysOf(name)]),
);

/** What `completeFault` says of keys that do not go together. */
const TOGETHER = { not: { required: ['at', 'when'] }, dependencies: { delay: ['when'], of: ['when'] } };

export const fault: Form<Fault> = {
  form: 'mapping',
  schema: {
    oneOf: KIND_NAMES.map((name) => ({ ...mappingSchema(FAULT_KEYS[name]!), ...TOGETHER, title: kindOf(name).says })),
  },
  read(place) {
    const kind = place.mapping().get('kind');
    if (!kind) return place.refuse(`${place.name} needs kind`, `known: ${KIND_NAMES.join(', ')}`);
    const read = readKeys(place, FAULT_KEYS[kind.oneOf(KIND_NAMES)]!) as unknown as Fault;
    place.check(() => completeFault(read));
    return read;
  },
};

function keysOf(name: string): Keys {
  const parameters = Object.entries(parametersOf(kindOf(name))).map(([parameter, declared]) => [
    parameter,
    keyOf(declared),
  ]);
  return {
    kind: requiredKey({ ...word([name]), schema: { const: name } }, 'what happens'),
    ...Object.fromEntries(parameters),
  };
}

function keyOf({ type, presence, default: usual, says }: Parameter) {
  const form = FORMS[type] as Form<unknown>;
  if (presence === 'required') return requiredKey(form, says);
  return key(form, usual === undefined ? says : `${says}. Default \`${usual}\``);
}
