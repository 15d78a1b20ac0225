-- +goose Up

-- The origins whose pages may carry a service's chat, as a JSON list; none unless somebody names one.
alter table service add column origins text not null default '[]';

-- +goose Down
alter table service drop column origins;
