import { Recovery } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { RoundTrips } from './round-trips';

const LOOK_EVERY_MS = 15_000;

@Injectable()
export class RoundTripRecovery extends Recovery {
  constructor(@Inject(RoundTrips) roundTrips: RoundTrips) {
    super('round trips', LOOK_EVERY_MS, () => roundTrips.resume());
  }
}
