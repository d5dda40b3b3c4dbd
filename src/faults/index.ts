export { defineFault, type FaultKind, type FaultOf, parametersOf, type Strike, type Struck } from './define-fault.ts';
export { FAULT_KINDS, type Fault } from './kinds/index.ts';
export { LABEL, requireLabel } from './kinds/zone-outage.ts';
export {
  type Complete,
  DURING_UPDATE,
  type Given,
  NODE_WORDS,
  type Parameter,
  type Parameters,
  type ParameterType,
  type ParameterTypes,
} from './parameter.ts';
export { isNamed, PHASES, type PhaseName, type RolloutView } from './phase.ts';
export type { FaultPort, ImageTrouble } from './port.ts';
export { completeFault, FaultSchedule, type FaultScheduleOptions, type Injection, kindOf } from './schedule.ts';
export { isSameImage } from './select.ts';
