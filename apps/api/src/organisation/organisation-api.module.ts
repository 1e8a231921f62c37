import { FindingReadsModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdminCategoriesController, CategoriesController } from './categories.controller';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { OrganisationDesk } from './organisation-desk';
import { AdminPeopleController } from './people.controller';
import { AdminPostsController } from './posts.controller';
import { AdminUnitsController, UnitsController } from './units.controller';

@Module({
  imports: [CqrsModule, FindingReadsModule],
  controllers: [
    UnitsController,
    CategoriesController,
    AdminUnitsController,
    AdminPeopleController,
    AdminPostsController,
    AdminCategoriesController,
  ],
  providers: [OrganisationDesk, ReadYourWritesInterceptor],
})
export class OrganisationApiModule {}
