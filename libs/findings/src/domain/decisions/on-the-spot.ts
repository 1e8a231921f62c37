import type { RectifyOnTheSpot } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import { actOf, mustBeAssigned, mustHaveLeg, mustHaveRole, mustSay, sameUnit } from '../guards';
import { reviewDueOf } from '../review-dues';

/** R10: two inspectors present, one of them types; evidence from before and from after. */
const mustBeWitnessed = ({ by, data }: RectifyOnTheSpot, core: Core): void => {
  const present = new Set(data.inspectors);
  const phases = new Set([...data.evidence, ...Object.values(core.evidence).filter((file) => !file.removed)].map((file) => file.phase));
  const complete = present.size >= 2 && present.has(by.personId) && phases.has('before') && phases.has('after');
  if (!complete) reject('two-inspectors-required');
};

export const rectifyOnTheSpot = (command: RectifyOnTheSpot, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, world, at } = command;
  const { legId, rectifyingUnitId, personPresent, inspectors, text, evidence } = command.data;
  const leg = mustHaveLeg(work, legId);
  mustHaveRole(by, 'inspector', 'team-head');
  if (work.rectification !== 'immediate') return reject('not-on-the-spot');
  if (leg.duty === 'guides') return reject('leg-guides');
  if (leg.stage === 'submitted' || leg.stage === 'passed') return [];
  if (leg.stage !== 'delivered' && leg.stage !== 'working') return reject('leg-not-open');
  // An inspector records another's rectification, never that of a unit of their own.
  if (by.ownUnits.some((own) => sameUnit(world, own, rectifyingUnitId))) return reject('avoidance');
  if (evidence.some((file) => core.evidence[file.evidenceId] !== undefined)) return reject('evidence-exists');
  mustBeWitnessed(command, core);
  return [
    {
      type: 'RectifiedOnTheSpot',
      data: {
        ...actOf(command),
        legId,
        rectifyingUnitId,
        personPresent: mustSay(personPresent),
        inspectors: [...new Set(inspectors)],
        text: mustSay(text),
        evidence,
        reviewDue: reviewDueOf(core, work, leg, world, at),
      },
    },
  ];
};
