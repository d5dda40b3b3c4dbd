/** `/secrets` and `/configs`, which differ in their words only (moby daemon/cluster/{secrets,configs}.go). */
import { configToEngine, type DataObject, dataSpecFromEngine, secretToEngine } from '../api/index.ts';
import { readBody } from './body/fields.ts';
import { dataBody } from './body/others.ts';
import type { Call, Handler } from './call.ts';
import { type Control, control } from './control.ts';
import { type Filters, filtersOf } from './filters.ts';
import { find, inOrderOfIds } from './find.ts';
import { versionOf } from './query.ts';
import { invalid } from './refusal.ts';
import { isOlder } from './version.ts';

const TEMPLATES_SINCE = '1.37';

const KINDS = {
  secret: {
    table: 'secrets',
    filters: ['names', 'name', 'id', 'label'],
    create: 'createSecret',
    update: 'updateSecret',
    remove: 'removeSecret',
    show: secretToEngine,
  },
  config: {
    table: 'configs',
    filters: ['name', 'id', 'label'],
    create: 'createConfig',
    update: 'updateConfig',
    remove: 'removeConfig',
    show: configToEngine,
  },
} as const;

type Noun = keyof typeof KINDS;

export interface DataObjectHandlers {
  readonly list: Handler;
  readonly inspect: Handler;
  readonly create: Handler;
  readonly update: Handler;
  readonly remove: Handler;
}

export function dataObjects(noun: Noun): DataObjectHandlers {
  const kind = KINDS[noun];
  return {
    list(call) {
      const filters = filtersOf(call, kind.filters);
      const listed = control(call)
        .view[kind.table].all()
        .filter((object) => matches(filters, object));
      return { body: inOrderOfIds(listed).map((object) => kind.show(object, call.epoch)) };
    },

    inspect: (call) => ({ body: kind.show(findObject(control(call), noun, call.params.id!), call.epoch) }),

    create(call) {
      const body = readBody(dataBody, call.body);
      if (body.Templating && isOlder(call.apiVersion, TEMPLATES_SINCE)) {
        throw invalid(`${noun} templating is not supported on the specified API version: ${call.apiVersion}`);
      }
      const { request } = control(call);
      const { id } = request<DataObject>({ op: kind.create, spec: dataSpecFromEngine(body) });
      return { status: 201, body: { ID: id } };
    },

    update(call) {
      const body = readBody(dataBody, call.body);
      const version = requiredVersion(call, noun);
      const access = control(call);
      const { id } = findObject(access, noun, call.params.id!);
      access.request({ op: kind.update, id, version, spec: dataSpecFromEngine(body) });
      return {};
    },

    remove(call) {
      const access = control(call);
      access.request({ op: kind.remove, id: findObject(access, noun, call.params.id!).id });
      return { status: 204 };
    },
  };
}

function requiredVersion(call: Call, noun: Noun): number {
  const version = versionOf(call);
  if (version === undefined) throw invalid(`invalid ${noun} version`);
  return version;
}

function findObject({ view }: Control, noun: Noun, reference: string): DataObject {
  return find({ noun, all: view[KINDS[noun].table].all(), nameOf: ({ spec }) => spec.name }, reference);
}

/** Of names, beginnings of names and ids any one counts. (swarmkit manager/controlapi/secret.go, ListSecrets) */
function matches(filters: Filters, { id, spec }: DataObject): boolean {
  const isAny = ['names', 'name', 'id'].every((key) => filters.get(key).length === 0);
  const isNamed =
    filters.get('names').includes(spec.name) ||
    filters.get('name').some((prefix) => spec.name.startsWith(prefix)) ||
    filters.get('id').some((prefix) => id.startsWith(prefix));
  return (isAny || isNamed) && filters.matchesLabels('label', spec.labels);
}
