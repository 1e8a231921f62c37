import type { FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { FINDING_COMMANDS } from './finding.commands';
import type { Command, CommandSpec, Occasion, Values } from './fields';
import { LEG_COMMANDS } from './legs.commands';
import { REVIEW_COMMANDS } from './review.commands';

/** Given elsewhere: the transfer has a page of its own, files are added in the album. A command without a form does not compile. */
type Elsewhere = 'TransferFinding' | 'AddEvidence';
export const FORMS: Readonly<Record<Exclude<Command, Elsewhere>, CommandSpec>> = {
  ...LEG_COMMANDS,
  ...REVIEW_COMMANDS,
  ...FINDING_COMMANDS,
};
export type FormCommand = keyof typeof FORMS;
export const hasForm = (command: Command): command is FormCommand => command in FORMS;
/** Takes something back or away: never the first thing to press. */
export const isGrave = (command: Command): boolean => hasForm(command) && FORMS[command].grave === true;

type Detail = FindingsReadingDetailResponse;
/** What a form begins with: what is known already need not be typed. */
export const firstValues = (command: FormCommand, { finding, legId }: Occasion): Values => {
  const leg = finding.legs.find((known) => known.legId === legId);
  switch (command) {
    case 'CorrectFinding':
      return {
        text: finding.text,
        basis: finding.basis ?? '',
        suggestedMeasure: finding.suggestedMeasure ?? '',
        seriousness: finding.seriousness,
      };
    case 'AcceptFinding':
      return { seriousness: finding.seriousness, rectification: finding.onTheSpot === null ? '' : 'immediate' };
    case 'AssignLeg':
      return { villageId: leg?.village?.id ?? finding.place.village?.id ?? '', assignee: leg?.assignee ?? '' };
    case 'PlanLeg':
      return { measures: leg?.plan?.measures ?? '', responsible: leg?.plan?.responsible ?? '', targetOn: leg?.plan?.targetOn ?? '' };
    case 'ReportLeg':
      return {
        measures: leg?.report?.measures ?? leg?.plan?.measures ?? '',
        effect: leg?.report?.effect ?? '',
        evidence: proofOf(finding, legId),
      };
    case 'RectifyOnTheSpot':
      return {
        rectifyingUnitId: finding.onTheSpot?.rectifyingUnitId ?? finding.place.village?.id ?? finding.place.town.id,
        personPresent: finding.onTheSpot?.personPresent ?? '',
        inspectors: finding.onTheSpot?.inspectors ?? [],
        evidence: finding.evidence.filter(({ removed }) => !removed).map(({ evidenceId }) => evidenceId),
      };
    case 'GrantExtension':
      return { until: leg?.extension?.until ?? '' };
    case 'GrantPause':
      return { until: leg?.pause?.until ?? '' };
    case 'AnswerItems':
      return {
        answers: finding.items.map(({ itemId, answer, basis }) => ({
          itemId,
          answer: answer === 'open' ? '' : answer,
          basis: basis ?? '',
        })),
      };
    case 'ReplyToInstruction': {
      const open = finding.instructions.filter(({ reply }) => reply === null);
      return { seq: open.length === 1 ? String(open[0]?.seq ?? '') : '' };
    }
    case 'GiveInstruction':
      return { toUnits: finding.legs.filter(({ leads }) => leads).map(({ unit }) => unit.id) };
    case 'RescheduleStages':
      return { stages: finding.stages.filter(({ passed }) => !passed).map(({ text, checkOn }) => ({ text, checkOn })) };
    case 'RecordJointRuling':
      return { leadingLegId: finding.legs.find(({ leads }) => leads)?.legId ?? '' };
    default:
      return {};
  }
};

/** Files of this leg that prove something and are there already. */
const proofOf = ({ evidence }: Detail, legId: string | null): string[] =>
  evidence
    .filter(({ removed, phase, legId: of }) => !removed && phase !== 'before' && (of === null || of === legId))
    .map(({ evidenceId }) => evidenceId);
