import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdminCategoriesController, CategoriesController } from './categories.controller';
import { OrganisationDesk } from './organisation-desk';
import { AdminPeopleController } from './people.controller';
import { AdminPostsController } from './posts.controller';
import { AdminUnitsController, UnitsController } from './units.controller';

@Module({
  imports: [CqrsModule],
  controllers: [
    UnitsController,
    CategoriesController,
    AdminUnitsController,
    AdminPeopleController,
    AdminPostsController,
    AdminCategoriesController,
  ],
  providers: [OrganisationDesk],
})
export class OrganisationApiModule {}
