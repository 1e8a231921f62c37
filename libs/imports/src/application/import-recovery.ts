import { Recovery } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { Imports } from './imports';

const LOOK_EVERY_MS = 15_000;

@Injectable()
export class ImportRecovery extends Recovery {
  constructor(@Inject(Imports) imports: Imports) {
    super('imports', LOOK_EVERY_MS, () => imports.resume());
  }
}
