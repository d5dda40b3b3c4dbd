/**
 * The Compose file format 3.0 to 3.13. One table for all versions: what came later says since when. (The fourteen
 * files cli/compose/schema/data/config_schema_v3.*.json)
 */
import { deployment, healthcheck } from './deploy-rules.ts';
import {
  anything,
  boolean,
  integer,
  list,
  number,
  object,
  oneOf,
  openObject,
  type Rule,
  text,
  uniqueList,
  when,
} from './rule.ts';
import { listOrMapping, optionMap, stringOrList, strings } from './shared-rules.ts';

export const LATEST_MINOR = 13;

/** The rule for a whole file of format `3.<minor>`. */
export function fileRule(minor: number): Rule {
  return object(
    {
      version: text,
      services: section(service(minor)),
      // Unlike the other sections, this one never refused a strange name.
      networks: { ...section(network(minor)), closed: false },
      volumes: section(volume(minor)),
      ...when(minor >= 1, { secrets: section(secret(minor)) }),
      ...when(minor >= 3, { configs: section(config(minor)) }),
    },
    minor >= 4 ? extensions : {},
  );
}

const NAME = /^[a-zA-Z0-9._-]+$/;
const extensions: Partial<Rule> = { patterns: [[/^x-/, anything]] };

function section(item: Rule): Rule {
  return { types: ['object'], patterns: [[NAME, item]], closed: true };
}

const command = oneOf(text, list(text));
const uniqueStrings = uniqueList(text);
const external: Rule = { types: ['boolean', 'object'], properties: { name: text } };
const fileReference = oneOf(text, openObject({ source: text, target: text, uid: text, gid: text, mode: number }));

function service(minor: number): Rule {
  return object(
    {
      deploy: deployment(minor),
      build: oneOf(text, build(minor)),
      cap_add: uniqueStrings,
      cap_drop: uniqueStrings,
      ...when(minor >= 9, { cgroupns_mode: text }),
      cgroup_parent: text,
      command,
      ...when(minor >= 3, {
        configs: list(fileReference),
        credential_spec: object({ ...when(minor >= 8, { config: text }), file: text, registry: text }),
      }),
      container_name: text,
      depends_on: strings,
      devices: uniqueStrings,
      dns: stringOrList,
      dns_search: stringOrList,
      domainname: text,
      entrypoint: command,
      env_file: stringOrList,
      environment: listOrMapping,
      expose: uniqueList({ types: ['string', 'number'] }),
      external_links: uniqueStrings,
      extra_hosts: listOrMapping,
      healthcheck: healthcheck(minor),
      hostname: text,
      image: text,
      ...when(minor >= 7, { init: boolean }),
      ipc: text,
      ...when(minor >= 5, { isolation: text }),
      labels: listOrMapping,
      links: uniqueStrings,
      logging: object({
        driver: text,
        options: { types: ['object'], patterns: [[/^.+$/, { types: ['string', 'number', 'null'] }]] },
      }),
      mac_address: text,
      network_mode: text,
      networks: oneOf(strings, { types: ['object'], patterns: [[NAME, attachment(minor)]], closed: true }),
      pid: { types: ['string', 'null'] },
      ports: uniqueList(port(minor)),
      privileged: boolean,
      read_only: boolean,
      restart: text,
      security_opt: uniqueStrings,
      shm_size: { types: ['number', 'string'] },
      ...when(minor >= 1, { secrets: list(fileReference) }),
      sysctls: listOrMapping,
      stdin_open: boolean,
      stop_grace_period: { types: ['string'], format: 'duration' },
      stop_signal: text,
      tmpfs: stringOrList,
      tty: boolean,
      ulimits: {
        types: ['object'],
        patterns: [
          [/^[a-z]+$/, oneOf(integer, object({ hard: integer, soft: integer }, { required: ['soft', 'hard'] }))],
        ],
      },
      ...when(minor >= 13, { oom_score_adj: integer }),
      user: text,
      userns_mode: text,
      volumes: minor >= 2 ? list(mount(minor)) : uniqueStrings,
      working_dir: text,
    },
    minor >= 7 ? extensions : {},
  );
}

function build(minor: number): Rule {
  const rule = object({
    context: text,
    dockerfile: text,
    args: listOrMapping,
    ...when(minor >= 2, { cache_from: strings }),
    ...when(minor >= 3, { labels: listOrMapping }),
    ...when(minor >= 4, { network: text, target: text }),
    ...when(minor >= 5, { shm_size: { types: ['integer', 'string'] } satisfies Rule }),
    ...when(minor >= 9, { extra_hosts: listOrMapping }),
  });
  return { ...rule, closed: minor < 11 };
}

function attachment(minor: number): Rule {
  const properties = {
    aliases: strings,
    ...when(minor >= 13, { driver_opts: optionMap }),
    ipv4_address: text,
    ipv6_address: text,
  };
  return oneOf(object(properties), { types: ['null'] });
}

function port(minor: number): Rule {
  if (minor < 2) return { types: ['string', 'number'], format: 'ports' };
  return oneOf(
    { types: ['number'], format: 'ports' },
    { types: ['string'], format: 'ports' },
    object({ mode: text, target: integer, published: integer, protocol: text }),
  );
}

function mount(minor: number): Rule {
  return oneOf(
    text,
    object(
      {
        type: text,
        source: text,
        target: text,
        read_only: boolean,
        consistency: text,
        bind: openObject({ propagation: text }),
        volume: openObject({ nocopy: boolean }),
        ...when(minor >= 6, { tmpfs: openObject({ size: { types: ['integer'], minimum: 0 } }) }),
      },
      { required: ['type'] },
    ),
  );
}

function network(minor: number): Rule {
  return object(
    {
      ...when(minor >= 5, { name: text }),
      driver: text,
      driver_opts: optionMap,
      ipam: object({ driver: text, config: list(object({ subnet: text })) }),
      external: { ...external, closed: true },
      internal: boolean,
      ...when(minor >= 2, { attachable: boolean }),
      labels: listOrMapping,
    },
    { types: ['object', 'null'], ...(minor >= 7 ? extensions : {}) },
  );
}

function volume(minor: number): Rule {
  return object(
    {
      ...when(minor >= 4, { name: text }),
      driver: text,
      driver_opts: optionMap,
      external: { ...external, closed: true },
      labels: listOrMapping,
      ...when(minor >= 10, { 'x-cluster-spec': clusterVolume }),
    },
    { types: ['object', 'null'], ...(minor >= 7 ? extensions : {}) },
  );
}

const topologies = list(openObject({ segments: listOrMapping }));
const clusterVolume = openObject({
  group: text,
  access_mode: openObject({
    scope: text,
    sharing: text,
    block_volume: openObject({}),
    mount_volume: openObject({ fs_type: text, mount_flags: list(text) }),
  }),
  accessibility_requirements: openObject({ requisite: topologies, preferred: topologies }),
  capacity_range: openObject({ required_bytes: text, limit_bytes: text }),
  availability: text,
});

function secret(minor: number): Rule {
  return object(
    {
      ...fileObject(minor),
      ...when(minor >= 8, { driver: text, driver_opts: optionMap }),
    },
    minor >= 7 ? extensions : {},
  );
}

function config(minor: number): Rule {
  return object(fileObject(minor), minor >= 7 ? extensions : {});
}

function fileObject(minor: number): Readonly<Record<string, Rule>> {
  return {
    ...when(minor >= 5, { name: text }),
    file: text,
    external,
    labels: listOrMapping,
    ...when(minor >= 8, { template_driver: text }),
  };
}
