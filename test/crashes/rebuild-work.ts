import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '@app/kernel';
import type { Instance } from './instance';

const PAUSE_MS = 4_000;

/** Read models are made anew now and then while people work; what is killed half way is asked for again. */
export class RebuildWork {
  private pid: number | null = null;
  finished = 0;

  constructor(
    private readonly instance: Instance,
    private readonly random: SeededRandom,
    private readonly tell: (wrong: string) => void,
  ) {}

  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await pause(this.random.below(PAUSE_MS));
      await this.once();
    }
    // Nothing is killed any more: now it must succeed.
    const { code, said } = await this.once();
    if (code !== 0) this.tell(`a rebuild with nothing in its way ended with ${String(code)}: ${said.slice(-400)}`);
  }

  /** False when none is under way. */
  kill(): boolean {
    if (this.pid === null) return false;
    this.instance.killTree(this.pid);
    this.pid = null;
    return true;
  }

  private async once(): Promise<Readonly<{ code: number | null; said: string }>> {
    let mine = 0;
    const ran = await this.instance.run(['rebuild'], (pid) => {
      mine = pid;
      this.pid = pid;
    });
    const killed = this.pid !== mine;
    this.pid = null;
    if (ran.code === 0) this.finished += 1;
    else if (!killed && /\n\s+at /.test(ran.said)) this.tell(`a rebuild told people its stack: ${ran.said.slice(-400)}`);
    return ran;
  }
}
