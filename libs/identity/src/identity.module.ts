import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Accounts } from './application/accounts';
import { Devices } from './application/devices';
import { FirstAdministrator } from './application/first-administrator';
import { IdentityOptions } from './application/identity-options';
import { SecurityLog } from './application/security-log';
import { Sessions } from './application/sessions';
import { Tokens } from './application/tokens';

/** Accounts, sessions, tokens and the log of the door; needs ReadStoreModule, PrivacyModule and a Clock beside it. */
@Global()
@Module({})
export class IdentityModule {
  static forRoot(options: Partial<IdentityOptions> = {}): DynamicModule {
    const services = [Accounts, Devices, FirstAdministrator, SecurityLog, Sessions, Tokens];
    return {
      module: IdentityModule,
      imports: [CqrsModule],
      providers: [{ provide: IdentityOptions, useValue: new IdentityOptions(options) }, ...services],
      exports: [IdentityOptions, ...services],
    };
  }
}
