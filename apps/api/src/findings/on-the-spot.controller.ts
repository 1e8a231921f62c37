import { FindingReader, legIdOf, type FindingIntent, type LegPlan } from '@app/findings';
import { Clock, idFrom, localDateOf, type CommandId, type FindingId, type LegId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notFound, ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingAccess } from './finding-access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import { findingId, legId, onTheSpotRequest, spotAcceptanceRequest, type Body as Of } from './finding.requests';

@ApiTags('legs 条线')
@Controller('findings')
export class OnTheSpotController {
  constructor(
    private readonly desk: FindingDesk,
    private readonly reader: FindingReader,
    private readonly access: FindingAccess,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** 立行立改 before the inspectors’ eyes (R5, R10); the evidence was added to the finding before. */
  @Put(':id/legs/:legId/on-the-spot')
  @Access({ roles: ['inspector', 'team-head'], note: 'rectified on the spot 现场整改' })
  async onTheSpot(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('legId', { schema: legId }) leg: LegId,
    @Body({ schema: onTheSpotRequest }) { on, evidence, ...data }: Of<typeof onTheSpotRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const { state } = await this.reader.load(id);
    const known = state.phase === 'absent' ? {} : state.core.evidence;
    const proof = evidence.flatMap((wanted) => {
      const found = known[wanted];
      if (found === undefined || found.removed) return [];
      const { evidenceId, hash, name, mediaType, size, phase, legId: of } = found;
      return [{ evidenceId, hash, name, mediaType, size, phase, legId: of }];
    });
    return this.desk.send(id, { type: 'RectifyOnTheSpot', data: { ...data, legId: leg, evidence: proof } }, writing, { on });
  }

  /**
   * What an inspector put down with the filing as rectified on the spot, accepted in one go: immediate, to the town alone with a
   * copy for the department (R5, R11). It becomes the leg's rectification as soon as evidence from before and after is there.
   */
  @Put(':id/on-the-spot/acceptance')
  @Access({ roles: ['team-head'], note: 'accept 立行立改 认可现场整改: head of the team' })
  async accept(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: spotAcceptanceRequest }) { on }: Of<typeof spotAcceptanceRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    await this.access.mustKnow(id, writing.by);
    const { state } = await this.reader.load(id);
    if (state.phase === 'absent') throw notFound();
    if (state.core.onTheSpot === undefined) {
      throw new ProblemError(409, 'nothing-on-the-spot', {
        zh: '登记时没有写明现场立行立改。',
        en: 'The filing says of nothing that was rectified on the spot.',
      });
    }
    const { category, place } = state.core;
    const accepted = { rectification: 'immediate', seriousness: 'ordinary', reason: null, stages: [] } as const;
    const first = idFrom(writing.commandId, 'acceptance') as CommandId;
    await this.desk.send(id, { type: 'AcceptFinding', data: accepted }, { ...writing, commandId: first }, { on });
    const view = await this.directory.view();
    const { legs } = view.proposal(category, place.townId, localDateOf(this.clock.now()));
    const leg: LegPlan = {
      legId: legIdOf('territorial'),
      unitId: view.standing(place.townId),
      line: 'territorial',
      duty: 'acts',
      leads: true,
    };
    const transfer: FindingIntent = {
      type: 'TransferFinding',
      data: {
        legs: [leg],
        // The rule's proposal is for findings that take time; an immediate one has one leg by default (R5).
        proposed: null,
        assisting: [],
        copies: legs.flatMap(({ line, unitId }) => (line === 'sectoral' ? [unitId] : [])),
        overruledBecause: null,
        singleLegBecause: null,
        independent: null,
      },
    };
    // The revision that was seen has passed with the acceptance.
    return this.desk.send(id, transfer, { ...writing, seen: () => undefined }, { on });
  }
}
