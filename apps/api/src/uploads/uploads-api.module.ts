import { Module } from '@nestjs/common';
import { FindingsApiModule } from '../findings/findings-api.module';
import { UploadSweep } from './upload-sweep';
import { UploadsController } from './uploads.controller';

@Module({ imports: [FindingsApiModule], controllers: [UploadsController], providers: [UploadSweep] })
export class UploadsApiModule {}
