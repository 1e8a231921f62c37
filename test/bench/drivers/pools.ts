/** Connections for Emmett: what its driver takes by itself. */
export const EMMETT_POOL = 10;
