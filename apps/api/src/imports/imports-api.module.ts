import { ImportsModule } from '@app/imports';
import { Module, type DynamicModule } from '@nestjs/common';
import { ImportsController } from './imports.controller';

/** Needs CoreModule beside it. Imports are worked on in this process. */
@Module({})
export class ImportsApiModule {
  static forRoot({ dataDir }: Readonly<{ dataDir: string }>): DynamicModule {
    return { module: ImportsApiModule, imports: [ImportsModule.forRoot({ dataDir })], controllers: [ImportsController] };
  }
}
