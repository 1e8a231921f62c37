/** Looks again and again until the condition gives something true; fails with `what` when it never does. */
export const waitUntil = async <T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 10, what = 'the condition' }: Readonly<{ timeoutMs?: number; everyMs?: number; what?: string }> = {},
): Promise<NonNullable<Exclude<T, false>>> => {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<T, false>>;
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come about within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
