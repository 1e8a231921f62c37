/** The least that Nest on Fastify can be: one module, one route. Tells its parent when it listens. */
require('reflect-metadata');
const { Controller, Get, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');

class Empty {
  get() {
    return {};
  }
}
Get()(Empty.prototype, 'get', Object.getOwnPropertyDescriptor(Empty.prototype, 'get'));
Controller('empty')(Empty);
class EmptyModule {}
Module({ controllers: [Empty] })(EmptyModule);

const main = async () => {
  const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  process.send?.({ type: 'ready' });
};
main();
process.on('disconnect', () => process.exit(0));
