/** simjs 2.0.3 exports nothing: it only leaves itself on a window, where there is one. */
export async function loadSimjs(): Promise<Simjs> {
  const page: { window?: { Sim?: Simjs } } = globalThis as object;
  const window: { Sim?: Simjs } = {};
  page.window = window;
  // @ts-expect-error It has no types either.
  await import('simjs');
  delete page.window;
  if (window.Sim === undefined) throw new Error('simjs did not load');
  return window.Sim;
}

interface SimjsRequest {
  done(callback: () => void): void;
}

export interface Simjs {
  readonly Sim: new () => {
    addEntity(entity: new () => { start(): void }, name: string): void;
    simulate(end: number, maxEvents: number): void;
  };
  readonly Entity: new () => { setTimer(duration: number): SimjsRequest };
}
