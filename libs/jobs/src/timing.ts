export type JobsTiming = Readonly<{
  /** A queue that does not answer within this time counts as away, ms. */
  answerWithinMs: number;
  /** Each worker of this process is sent a beat through its queue this often, ms. */
  beatEveryMs: number;
  /** A worker that has begun nothing for this long while its beat lies in the queue has gone silent, ms. */
  silentAfterMs: number;
  /** An ending connection may take this long before it is left to itself, ms. */
  closeWithinMs: number;
}>;

export const TIMING: JobsTiming = { answerWithinMs: 15_000, beatEveryMs: 10_000, silentAfterMs: 30_000, closeWithinMs: 5_000 };

/** Waits for what may never end, but not for ever; its failure is of no interest to anybody. */
export const endWithin = async (work: Promise<unknown> | undefined, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } catch {
    // Whatever it was connected to is gone.
  } finally {
    clearTimeout(timer);
  }
};
