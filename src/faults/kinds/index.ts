/** Every kind of fault. A new one is a file in this folder and a line here. */
import type { FaultOf } from '../define-fault.ts';
import { containerCrash } from './container-crash.ts';
import { containerMtbf } from './container-mtbf.ts';
import { diskFull } from './disk-full.ts';
import { imageFails } from './image-fails.ts';
import { imageNeverHealthy } from './image-never-healthy.ts';
import { imageSlowStart } from './image-slow-start.ts';
import { imageUnhealthy } from './image-unhealthy.ts';
import { leaderCrash } from './leader-crash.ts';
import { managerCrash } from './manager-crash.ts';
import { networkBlip } from './network-blip.ts';
import { nodeCrash } from './node-crash.ts';
import { nodeDisconnect } from './node-disconnect.ts';
import { nodeDrain } from './node-drain.ts';
import { nodeFreeze } from './node-freeze.ts';
import { nodeReboot } from './node-reboot.ts';
import { partition } from './partition.ts';
import { pullFails } from './pull-fails.ts';
import { pullRateLimit } from './pull-rate-limit.ts';
import { pullSlow } from './pull-slow.ts';
import { registryOutage } from './registry-outage.ts';
import { zoneOutage } from './zone-outage.ts';

export const FAULT_KINDS = [
  imageFails,
  imageNeverHealthy,
  imageUnhealthy,
  imageSlowStart,
  pullSlow,
  pullFails,
  pullRateLimit,
  registryOutage,
  containerCrash,
  containerMtbf,
  nodeCrash,
  nodeReboot,
  nodeFreeze,
  nodeDisconnect,
  networkBlip,
  nodeDrain,
  diskFull,
  zoneOutage,
  managerCrash,
  leaderCrash,
  partition,
] as const;

/** A fault as data, as a user writes it. */
export type Fault = FaultOf<(typeof FAULT_KINDS)[number]>;
