-- +goose Up

-- How a service's queues are given to advisers, and when its lead is warned, as JSON; '{}' is by hand
-- and never. Nothing here is about a person.
alter table service add column routing text not null default '{}';

-- +goose Down
alter table service drop column routing;
