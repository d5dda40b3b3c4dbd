/** Nodes (moby api/types/swarm/node.go). */

import { bool, type Decoded, map, omit, pointer, slice, struct, text } from '../go/type.ts';
import { annotations, meta, platform, tlsInfo, withAnnotations, withMeta } from './common-types.ts';
import { resources } from './task-types.ts';

export const nodeSpec = struct(
  'swarm.NodeSpec',
  { ...annotations, Role: omit(text), Availability: omit(text) },
  withAnnotations,
);
export type NodeSpec = Decoded<typeof nodeSpec>;

export const node = struct(
  'swarm.Node',
  {
    ID: text,
    ...meta,
    Spec: omit(nodeSpec),
    Description: omit(
      struct('swarm.NodeDescription', {
        Hostname: omit(text),
        Platform: omit(platform),
        Resources: omit(resources),
        Engine: omit(
          struct('swarm.EngineDescription', {
            EngineVersion: omit(text),
            Labels: omit(map(text)),
            Plugins: omit(slice(struct('swarm.PluginDescription', { Type: omit(text), Name: omit(text) }))),
          }),
        ),
        TLSInfo: omit(tlsInfo),
      }),
    ),
    Status: omit(struct('swarm.NodeStatus', { State: omit(text), Message: omit(text), Addr: omit(text) })),
    ManagerStatus: omit(
      pointer(struct('swarm.ManagerStatus', { Leader: omit(bool), Reachability: omit(text), Addr: omit(text) })),
    ),
  },
  withMeta,
);
export type Node = Decoded<typeof node>;
