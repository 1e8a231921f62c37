import { DomainError, type Decider } from '@app/kernel';

/** given(past…).when(command).then(events…) | .thenNothing() | .thenRejects(code). Equality is strict and ordered. */
export const specFor =
  <S, C, E>(decider: Decider<S, C, E>) =>
  (...past: readonly E[]) => ({
    when: (command: C) => {
      const run = (): readonly E[] => decider.decide(command, past.reduce(decider.evolve, decider.initial));
      return {
        then: (...expected: readonly E[]) => expect(run()).toStrictEqual(expected),
        thenNothing: () => expect(run()).toStrictEqual([]),
        thenRejects: (code: string) => {
          let thrown: unknown;
          try {
            run();
          } catch (error) {
            thrown = error;
          }
          expect(thrown).toBeInstanceOf(DomainError);
          expect((thrown as DomainError).code).toBe(code);
        },
      };
    },
  });
