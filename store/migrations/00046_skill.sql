-- +goose Up

-- In which languages and services an adviser is offered contacts, and how many at once, as their lead
-- has set it. Lists are ids with commas between; services '' is every service of their grants. Declared
-- by the notice staff-accounts; ends with the account.
create table staff_skill (
  authority text not null,
  staff text not null,
  languages text not null,
  services text not null,
  capacity bigint not null,
  primary key (authority, staff)
);

-- +goose Down
drop table staff_skill;
