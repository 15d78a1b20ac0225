package chat

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// FilesOf tells what a citizen may send under a notice, nil where it declares no files from them.
func (c *Chat) FilesOf(n *notice.Notice) *contact.FileLimits {
	return c.filesFrom(n, contact.FromCitizen)
}

// StaffFilesOf tells what an adviser may send under a notice, nil for nothing.
func (c *Chat) StaffFilesOf(n *notice.Notice) *contact.FileLimits {
	return c.filesFrom(n, contact.FromAdviser)
}

func (c *Chat) filesFrom(n *notice.Notice, from contact.Kind) *contact.FileLimits {
	if l, ok := c.o.Contacts.FilesFrom(n, from); ok {
		return &l
	}
	return nil
}

// PostFile stores a citizen's message with a file; like Post, with the errors of contact.PostFile.
func (c *Chat) PostFile(ctx context.Context, who contact.Citizen, u contact.Upload) (Posted, error) {
	ack, err := c.o.Contacts.PostFile(ctx, who, u)
	return Posted(ack), err
}

// ReplyFile stores an adviser's message with a file; like PostFile.
func (c *Chat) ReplyFile(ctx context.Context, caller access.Caller, id string, u contact.Upload) (Posted, error) {
	ack, err := c.o.Contacts.ReplyFile(ctx, caller, id, u)
	return Posted(ack), err
}

// Download is a file that may be read now: its opening has been recorded.
type Download struct {
	Card    contact.Card
	Content *vault.OpenedBlob
}

// CitizenFile opens the file of the citizen's own message n, with an entry of its own. Errors:
// fault.NotFound "contact-not-found" for a wrong claim, "file-not-found" where the message has none.
func (c *Chat) CitizenFile(ctx context.Context, who contact.Citizen, n int64) (Download, error) {
	return c.file(ctx, c.asCitizen(who), n)
}

// StaffFile opens the file of message n for whom the contact is assigned to: within their reading session
// while it is active, and with an entry of its own. Whoever else asks is refused by the gate, as by View.
func (c *Chat) StaffFile(ctx context.Context, caller access.Caller, id string, n int64) (Download, error) {
	return c.file(ctx, asAdviser(caller, id), n)
}

// ReadFile opens the file of message n once, for a purpose that the notice declares and that caller has
// chosen; like Read.
func (c *Chat) ReadFile(ctx context.Context, caller access.Caller, id string, n int64, purpose, reason string) (Download, error) {
	return c.file(ctx, asReader(caller, id, purpose, reason), n)
}

// file opens message n as every reader of it would, and then its file by the record that holds both.
func (c *Chat) file(ctx context.Context, r request, n int64) (Download, error) {
	r.lines, r.after, r.limit = true, n-1, 1
	a, err := c.open(ctx, r)
	if err != nil {
		return Download{}, err
	}
	card, ok := cardOf(a, n)
	if !ok {
		return Download{}, fault.New(fault.NotFound, "file-not-found")
	}
	d := Download{Card: card}
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		b := vault.Blob{Authority: a.of.Authority, Record: a.of.Record, ID: card.ID, Size: card.Size}
		d.Content, err = c.o.Vault.OpenBlob(ctx, tx, r.caller, r.purpose, b, r.why)
		return err
	})
	return d, err
}

func cardOf(a answer, n int64) (contact.Card, bool) {
	if len(a.lines) != 1 || a.lines[0].Line.N != n {
		return contact.Card{}, false
	}
	return contact.CardOf(a.texts[0])
}
