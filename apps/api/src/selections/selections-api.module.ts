import type { OfferedCommand } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import { Admission, SelectionsModule } from '@app/selections';
import { Global, Injectable, Module } from '@nestjs/common';
import { FindingAccess } from '../findings/finding-access';
import { FindingsApiModule } from '../findings/findings-api.module';
import { OfferDesk } from '../findings/offer-desk';
import { ReadingApiModule } from '../reading/reading-api.module';
import { SelectionsController } from './selections.controller';

/** Many commands at once pass the doors of the routes that single ones go through. */
@Injectable()
class RouteAdmission extends Admission {
  constructor(
    private readonly offers: OfferDesk,
    private readonly access: FindingAccess,
  ) {
    super();
  }
  opens(command: OfferedCommand, by: Actor): boolean {
    return this.offers.opens(command, by);
  }
  knows(findingId: FindingId, by: Actor): Promise<boolean> {
    return this.access.knows(findingId, by);
  }
}

@Global()
@Module({ imports: [FindingsApiModule], providers: [{ provide: Admission, useClass: RouteAdmission }], exports: [Admission] })
class AdmissionModule {}

/** Needs CoreModule beside it. Selections are worked on in this process. */
@Module({
  imports: [AdmissionModule, SelectionsModule.forRoot(), FindingsApiModule, ReadingApiModule],
  controllers: [SelectionsController],
})
export class SelectionsApiModule {}
