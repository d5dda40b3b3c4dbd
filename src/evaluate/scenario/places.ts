/** Where the parts of scenarios stand in their files: what turns out to be a mistake only later is said with its place, too. */
import type { DryswarmError } from '../../base/index.ts';
import type { Position } from '../../compose/index.ts';
import type { Scenario } from './scenario.ts';
import type { Place } from './source.ts';

const PLACES = new WeakMap<Scenario, Place>();

export function rememberPlace(scenario: Scenario, place: Place): void {
  PLACES.set(scenario, place);
}

/** Where a part of a scenario stands; undefined of one that was read from no file. */
export function placeIn(scenario: Scenario, path: readonly (string | number)[]): Position | undefined {
  return PLACES.get(scenario)?.at(path).position;
}

/** The same error, with the place of a part of the scenario; as it is, of a scenario that was read from no file. */
export function placed(error: DryswarmError, scenario: Scenario, path: readonly (string | number)[]): DryswarmError {
  return PLACES.get(scenario)?.at(path).error(error.message, error.hint, error.code) ?? error;
}
