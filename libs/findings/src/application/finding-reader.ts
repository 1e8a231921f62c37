import { CommandRunner } from '@app/event-store';
import type { FindingId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { findingDecider } from '../domain/finding.decider';
import { FINDING_EVENT_TYPES } from '../domain/finding.event-types';
import type { FindingState } from '../domain/finding.state';
import { findingStream } from './finding-stream';

const requestFor = (findingId: FindingId) => ({ stream: findingStream(findingId), decider: findingDecider, types: FINDING_EVENT_TYPES });

/** A finding as its stream has it now: for decisions at the edge that must not lag behind. Lists come from the read model. */
@Injectable()
export class FindingReader {
  constructor(private readonly runner: CommandRunner) {}

  /** Revision -1n and phase `absent` when there is no such finding. */
  load(findingId: FindingId): Promise<Readonly<{ state: FindingState; revision: bigint; position: bigint }>> {
    return this.runner.load(requestFor(findingId));
  }

  /** As this process last saw it: good for what the command's own look at the stream will settle, for nothing else. */
  recall(findingId: FindingId): FindingState | undefined {
    return this.runner.recall(requestFor(findingId));
  }
}
