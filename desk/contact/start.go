package contact

import (
	"context"
	"crypto/sha256"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// again is how long a start may be repeated because its answer was lost.
const again = 2 * time.Minute

// Beginning is what a citizen asks for. Fields are by id; ClientID is at least 16 random characters.
type Beginning struct {
	Authority, Service, Lang, Topic, ClientID string
	Fields                                    map[string]string
}

// Begun is a contact with the one token that opens it.
type Begun struct {
	Contact Contact
	Token   string
}

// Start puts a new contact into its service's queue: with a record for each group of the notice, a
// reference code where the notice declares one, and the line "started". The same ClientID within two
// minutes and before anything was written gives the same contact a new token.
//
// Errors: fault.NotFound "service-not-found", fault.Conflict "service-closed" (outside the hours or
// by hand), "service-not-in-use" (no notice holds today); fault.Invalid on lang, topic, client_id
// and fields.ID; fault.Busy of the vault.
func (c *Contacts) Start(ctx context.Context, b Beginning) (Begun, error) {
	p, err := c.prepare(ctx, b)
	if err != nil {
		return Begun{}, err
	}
	var out Begun
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = c.start(ctx, tx, p)
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return c.startAgain(ctx, p, err)
	}
	return out, err
}

// prepared is a beginning that has been checked.
type prepared struct {
	Beginning
	notice    *notice.Notice
	reference string
	token     string
	hash      [sha256.Size]byte
	digest    []byte
}

func (c *Contacts) prepare(ctx context.Context, b Beginning) (prepared, error) {
	p := prepared{Beginning: b}
	s, err := c.o.Services.Get(ctx, b.Authority, b.Service)
	if err != nil {
		return p, err
	}
	switch opening := c.o.Services.Opening(b.Authority, s); {
	case !s.Serves(b.Lang):
		return p, fault.New(fault.Invalid, "unknown-language").On("lang")
	case b.Topic != "" && !s.HasTopic(b.Topic):
		return p, fault.New(fault.Invalid, "unknown-topic").On("topic")
	case !shortID(b.ClientID, 16):
		return p, fault.New(fault.Invalid, "client-id").On("client_id")
	case !opening.Open:
		return p, fault.New(fault.Conflict, "service-closed")
	}
	if p.notice, err = c.NoticeOf(b.Authority, s.Notice); err != nil {
		return p, err
	}
	if p.Fields, err = c.givenFields(p.notice, b.Fields); err != nil {
		return p, err
	}
	p.digest = clientDigest(b.Authority, "", "start", b.ClientID)
	if p.reference, err = newReference(c.o.Rand); err != nil {
		return p, err
	}
	p.token, p.hash, err = newToken(c.o.Rand)
	return p, err
}

// NoticeOf is the version of a notice that holds today, if it can keep a conversation at all;
// fault.Conflict "service-not-in-use" otherwise.
func (c *Contacts) NoticeOf(authority, id string) (*notice.Notice, error) {
	today := notice.DayOf(c.o.Now(), c.o.Services.Zone(authority))
	n, ok := c.o.Shelf().Current(authority, id, today)
	if !ok || TextGroup(n) == nil {
		return nil, fault.New(fault.Conflict, "service-not-in-use")
	}
	return n, nil
}

func (c *Contacts) start(ctx context.Context, tx *store.Tx, p prepared) (Begun, error) {
	now := c.o.Now()
	at := now.UnixMilli()
	of := Contact{Authority: p.Authority, ID: store.NewID("c_"), Service: p.Service, Notice: p.notice.ID,
		Version: p.notice.Version, Status: Waiting, Seq: 1, Lang: p.Lang, Topic: p.Topic,
		StartedAt: at, QueuedAt: at, LastAt: at, Rank: 1, CitizenPresent: true}
	record, err := c.seal(ctx, tx, of, p, now)
	if err != nil {
		return Begun{}, err
	}
	of.Record = record
	if of.Place, err = c.o.Queue.Length(ctx, tx, of.Authority, of.Service, of.Lang); err != nil {
		return Begun{}, err
	}
	of.Place++
	_, err = tx.Exec(ctx, qStart, of.Authority, of.ID, of.Service, of.Notice, of.Version, string(record), of.Lang,
		of.Topic, p.hash[:], p.digest, at, at, of.Place, at)
	if err != nil {
		return Begun{}, err
	}
	c.change(tx, of, "", EventStarted)
	return Begun{of, p.token}, c.event(ctx, tx, of, at, EventStarted, nil)
}

// seal makes the contact's records, one for each group that the chat can fill, and seals what is
// known at the start. It returns the record of the messages.
func (c *Contacts) seal(ctx context.Context, tx *store.Tx, of Contact, p prepared, now time.Time) (vault.RecordID, error) {
	var messages vault.RecordID
	text := TextGroup(p.notice)
	for _, g := range c.groups(p.notice) {
		record, err := c.o.Vault.Create(ctx, tx, vault.Birth{Authority: of.Authority, Notice: of.Notice, Group: g.ID,
			Type: Type, Row: of.ID, At: now})
		if err != nil {
			return "", err
		}
		if g.ID == text.ID {
			messages = record
		}
		if err := c.sealPart(ctx, tx, of, g, record, partGiven, given(g, p)); err != nil {
			return "", err
		}
	}
	return messages, nil
}

// given are the values of the start that a group declares.
func given(g *notice.Group, p prepared) []vault.Value {
	var out []vault.Value
	for _, v := range []vault.Value{{Field: "reference_code", Text: p.reference},
		{Field: "email", Text: p.Fields["email"]}, {Field: "phone", Text: p.Fields["phone"]}, {Field: "name", Text: p.Fields["name"]}} {
		if v.Text != "" && g.Field(v.Field) != nil {
			out = append(out, v)
		}
	}
	return out
}

// startAgain answers a repeated start with the contact that the first one made, under a new token:
// the first was lost with its answer, for only a digest of it is stored.
func (c *Contacts) startAgain(ctx context.Context, p prepared, refusal error) (Begun, error) {
	var out Begun
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		since := c.o.Now().Add(-again).UnixMilli()
		of, found, err := one(ctx, tx, p.Authority, qStartAgain, p.hash[:], p.Authority, p.digest, p.Service, since)
		if err == nil && !found {
			return refusal
		}
		out = Begun{of, p.token}
		return err
	})
	return out, err
}
