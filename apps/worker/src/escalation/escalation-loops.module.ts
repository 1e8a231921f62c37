import { Module } from '@nestjs/common';
import { LadderLoop } from './ladder-loop';

/** Needs CoreModule beside it. */
@Module({ providers: [LadderLoop] })
export class EscalationLoopsModule {}
