import { FindingNumbers } from '@app/findings';
import { Clock, localDateOf, type CommandId, type FindingId } from '@app/kernel';
import { NumberRegister } from '@app/lists';
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
    return `${series}-${String(await this.register.take(series, commandId, `finding-${findingId}`)).padStart(6, '0')}`;
  }

  settle(commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(this.series(), commandId, outcome, because);
  }

  private series(): string {
    return `QL-${localDateOf(this.clock.now()).slice(0, 4)}`;
  }
}
