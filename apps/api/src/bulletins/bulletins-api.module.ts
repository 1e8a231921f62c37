import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingApiModule } from '../reading/reading-api.module';
import { BulletinDraftsController } from './bulletin-drafts.controller';
import { BulletinsController } from './bulletins.controller';

/** Needs CoreModule beside it. */
@Module({ imports: [CqrsModule, ReadingApiModule], controllers: [BulletinsController, BulletinDraftsController] })
export class BulletinsApiModule {}
