/** A part of the source that must not be wrong unnoticed, and what would notice. Paths begin at the root. */
export interface Area {
  readonly name: string;
  readonly sources: readonly string[];
  /** How many mutants are drawn of it, unless there are fewer. */
  readonly draws: number;
  /** What is run against its mutants, the cheap before the dear. */
  readonly trials: readonly Trial[];
}

export interface Trial {
  readonly kind: 'vectors' | 'units';
  /** Folders of golden vectors, or of tests. */
  readonly places: readonly string[];
}

const ORCHESTRATION: readonly Trial[] = [
  { kind: 'vectors', places: ['orchestration-latency', 'orchestration'] },
  { kind: 'units', places: ['test/unit/manager/orchestrator'] },
];

/** Transcripts, properties and the tests of the swarm as a whole are left out: they take longer than all the rest. */
export const AREAS: readonly Area[] = [
  { name: 'updater', sources: ['src/manager/orchestrator/update'], draws: 70, trials: ORCHESTRATION },
  { name: 'restart', sources: ['src/manager/orchestrator/restart'], draws: 60, trials: ORCHESTRATION },
  {
    name: 'scheduler',
    sources: ['src/manager/scheduler'],
    draws: 75,
    trials: [
      { kind: 'vectors', places: ['scheduler'] },
      { kind: 'units', places: ['test/unit/manager/scheduler'] },
    ],
  },
  {
    name: 'raft',
    sources: ['src/raft'],
    draws: 75,
    trials: [
      { kind: 'vectors', places: ['raft'] },
      { kind: 'units', places: ['test/unit/raft', 'test/unit/manager/raft'] },
    ],
  },
  {
    name: 'health',
    sources: [
      'src/agent/engine/health.ts',
      'src/agent/engine/health-config.ts',
      'src/agent/engine/probe.ts',
      'src/agent/workload/health.ts',
    ],
    draws: 40,
    trials: [
      { kind: 'vectors', places: ['health', 'agent'] },
      { kind: 'units', places: ['test/unit/agent'] },
    ],
  },
];
