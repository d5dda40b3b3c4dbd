/** One channel of one link, in one direction: the unit of order, and of luck. */
export interface Lane {
  readonly from: string;
  readonly to: string;
  readonly channel: string;
}

/** Names a lane, in a map and in the names of its luck. Machines' names hold no slash, a channel's may. */
export function laneKey({ from, to, channel }: Lane): string {
  return `${from}/${to}/${channel}`;
}
