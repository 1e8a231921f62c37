import { CoreModule, ReadersModule } from '@app/core';
import type { Settings } from '@app/settings';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Module({})
class ProductModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: ProductModule, imports: [CoreModule.forRoot(settings), ReadersModule] };
  }
}

/** Does some work with the write side and the readers of the product wired as in the api, and takes them down again. */
export const withProduct = async <T>(settings: Settings, work: (app: INestApplicationContext) => Promise<T>): Promise<T> => {
  const app = await NestFactory.createApplicationContext(ProductModule.forRoot(settings), {
    // Why it does not come up is said by whoever catches it, in a sentence.
    logger: ['fatal'],
    abortOnError: false,
  });
  app.useLogger(['error', 'warn']);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
};
