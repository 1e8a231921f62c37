import type { Command, Offer } from './fields';

/** What moves a finding forward comes first, then what goes against it, then what is added to it. */
const ORDER: readonly Command[] = [
  'SignForLeg',
  'ReportLeg',
  'FirstReviewLeg',
  'SignLeg',
  'GiveGuidance',
  'GiveOpinion',
  'AnswerItems',
  'ReplyToInstruction',
  'AcceptFinding',
  'TransferFinding',
  'RuleOnReturn',
  'GrantExtension',
  'GrantPause',
  'PassLeg',
  'SendLegBack',
  'RefuseExtension',
  'RefusePause',
  'VerifyFinding',
  'ClearFinding',
  'PassStage',
  'RecordUpperClearance',
  'ResumeLeg',
  'RectifyOnTheSpot',
  'GiveInstruction',
  'RecordProgress',
  'PlanLeg',
  'AssignLeg',
  'AskExtension',
  'AskPause',
  'ReturnLeg',
  'ObjectToRuling',
  'LookBack',
  'RecordUpperAnswer',
  'RecordJointRuling',
  'RescheduleStages',
  'DismissFinding',
  'LinkFinding',
  'SplitFinding',
  'RevokeClearance',
  'CorrectFinding',
  'AddItems',
  'AddEvidence',
  'AddComment',
  'RemoveEvidence',
  'WithdrawFinding',
];
const rank = ({ command }: Offer): number => ORDER.indexOf(command);

/** Those that wait to be done stand out; the others follow behind. */
const MAIN: ReadonlySet<Command> = new Set(ORDER.slice(0, ORDER.indexOf('GiveInstruction')));
/** Comments have a field of their own on the page. */
const BESIDE: ReadonlySet<Command> = new Set(['AddComment']);

export type Offered = Readonly<{ main: readonly Offer[]; more: readonly Offer[]; refused: readonly Offer[] }>;

/** What may be done now, the most important first. */
export const sorted = (offers: readonly Offer[]): Offered => {
  const inOrder = [...offers].filter(({ command }) => !BESIDE.has(command)).sort((a, b) => rank(a) - rank(b));
  const allowed = inOrder.filter(({ allowed }) => allowed);
  return {
    main: allowed.filter(({ command }) => MAIN.has(command)),
    more: allowed.filter(({ command }) => !MAIN.has(command)),
    refused: inOrder.filter((offer) => !offer.allowed),
  };
};

const OF_OTHERS: ReadonlySet<string> = new Set(['not-yours', 'forbidden']);

/** Why not, each reason once with what it forbids; what belongs to other posts comes last, it is the least news. */
export const reasonsOf = (refused: readonly Offer[]): readonly (readonly [string, readonly Offer[]])[] => {
  const reasons = new Map<string, Offer[]>();
  const inOrder = [...refused].sort((a, b) => Number(OF_OTHERS.has(a.refusal?.code ?? '')) - Number(OF_OTHERS.has(b.refusal?.code ?? '')));
  for (const offer of inOrder) {
    const reason = offer.refusal?.zh ?? '';
    reasons.set(reason, [...(reasons.get(reason) ?? []), offer]);
  }
  return [...reasons];
};
