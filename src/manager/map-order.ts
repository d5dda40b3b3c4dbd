/**
 * The order in which Go walks a map, where swarmkit lets it show. A map of up to eight entries keeps them in the
 * order in which they came and starts at a random one of eight places, so that what came first is the likeliest to
 * be met first: with five entries in four cases of eight. Larger maps are walked in an order as good as random.
 * (go internal/runtime/maps: a small map is one group of eight slots; Iter.Init draws the offset)
 */
const GROUP_SLOTS = 8;

/**
 * How ties are decided that the real components leave to chance or to a race. `dominant`: as they fall most often, so
 * that a run shows the behaviour to be expected. `explore`: the rarer ways too, drawn from streams.
 */
export type Races = 'dominant' | 'explore';

export interface MapRandom {
  integer(bound: number): number;
  shuffle<T>(items: readonly T[]): T[];
}

/** `items`, which are in the order in which they were put into the map, as Go would walk them. */
export function mapOrder<T>(random: MapRandom, races: Races, items: readonly T[]): T[] {
  if (items.length > GROUP_SLOTS) return random.shuffle(items);
  if (races === 'dominant' || items.length < 2) return [...items];
  const offset = random.integer(GROUP_SLOTS);
  return offset < items.length ? [...items.slice(offset), ...items.slice(0, offset)] : [...items];
}
