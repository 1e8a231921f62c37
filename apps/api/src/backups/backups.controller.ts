import { BackupShelf, type ShelfOutcome, type ShelfWork, type ShelvedBackup } from '@app/backup';
import { SecurityLog } from '@app/identity';
import { Controller, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, ProblemError } from '../platform/problem';
import { Access, CurrentAccount, type SignedIn } from '../security/access';

export type BackupsAnswer = Readonly<{
  /** Where they lie on the server. */
  folder: string;
  /** Newest first. */
  backups: readonly ShelvedBackup[];
  /** Whole days since the newest one; null where there is none. */
  ageDays: number | null;
  /** None, or none for a week. */
  overdue: boolean;
  underWay: ShelfWork | null;
  /** How the last work since the start of the api ended. */
  last: ShelfOutcome | null;
}>;

const OVERDUE_DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const backupName = z.string().max(100);

const busy = (): ProblemError =>
  new ProblemError(409, 'backup-under-way', {
    zh: '已有备份或核对正在进行，请等它完成或先取消。',
    en: 'A backup or a check is under way: wait for it or cancel it.',
  });

/**
 * Backups in the instance's own folder. The master key is not in them, nothing of them is given out over HTTP, and none is restored from
 * here: that is a command on the machine.
 */
@ApiTags('administration 系统管理')
@Controller('admin/backups')
export class BackupsController {
  constructor(
    @Inject(BackupShelf) private readonly shelf: BackupShelf,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  @Get()
  @Access({ roles: ['admin'], note: 'backups 备份一览' })
  async list(): Promise<BackupsAnswer> {
    const backups = await this.shelf.list();
    const [newest] = backups;
    const ageMs = newest === undefined ? null : Date.now() - Date.parse(newest.takenAt);
    return {
      folder: this.shelf.folder,
      backups,
      ageDays: ageMs === null ? null : Math.max(0, Math.floor(ageMs / DAY_MS)),
      overdue: ageMs === null || ageMs > OVERDUE_DAYS * DAY_MS,
      underWay: this.shelf.underWay,
      last: this.shelf.last,
    };
  }

  /** Begins one; how far it has come is in the list. */
  @Post()
  @HttpCode(202)
  @Access({ roles: ['admin'], note: 'take a backup 开始备份' })
  async take(@CurrentAccount() by: SignedIn, @Req() request: FastifyRequest): Promise<Readonly<{ name: string }>> {
    const name = this.shelf.take();
    if (name === null) throw busy();
    const { accountId, personId } = by;
    await this.log.record({ kind: 'backup-started', accountId, personId, ip: request.ip, detail: { backup: name } });
    return { name };
  }

  /** Reads all of it again and compares; the outcome is in the list. */
  @Put(':name/verification')
  @HttpCode(202)
  @Access({ roles: ['admin'], note: 'verify a backup 核对备份' })
  async verify(@Param('name', { schema: backupName }) name: string): Promise<Readonly<{ name: string }>> {
    if (!(await this.shelf.list()).some((one) => one.name === name)) throw notFound();
    if (!this.shelf.verify(name)) throw busy();
    return { name };
  }

  /** Ends what is under way under this name; harmless where nothing is. */
  @Put(':name/cancellation')
  @Access({ roles: ['admin'], note: 'cancel a backup 取消备份' })
  async cancel(@Param('name', { schema: backupName }) name: string): Promise<Readonly<{ name: string }>> {
    await this.shelf.cancel(name);
    return { name };
  }
}
