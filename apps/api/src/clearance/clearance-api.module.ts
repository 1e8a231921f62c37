import { ClearanceModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { ReadingApiModule } from '../reading/reading-api.module';
import { ClearanceController } from './clearance.controller';

@Module({ imports: [ClearanceModule, ReadingApiModule], controllers: [ClearanceController] })
export class ClearanceApiModule {}
