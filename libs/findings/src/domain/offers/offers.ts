import { DomainError, localDateOf, type Actor, type Bilingual, type Instant, type LegId } from '@app/kernel';
import { findingDecider } from '../finding.decider';
import type { FindingCommand, World } from '../finding.commands';
import { legsOf } from '../finding.state';
import type { Present } from '../guards';
import { SAMPLES, type CommandType, type Occasion, type OfferedCommand, type Sample } from './sample-commands';

/** Why not: the code that the command itself would be refused with. */
export type Refusal = Readonly<{ code: string; zh: string; en: string }>;
/** One thing that can be done to a finding or a leg, and whether this person may do it now. */
export type Offer = Readonly<{ command: OfferedCommand; legId: LegId | null; allowed: boolean; refusal: Refusal | null }>;

/** What the command would do stands already. */
export const NOTHING_TO_DO: Refusal = { code: 'nothing-to-do', zh: '这一步已经办过。', en: 'This was done already.' };
const NO_LEG = 'none' as LegId;

export const refusalOf = (code: string, { zh, en }: Bilingual): Refusal => ({ code, zh, en });

type AnySample = Sample<FindingCommand['data']>;
const isOffered = (type: CommandType): type is OfferedCommand => typeof SAMPLES[type] !== 'string';
const samples: readonly (readonly [OfferedCommand, AnySample])[] = (Object.keys(SAMPLES) as CommandType[])
  .filter(isOffered)
  .map((type) => [type, SAMPLES[type]]);
export const OFFERED_COMMANDS: readonly OfferedCommand[] = samples.map(([type]) => type);

/** Null: it would happen. */
const tried = (type: CommandType, data: FindingCommand['data'], state: Present, { by, at, world }: Occasion): Refusal | null => {
  // The table pairs every type with its own data; the pairing is lost in the loop over it.
  const command = { type, data, by, at, on: localDateOf(at), world } as FindingCommand;
  try {
    return findingDecider.decide(command, state).length === 0 ? NOTHING_TO_DO : null;
  } catch (error) {
    if (error instanceof DomainError) return refusalOf(error.code, error.sentence);
    throw error;
  }
};

/** Of several ways the one that came furthest says why not: whose post it is not, never had a say in the rest. */
const closest = (refusals: readonly Refusal[]): Refusal =>
  refusals.find(({ code }) => code !== 'not-yours' && code !== NOTHING_TO_DO.code) ??
  refusals.find(({ code }) => code !== 'not-yours') ??
  refusals[0] ??
  NOTHING_TO_DO;

const refused = (type: CommandType, { ways, after }: AnySample, occasion: Occasion): Refusal | null => {
  const state = after?.(occasion) ?? occasion.state;
  const refusals: Refusal[] = [];
  for (const way of ways) {
    const refusal = tried(type, way(occasion), state, occasion);
    if (refusal === null) return null;
    refusals.push(refusal);
  }
  return closest(refusals);
};

/** Everything a person may give to this finding, leg by leg, decided on its present state by the decider itself. */
export const offersTo = (by: Actor, state: Present, { at, world }: Readonly<{ at: Instant; world: World }>): readonly Offer[] => {
  const work = 'work' in state ? state.work : null;
  const legs: readonly (LegId | null)[] = work === null ? [] : legsOf(work).map(({ legId }) => legId);
  return samples.flatMap(([command, sample]) =>
    (sample.about === 'finding' || legs.length === 0 ? [null] : legs).map((legId): Offer => {
      const refusal = refused(command, sample, { state, legId: legId ?? NO_LEG, by, at, world });
      return { command, legId, allowed: refusal === null, refusal };
    }),
  );
};
