import { Module } from '@nestjs/common';
import { AccountController, AdminAccountsController, AdminTokensController, SecurityLogController } from './accounts.controller';
import { SessionController } from './session.controller';
import { SignedInAnswers } from './signed-in.answer';

@Module({
  controllers: [SessionController, AccountController, AdminAccountsController, AdminTokensController, SecurityLogController],
  providers: [SignedInAnswers],
})
export class IdentityApiModule {}
