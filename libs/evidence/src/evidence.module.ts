import path from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { EvidenceStore } from './evidence-store';
import { ServedCopies } from './served-copy';
import { Uploads, UploadFolder } from './uploads';

/** Needs ReadStoreModule and a Clock beside it. */
@Module({})
export class EvidenceModule {
  static forRoot({ dataDir, maxBytes }: Readonly<{ dataDir: string; maxBytes: number }>): DynamicModule {
    const store = new EvidenceStore(path.join(dataDir, 'evidence'), maxBytes);
    const copies = new ServedCopies(store, path.join(dataDir, 'evidence-served'));
    return {
      module: EvidenceModule,
      global: true,
      providers: [
        { provide: EvidenceStore, useValue: store },
        { provide: ServedCopies, useValue: copies },
        { provide: UploadFolder, useValue: new UploadFolder(path.join(dataDir, 'uploads')) },
        Uploads,
      ],
      exports: [EvidenceStore, ServedCopies, Uploads],
    };
  }
}
