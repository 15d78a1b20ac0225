-- +goose Up

-- A contact that waits and is offered to one adviser until a moment. A contact is offered to one at a
-- time, and an adviser is offered one at a time, whatever two nodes do: the keys see to it.
create table contact_offer (
  authority text not null,
  contact text not null,
  staff text not null,
  until bigint not null,
  primary key (authority, contact)
);
create unique index contact_offer_staff on contact_offer (authority, staff);

-- One row per authority: the lock under which contacts are offered, so that the order of two nodes is one.
create table offer_roll (
  authority text not null primary key,
  rounds bigint not null
);

-- +goose Down
drop table offer_roll;
drop table contact_offer;
