import { Global, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { Authenticator } from './authenticator';
import { Routes } from './routes';
import { SignInLimit } from './sign-in-limit';

/** The guard before every route; needs IdentityModule and OrganisationModule beside it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Authenticator, Routes, SignInLimit, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Authenticator, Routes, SignInLimit],
})
export class SecurityModule implements OnApplicationBootstrap {
  constructor(@Inject(Routes) private readonly routes: Routes) {}

  /** The process does not start with a route that forgot to say who may call it. */
  onApplicationBootstrap(): void {
    const silent = this.routes.all().filter((route) => route.access === null);
    if (silent.length > 0) {
      throw new Error(`routes without @Access or @Public: ${silent.map((r) => `${r.method} ${r.path}`).join(', ')}`);
    }
  }
}
