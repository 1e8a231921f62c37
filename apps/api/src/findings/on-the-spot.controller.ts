import { FindingReader } from '@app/findings';
import type { FindingId, LegId } from '@app/kernel';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import { findingId, legId, onTheSpotRequest, type Body as Of } from './finding.requests';

@ApiTags('legs 条线')
@Controller('findings')
export class OnTheSpotController {
  constructor(
    private readonly desk: FindingDesk,
    private readonly reader: FindingReader,
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
}
