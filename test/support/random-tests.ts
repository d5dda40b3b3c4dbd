import fc from 'fast-check';

/**
 * Every run of the tests draws the same cases, so that a failure belongs to the change at hand. `FC_SEED` draws others,
 * and repeats a failure that was found with them.
 */
const { FC_SEED = '1' } = process.env;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(FC_SEED) });
