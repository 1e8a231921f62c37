import type { FindingDetail, InboxWork, OfferedCommand } from '@app/findings';
import type { Actor } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { OfferDesk } from '../findings/offer-desk';

type Turn = FindingDetail['turns'][number];

/** Turns whose doing avoidance may forbid (R9), and by which command each is done. */
const REVIEWED_BY: Readonly<Partial<Record<InboxWork, OfferedCommand>>> = {
  review: 'PassLeg',
  verify: 'VerifyFinding',
  clear: 'ClearFinding',
  stage: 'PassStage',
};

/** Whether a turn is for this actor: of their unit and roles, named to them, or of a town they answer for. */
const isTheirs = (turn: Turn, actor: Actor): boolean =>
  turn.personId === actor.personId ||
  (turn.personId === null &&
    turn.roles.some((role) => actor.roles.includes(role)) &&
    (turn.unit.id === actor.unitId || turn.roles.includes('leader')));

/** What waits for the reader, from the post acted from; nothing that they must avoid. */
@Injectable()
export class OwnTurns {
  constructor(private readonly desk: OfferDesk) {}

  async of({ findingId, turns }: FindingDetail, actor: Actor): Promise<readonly Turn[]> {
    const theirs = turns.filter((turn) => isTheirs(turn, actor));
    if (!theirs.some(({ work }) => REVIEWED_BY[work] !== undefined)) return theirs;
    const { offers } = await this.desk.offers(findingId, actor);
    const avoided = new Set(offers.flatMap(({ command, refusal }) => (refusal?.code === 'avoidance' ? [command] : [])));
    return theirs.filter(({ work }) => {
      const command = REVIEWED_BY[work];
      return command === undefined || !avoided.has(command);
    });
  }
}
