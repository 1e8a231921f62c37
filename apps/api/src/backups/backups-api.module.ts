import { BackupShelf, productVersion } from '@app/backup';
import { EventStore } from '@app/event-store';
import { MasterKey } from '@app/privacy';
import type { Settings } from '@app/settings';
import { Inject, Injectable, Logger, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BackupsController } from './backups.controller';

/** A backup under way does not outlive its process; what it wrote is removed. */
@Injectable()
class ShelfEnd implements OnApplicationShutdown {
  constructor(@Inject(BackupShelf) private readonly shelf: BackupShelf) {}

  onApplicationShutdown(): Promise<void> {
    return this.shelf.close();
  }
}

/** Needs CoreModule beside it. Backups are taken in this process. */
@Module({})
export class BackupsApiModule {
  static forRoot({ dataDir, backupDir, eventStore }: Readonly<Pick<Settings, 'dataDir' | 'backupDir' | 'eventStore'>>): DynamicModule {
    const log = new Logger('Backups');
    return {
      module: BackupsApiModule,
      controllers: [BackupsController],
      providers: [
        {
          provide: BackupShelf,
          inject: [EventStore, DataSource, MasterKey],
          useFactory: (store: EventStore, dataSource: DataSource, master: MasterKey) =>
            new BackupShelf(
              backupDir,
              { store, dataSource, backend: eventStore.backend, dataDir, masterKey: master.id, product: productVersion() },
              (error) => log.error(error instanceof Error ? (error.stack ?? error.message) : 'a backup failed'),
            ),
        },
        ShelfEnd,
      ],
    };
  }
}
