import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Kills, Trouble } from './campaign';
import { healed } from './killer';

const ROOM_MB = 200;
const STEPS = [1_048_576, 65_536, 4_096] as const;
const LONGEST_MS = 3_000;
/** Longer than an append is repeated, so that somebody is told. */
const SHORTEST_FULL_MS = 5_000;

const sizeInMb = (dir: string): number => Number(execFileSync('du', ['-sm', dir], { encoding: 'utf8' }).split('\t')[0]);
/** Node's own errors are of another world than the tests' `Error`. */
const isFull = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOSPC';

/** A small file system of its own, in memory, that can be filled to the last byte. */
export class Volume {
  private constructor(private readonly dir: string) {}

  /** Null where this process may not mount anything. */
  static mount(dir: string, megabytes: number): Volume | null {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o711 });
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', dir], { stdio: 'ignore' });
      return new Volume(dir);
    } catch {
      return null;
    }
  }

  /** Whether this process may: root mostly may, in a container not always. */
  static get allowed(): boolean {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'qingling-volume-'));
    const volume = Volume.mount(dir, 1);
    volume?.unmount();
    rmSync(dir, { recursive: true });
    return volume !== null;
  }

  /** What lies in a directory, moved to a volume in its place. */
  static under(dir: string): Volume {
    const before = `${dir}-before`;
    renameSync(dir, before);
    const volume = Volume.mount(dir, sizeInMb(before) + ROOM_MB);
    if (volume === null) throw new Error('no volume could be mounted');
    execFileSync('cp', ['-a', `${before}/.`, dir]);
    rmSync(before, { recursive: true });
    return volume;
  }

  /** Takes all space that there is. */
  fill(): void {
    const ballast = openSync(this.ballast, 'a');
    try {
      for (const size of STEPS) this.write(ballast, Buffer.alloc(size));
    } finally {
      closeSync(ballast);
    }
  }
  free(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.dir]);
  }

  private get ballast(): string {
    return path.join(this.dir, 'ballast');
  }
  private write(file: number, bytes: Buffer): void {
    try {
      for (;;) writeSync(file, bytes);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}

/** The disk under everything runs full, and has space again: with nothing else, while the api dies, while PostgreSQL restarts. */
export const squeezing =
  (times: number, volume: Volume): Trouble =>
  async ({ instance, random, say }): Promise<Kills> => {
    for (let n = 0; n < times; n += 1) {
      await healed(instance);
      await pause(random.below(LONGEST_MS));
      volume.fill();
      say(`full ${n + 1}`);
      const until = performance.now() + SHORTEST_FULL_MS + random.below(LONGEST_MS);
      const also = [null, 'api', 'postgres, fast', 'postgres, immediate'] as const;
      const part = also[n % also.length] ?? null;
      if (part !== null) instance.kill(part, (pids) => random.pick(pids));
      // What others give back is taken too.
      while (performance.now() < until) {
        volume.fill();
        await pause(100);
      }
      volume.free();
      say(`space again ${n + 1}`);
    }
    await healed(instance);
    return { 'disk full': times };
  };
