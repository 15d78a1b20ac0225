package contact

import (
	"context"
	_ "embed"
	"strings"

	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

// columnList are the columns of a contact in the order of scanContact.
const columnList = `id, service, notice, notice_version, record, status, seq, coalesce(lang, ''), coalesce(topic, ''),
  coalesce(outcome, ''), coalesce(closed_by, ''), coalesce(adviser, ''), coalesce(adviser_no, 0), advisers,
  coalesce(started_at, 0), coalesce(queued_at, 0), coalesce(taken_at, 0), coalesce(last_at, 0),
  coalesce(waiting_since, 0), coalesce(idle_from, 0), coalesce(idle_warned_at, 0), coalesce(citizen_left_at, 0),
  coalesce(closed_at, 0), rank, coalesce(place, 0), unread, citizen_present,
  citizen_seen, citizen_delivered, adviser_seen, adviser_delivered, coalesce(helped, 0)`

// granted says in a statement what the gate says in Go (S4-17): the adviser of the contact has a grant
// that runs and reaches its service, and a secrecy commitment on record. Its arguments are the present
// moment, twice.
const granted = `exists (select 1 from role_grant g join staff_standing s on s.authority = g.authority and s.staff = g.staff
    where g.authority = contact.authority and g.staff = contact.adviser and g.role = 'adviser' and g.service in ('', contact.service)
      and g.valid_from <= ? and (g.valid_until = 0 or g.valid_until > ?) and s.disabled_at is null and s.secrecy_on is not null)`

// handoverList are the columns of a handover in the order of scanHandover, and where they come from.
const handoverList = `h.contact, h.state, h.sender, h.sender_no, h.receiver, h.reason, h.at, c.service, coalesce(c.lang, ''), coalesce(c.topic, '')
from contact_handover h join contact c on c.authority = h.authority and c.id = h.contact`

// besides says the same of the one given as an argument before the two moments.
var besides = strings.Replace(granted, "contact.adviser", "?", 1)

var (
	queries = store.MustQueries(strings.NewReplacer("{contact}", columnList, "{granted}", granted, "{besides}", besides,
		"{handover}", handoverList).Replace(queryText))
	qAsks           = queries.Get("contact-asks")
	qHandoverAdd    = queries.Get("handover-add")
	qHandoverOf     = queries.Get("handover-of")
	qHandoversWith  = queries.Get("handovers-with")
	qHandoverJoined = queries.Get("handover-joined")
	qHandoverEnd    = queries.Get("handover-end")
	qHandoverSeen   = queries.Get("handover-seen")
	qSweepHandovers = queries.Get("sweep-handovers")
	qJoin           = queries.Get("contact-join")
	qReturn         = queries.Get("contact-return")
	qStart          = queries.Get("contact-start")
	qStartAgain     = queries.Get("contact-start-again")
	qLoad           = queries.Get("contact-load")
	qLock           = queries.Get("contact-lock")
	qOwn            = queries.Get("contact-own")
	qPostCitizen    = queries.Get("post-citizen")
	qPostAdviser    = queries.Get("post-adviser")
	qPostNote       = queries.Get("post-note")
	qMessageAdd     = queries.Get("message-add")
	qMessageOf      = queries.Get("message-of-client")
	qMessagesAfter  = queries.Get("messages-after")
	qMessagesOf     = queries.Get("messages-of")
	qPartAdd        = queries.Get("part-add")
	qParts          = queries.Get("parts-of")
	qOfRecord       = queries.Get("contact-of-record")
	qQueueHead      = queries.Get("queue-head")
	qTake           = queries.Get("contact-take")
	qAdviserAdd     = queries.Get("adviser-add")
	qPass           = queries.Get("contact-pass")
	qReassign       = queries.Get("contact-reassign")
	qQueue          = queries.Get("contact-queue")
	qClose          = queries.Get("contact-close")
	qEnd            = queries.Get("contact-end")
	qClassify       = queries.Get("contact-classify")
	qReopen         = queries.Get("contact-reopen")
	qLeft           = queries.Get("citizen-left")
	qBack           = queries.Get("citizen-back")
	qStay           = queries.Get("citizen-stay")
	qCitizenSeen    = queries.Get("citizen-seen")
	qCitizenGot     = queries.Get("citizen-delivered")
	qAdviserSeen    = queries.Get("adviser-seen")
	qAdviserGot     = queries.Get("adviser-delivered")
	qSweepGone      = queries.Get("sweep-gone")
	qPresent        = queries.Get("citizens-present")
	qAway           = queries.Get("citizen-away")
	qSweepUngranted = queries.Get("sweep-ungranted")
	qSweepWarn      = queries.Get("sweep-warn")
	qSweepIdle      = queries.Get("sweep-idle")
	qSweepLeft      = queries.Get("sweep-left")
	qQueuesWaiting  = queries.Get("queues-waiting")
	qSweepHours     = queries.Get("sweep-hours")
	qAfterHours     = queries.Get("contact-after-hours")
	qWarn           = queries.Get("contact-warn")
	qIdle           = queries.Get("contact-idle")
	qAbandon        = queries.Get("contact-abandon")
	qGone           = queries.Get("contact-gone")
	qAssignedTo     = queries.Get("assigned-to")
	qHelped         = queries.Get("citizen-helped")
	qSettleDue      = queries.Get("settle-due")
	qSettleFirst    = queries.Get("settle-first")
	qSettle         = queries.Get("contact-settle")
	qAdvisersClear  = queries.Get("advisers-clear")
	qClientsClear   = queries.Get("clients-clear")
	qUnsettled      = queries.Get("unsettled")
	qMessagesDelete = queries.Get("messages-delete")
	qPartsDelete    = queries.Get("parts-delete")
	qContactDelete  = queries.Get("contact-delete")
	qReclaim        = queries.Get("messages-reclaim")
)

// scanContact reads the columns of columnList.
func scanContact(authority string, scan func(...any) error) (Contact, error) {
	c := Contact{Authority: authority}
	var record string
	var present, helped int64
	err := scan(&c.ID, &c.Service, &c.Notice, &c.Version, &record, &c.Status, &c.Seq, &c.Lang, &c.Topic,
		&c.Outcome, &c.ClosedBy, &c.Adviser, &c.AdviserNo, &c.Advisers,
		&c.StartedAt, &c.QueuedAt, &c.TakenAt, &c.LastAt,
		&c.WaitingSince, &c.IdleFrom, &c.IdleWarnedAt, &c.CitizenLeftAt,
		&c.ClosedAt, &c.Rank, &c.Place, &c.Unread, &present,
		&c.CitizenSeen, &c.CitizenReceived, &c.AdviserSeen, &c.AdviserReceived, &helped)
	c.Record, c.CitizenPresent, c.Helped = vault.RecordID(record), present == 1, helped == 1
	return c, err
}

// one runs a query that gives at most one contact; found is false when it gives none.
func one(ctx context.Context, tx *store.Tx, authority string, q store.Query, args ...any) (c Contact, found bool, err error) {
	c, err = scanContact(authority, tx.Row(ctx, q, args...).Scan)
	if fault.Is(err, fault.NotFound) {
		return Contact{}, false, nil
	}
	return c, err == nil, err
}

// Load reads a contact; another authority's is fault.NotFound like one that does not exist.
func Load(ctx context.Context, tx *store.Tx, authority, id string) (Contact, error) {
	c, found, err := one(ctx, tx, authority, qLoad, authority, id)
	if err == nil && !found {
		err = unknownContact()
	}
	return c, err
}

// Own reads the contact that a citizen claims; a wrong claim is fault.NotFound like no contact.
func Own(ctx context.Context, tx *store.Tx, who Citizen) (Contact, error) {
	c, found, err := one(ctx, tx, who.authority, qOwn, who.authority, who.contact, who.hash[:])
	if err == nil && !found {
		err = unknownContact()
	}
	return c, err
}

// rowOf is the permanent id of a line, bound into its seal.
func rowOf(contact string, n int64) string { return contact + "/" + itoa(n) }
