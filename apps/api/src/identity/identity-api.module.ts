import { Module } from '@nestjs/common';
import { AccountController, AdminAccountsController, AdminTokensController, SecurityLogController } from './accounts.controller';
import { AdminDevicesController, DevicesController } from './devices.controller';
import { SessionController } from './session.controller';
import { SignedInAnswers } from './signed-in.answer';

@Module({
  controllers: [
    SessionController,
    AccountController,
    AdminAccountsController,
    AdminTokensController,
    SecurityLogController,
    DevicesController,
    AdminDevicesController,
  ],
  providers: [SignedInAnswers],
})
export class IdentityApiModule {}
