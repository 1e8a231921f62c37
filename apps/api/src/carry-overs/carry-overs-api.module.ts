import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingApiModule } from '../reading/reading-api.module';
import { CarryOversController } from './carry-overs.controller';

/** Needs CoreModule beside it. */
@Module({ imports: [CqrsModule, ReadingApiModule], controllers: [CarryOversController] })
export class CarryOversApiModule {}
