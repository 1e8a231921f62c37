import { FindingRehearsals, refusalOf, type Offer, type OfferedCommand } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { FORBIDDEN, type AccessRule } from '../security/access';
import { Routes } from '../security/routes';
import { notFound } from '../platform/problem';
import { ROUTE_OF } from './command-routes';

const NOT_BY_THIS_POST = refusalOf('forbidden', FORBIDDEN);

/** What somebody may do to a finding now, the door of each route included: it refuses before the finding is asked. */
@Injectable()
export class OfferDesk {
  private doors: ReadonlyMap<string, AccessRule['roles']> | null = null;

  constructor(
    private readonly rehearsals: FindingRehearsals,
    private readonly routes: Routes,
  ) {}

  async offers(findingId: FindingId, by: Actor): Promise<Readonly<{ offers: readonly Offer[]; revision: bigint }>> {
    const found = await this.rehearsals.offers(findingId, by);
    if (found === null) throw notFound();
    const shut = (offer: Offer): Offer => ({ ...offer, allowed: false, refusal: NOT_BY_THIS_POST });
    return { revision: found.revision, offers: found.offers.map((offer) => (this.opens(offer.command, by) ? offer : shut(offer))) };
  }

  /** Whether the route of a command lets a post in. Read off the routes once they are all known. */
  opens(command: OfferedCommand, by: Actor): boolean {
    this.doors ??= new Map(
      this.routes
        .all()
        .flatMap(({ method, path, access }) =>
          access === null || access === 'public' ? [] : [[`${method} ${path}`, access.roles] as const],
        ),
    );
    const route = ROUTE_OF[command];
    if (!this.doors.has(route)) return false;
    const roles = this.doors.get(route);
    return roles === undefined || by.roles.some((role) => roles.includes(role));
  }
}
