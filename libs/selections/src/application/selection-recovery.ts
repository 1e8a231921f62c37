import { Recovery } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { SelectionWork } from './selection-work';

const LOOK_EVERY_MS = 10_000;

@Injectable()
export class SelectionRecovery extends Recovery {
  constructor(@Inject(SelectionWork) work: SelectionWork) {
    super('selections', LOOK_EVERY_MS, () => work.resume());
  }
}
