import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingApiModule } from '../reading/reading-api.module';
import { PlaceholdersController } from './placeholders.controller';

/** Needs CoreModule beside it. */
@Module({ imports: [CqrsModule, ReadingApiModule], controllers: [PlaceholdersController] })
export class PlaceholdersApiModule {}
