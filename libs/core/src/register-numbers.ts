import { FindingNumbers } from '@app/findings';
import { Clock, localDateOf, yearOf, type CommandId, type FindingId } from '@app/kernel';
import { findingNumber, findingSeries, NumberRegister } from '@app/lists';
import { PlaceholderNumbers, type PlaceholderId } from '@app/placeholders';
import { Injectable } from '@nestjs/common';

/** Findings are numbered by the Shanghai year of their filing. */
@Injectable()
export class RegisterNumbers extends FindingNumbers {
  constructor(
    private readonly register: NumberRegister,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(commandId: CommandId, findingId: FindingId): Promise<string> {
    const series = this.series();
    return findingNumber(series, await this.register.take(series, commandId, `finding-${findingId}`));
  }

  settle(commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(this.series(), commandId, outcome, because);
  }

  private series(): string {
    return findingSeries(yearOf(localDateOf(this.clock.now())));
  }
}

/** A series of its own: `XX-2020-0001`, by the Shanghai year of the registration. */
@Injectable()
export class RegisterPlaceholderNumbers extends PlaceholderNumbers {
  constructor(
    private readonly register: NumberRegister,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(commandId: CommandId, placeholderId: PlaceholderId): Promise<string> {
    const series = this.series();
    const n = await this.register.take(series, commandId, `placeholder-${placeholderId}`);
    return `${series}-${String(n).padStart(4, '0')}`;
  }

  settle(commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(this.series(), commandId, outcome, because);
  }

  private series(): string {
    return `XX-${String(yearOf(localDateOf(this.clock.now())))}`;
  }
}
