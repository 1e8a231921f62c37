import { Global, Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { MasterKey } from './application/master-key';
import { Sealer } from './application/sealer';
import { SubjectCommandHandler } from './application/subject.command-handler';

/** Sealer and the subject's commands; needs ReadStoreModule, EventStoreModule and a Clock beside it. */
@Global()
@Module({})
export class PrivacyModule implements OnModuleInit {
  constructor(@Inject(Sealer) private readonly sealer: Sealer) {}

  static forRoot({ dataDir }: Readonly<{ dataDir: string }>): DynamicModule {
    return {
      module: PrivacyModule,
      imports: [CqrsModule],
      providers: [{ provide: MasterKey, useFactory: () => MasterKey.in(dataDir) }, Sealer, SubjectCommandHandler],
      exports: [Sealer, MasterKey],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.sealer.check();
  }
}
