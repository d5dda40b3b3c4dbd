/** `--show`: what the docker client says of a rehearsed swarm in the end. */
import { Option } from 'commander';
import { docker } from '../docker-cli/index.ts';
import { rehearse, type Scenario, type Variant } from '../evaluate/index.ts';
import type { Swarm } from '../swarm/index.ts';
import type { Terminal } from './terminal.ts';

const VIEWS = ['ps', 'inspect'] as const;

/** `ps`: the tasks of the stack, history included. `inspect`: each of its services, with its update status. */
export type View = (typeof VIEWS)[number];

export function showOption(): Option {
  return new Option('--show <view>', 'print what docker stack ps or service inspect say after the first seed').choices(
    VIEWS,
  );
}

export interface Shown {
  readonly variants: readonly Variant[];
  readonly scenarios: readonly Scenario[];
  readonly seed: number;
  readonly view: View;
}

/** Rehearses each variant in each scenario with one seed, and prints commands with their output as a terminal has them. */
export function showRehearsals({ variants, scenarios, seed, view }: Shown, io: Terminal): void {
  for (const scenario of scenarios) {
    for (const { label, release } of variants) {
      const { swarm } = rehearse(release, scenario, seed);
      io.out(`\n${scenario.name}${variants.length > 1 ? `, ${label}` : ''}, seed ${seed}`);
      const names = release.to.services.map(({ name }) => name);
      for (const command of commandsFor(view, names, stackOf(swarm, names))) {
        io.out(`$ docker ${command}\n${docker(swarm, command).screen.trimEnd()}`);
      }
    }
  }
}

function commandsFor(view: View, services: readonly string[], stack: string): string[] {
  return view === 'ps' ? [`stack ps ${stack}`] : services.map((name) => `service inspect --pretty ${name}`);
}

/** Every service of a stack is labelled with it. */
function stackOf(swarm: Swarm, [service = '']: readonly string[]): string {
  return swarm.service(service).object.spec.labels['com.docker.stack.namespace'] ?? '';
}
