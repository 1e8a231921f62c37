/** Connections for Emmett: what its driver takes by itself, and no slower than 24 or 48 with 32 writers. */
export const EMMETT_POOL = 10;
