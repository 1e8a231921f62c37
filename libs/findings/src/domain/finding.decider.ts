import { assertNever, type Decider } from '@app/kernel';
import type { FindingCommand } from './finding.commands';
import type { FindingEvent } from './finding.events';
import { evolve } from './finding.evolve';
import { absent, type FindingState } from './finding.state';
import { passLeg, sendLegBack } from './decisions/review';
import { clearFinding, revokeClearance, verifyFinding } from './decisions/clearance';
import { addEvidence, addComment, removeEvidence } from './decisions/record';
import { acceptFinding, dismissFinding, linkFinding } from './decisions/triage';
import { addItems, correctFinding, fileFinding, withdrawFinding } from './decisions/filing';
import { answerItems, assignLeg, giveGuidance, planLeg, recordProgress, signForLeg } from './decisions/work';
import { askExtension, grantExtension, refuseExtension } from './decisions/extension';
import { firstReviewLeg, giveOpinion, reportLeg, signLeg } from './decisions/report';
import { askPause, grantPause, refusePause, resumeLeg } from './decisions/pause';
import { giveInstruction, replyToInstruction } from './decisions/instruction';
import { lookBack } from './decisions/look-back';
import { moveDueTime, reachDeadline } from './decisions/knocks';
import { objectToRuling, recordJointRuling, returnLeg, ruleOnReturn } from './decisions/returns';
import { passStage, rescheduleStages } from './decisions/staged';
import { recordChildPassed, recordChildReopened } from './decisions/family';
import { recordUpperAnswer, recordUpperClearance } from './decisions/upper';
import { rectifyOnTheSpot } from './decisions/on-the-spot';
import { splitFinding, transferFinding } from './decisions/transfer';

/** The table of contents: one line per command, the rules in `decisions/`. */
const decide = (command: FindingCommand, state: FindingState): readonly FindingEvent[] => {
  switch (command.type) {
    case 'FileFinding':
      return fileFinding(command, state);
    case 'CorrectFinding':
      return correctFinding(command, state);
    case 'AddItems':
      return addItems(command, state);
    case 'AddEvidence':
      return addEvidence(command, state);
    case 'RemoveEvidence':
      return removeEvidence(command, state);
    case 'AddComment':
      return addComment(command, state);
    case 'WithdrawFinding':
      return withdrawFinding(command, state);
    case 'DismissFinding':
      return dismissFinding(command, state);
    case 'LinkFinding':
      return linkFinding(command, state);
    case 'AcceptFinding':
      return acceptFinding(command, state);
    case 'TransferFinding':
      return transferFinding(command, state);
    case 'SplitFinding':
      return splitFinding(command, state);
    case 'SignForLeg':
      return signForLeg(command, state);
    case 'ReturnLeg':
      return returnLeg(command, state);
    case 'RuleOnReturn':
      return ruleOnReturn(command, state);
    case 'ObjectToRuling':
      return objectToRuling(command, state);
    case 'RecordJointRuling':
      return recordJointRuling(command, state);
    case 'AssignLeg':
      return assignLeg(command, state);
    case 'PlanLeg':
      return planLeg(command, state);
    case 'RecordProgress':
      return recordProgress(command, state);
    case 'AskExtension':
      return askExtension(command, state);
    case 'GrantExtension':
      return grantExtension(command, state);
    case 'RefuseExtension':
      return refuseExtension(command, state);
    case 'AskPause':
      return askPause(command, state);
    case 'GrantPause':
      return grantPause(command, state);
    case 'RefusePause':
      return refusePause(command, state);
    case 'ResumeLeg':
      return resumeLeg(command, state);
    case 'AnswerItems':
      return answerItems(command, state);
    case 'GiveGuidance':
      return giveGuidance(command, state);
    case 'ReportLeg':
      return reportLeg(command, state);
    case 'FirstReviewLeg':
      return firstReviewLeg(command, state);
    case 'SignLeg':
      return signLeg(command, state);
    case 'GiveOpinion':
      return giveOpinion(command, state);
    case 'RectifyOnTheSpot':
      return rectifyOnTheSpot(command, state);
    case 'PassLeg':
      return passLeg(command, state);
    case 'SendLegBack':
      return sendLegBack(command, state);
    case 'VerifyFinding':
      return verifyFinding(command, state);
    case 'ClearFinding':
      return clearFinding(command, state);
    case 'RevokeClearance':
      return revokeClearance(command, state);
    case 'LookBack':
      return lookBack(command, state);
    case 'PassStage':
      return passStage(command, state);
    case 'RescheduleStages':
      return rescheduleStages(command, state);
    case 'GiveInstruction':
      return giveInstruction(command, state);
    case 'ReplyToInstruction':
      return replyToInstruction(command, state);
    case 'RecordUpperAnswer':
      return recordUpperAnswer(command, state);
    case 'RecordUpperClearance':
      return recordUpperClearance(command, state);
    case 'RecordChildPassed':
      return recordChildPassed(command, state);
    case 'RecordChildReopened':
      return recordChildReopened(command, state);
    case 'MoveDueTime':
      return moveDueTime(command, state);
    case 'ReachDeadline':
      return reachDeadline(command, state);
    default:
      return assertNever(command);
  }
};

export const findingDecider: Decider<FindingState, FindingCommand, FindingEvent> = { initial: absent, decide, evolve };
