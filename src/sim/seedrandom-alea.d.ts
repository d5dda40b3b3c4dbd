/** seedrandom publishes types for its front door only; the core takes the one generator that it needs. */
declare module 'seedrandom/lib/alea.js' {
  export interface AleaState {
    readonly c: number;
    readonly s0: number;
    readonly s1: number;
    readonly s2: number;
  }

  export interface Alea {
    /** The next number in [0, 1), with 53 bits. */
    double(): number;
    state(): AleaState;
  }

  /** `state: true` starts from the seed, a state continues from there. */
  export default function alea(seed: string, options: { readonly state: true | AleaState }): Alea;
}
