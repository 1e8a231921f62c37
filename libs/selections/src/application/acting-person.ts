import { Clock, type Actor, type Stamp } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';

/** Rights are those of the moment: somebody who acts behind a request is looked up again each time. */
@Injectable()
export class ActingPerson {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The same person from the same post, as they stand now. Errors: no-current-post, post-not-yours. */
  async now({ personId, postId, inPlaceOf }: Stamp): Promise<Actor> {
    const view = await this.directory.view();
    return view.actorFor(personId, postId ?? undefined, this.clock.now(), inPlaceOf === null ? {} : { inPlaceOf });
  }
}
