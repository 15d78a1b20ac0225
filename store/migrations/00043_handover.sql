-- +goose Up

-- A contact on its way from one adviser to another: asked (the receiver has not answered), given (the
-- receiver has not looked yet), joined (both read). One for each contact; deleted when it ends, and at
-- the latest when the contact closes. Sender_no is the number of the sender's assignment.
create table contact_handover (
  authority text not null,
  contact text not null,
  state text not null,
  sender text not null,
  sender_no bigint not null,
  receiver text not null,
  reason text not null,
  at bigint not null,
  primary key (authority, contact)
);
create index contact_handover_receiver on contact_handover (authority, receiver);
create index contact_handover_sender on contact_handover (authority, sender);

-- +goose Down
drop table contact_handover;
