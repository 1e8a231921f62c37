import { FindingNumbers } from '@app/findings';
import { Clock, localDateOf, yearOf, type CommandId, type FindingId } from '@app/kernel';
import { findingNumber, findingSeries, NumberRegister } from '@app/lists';
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
