import { Module } from '@nestjs/common';
import { SupervisionLoop } from './supervision-loop';

/** The clock of 挂牌督办. Needs CoreModule beside it. */
@Module({ providers: [SupervisionLoop] })
export class SupervisionLoopModule {}
