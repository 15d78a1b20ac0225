package contact

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/file"
	"luukku/fault"
	"luukku/store"
)

// FileField is the declared field under which a message tells of its file. A notice that does not declare
// it, beside the text, lets none be sent.
const FileField = "file"

// Card is what a message tells of its file; it is sealed with the message's text.
type Card struct {
	ID   vault.BlobID `json:"id"`
	Name string       `json:"name"`
	Kind file.Kind    `json:"type"`
	Size int64        `json:"size"` // bytes
}

// CardOf reads the card of an opened message; ok is false for one without a file.
func CardOf(o *vault.Opened) (c Card, ok bool) {
	text, ok := o.Text(FileField)
	return c, ok && json.Unmarshal([]byte(text), &c) == nil
}

// Upload is a file on its way in, with the message that goes with it; its text may be empty. Content is
// read as it arrives, and what it says of itself is not believed.
type Upload struct {
	Draft
	Name    string
	Content io.Reader
}

// Limits of one side's files.
type FileLimits struct {
	Kinds []file.Kind
	Size  int64 // bytes
}

// FilesFrom tells what FromCitizen or FromAdviser may send under a notice; ok is false where it declares
// no files, or none from them.
func (c *Contacts) FilesFrom(n *notice.Notice, from Kind) (l FileLimits, ok bool) {
	if c.o.Files == nil || n == nil {
		return l, false
	}
	g := TextGroup(n)
	if g == nil || g.Field(FileField) == nil {
		return l, false
	}
	source := g.Field(FileField).Source
	switch from {
	case FromCitizen:
		return FileLimits{file.FromCitizen(), c.o.Files.Citizen}, slices.Contains(source, notice.FromSubject)
	case FromAdviser:
		return FileLimits{file.FromAdviser(), c.o.Files.Adviser}, slices.Contains(source, notice.FromStaff)
	}
	return l, false
}

// PostFile stores a citizen's message with a file. The same ClientID again gives the same answer and stores
// nothing. Besides the errors of Post: fault.Invalid "files-not-declared", "file-kind", "file-too-large",
// "file-empty", "file-damaged", "file-active", "picture-too-large", "file-infected"; fault.Conflict
// "files-full"; fault.Busy "files-busy", "scanner-unavailable".
func (c *Contacts) PostFile(ctx context.Context, who Citizen, u Upload) (Ack, error) {
	return c.postFile(ctx, who.authority, who.contact, u, c.asCitizen(who), Waiting, Active)
}

// ReplyFile stores an answer with a file, of the adviser to whom the contact is assigned; like PostFile,
// and fault.Denied "contact-not-yours".
func (c *Contacts) ReplyFile(ctx context.Context, caller access.Caller, id string, u Upload) (Ack, error) {
	by, err := c.asAdviser(ctx, caller, id)
	if err != nil {
		return Ack{}, err
	}
	return c.postFile(ctx, caller.Authority, id, u, by, Active)
}

// postFile takes the file in outside any transaction: whoever sends slowly holds nothing but memory for
// a segment. Only then is the message written, with the row that names the file.
func (c *Contacts) postFile(ctx context.Context, authority, id string, u Upload, by writer, in ...Status) (Ack, error) {
	if c.o.Files == nil {
		return Ack{}, filesUndeclared()
	}
	p, err := c.prepareFile(authority, id, u.Draft, by)
	if err != nil {
		return Ack{}, err
	}
	done, err := c.o.Files.Begin()
	if err != nil {
		return Ack{}, err
	}
	defer done()
	a, err := c.admitFile(ctx, authority, id, p, by, in)
	if err != nil || a.before.N > 0 {
		return a.before, err
	}
	blob, card, err := c.receive(ctx, a, u)
	if err != nil {
		return Ack{}, err
	}
	defer blob.Discard()
	p.blob, p.card = blob, card
	return c.store(ctx, authority, id, p, by)
}

// prepareFile is checked for a message whose text may be empty.
func (c *Contacts) prepareFile(authority, id string, d Draft, by writer) (post, error) {
	if d.Text != "" {
		return c.checked(authority, id, d, by)
	}
	return c.identified(authority, id, d, by, post{draft: d})
}

// admitted is what is known before a file is received.
type admitted struct {
	before Ack // of the same message, if it was stored already
	writer *vault.Writer
	limits FileLimits
}

// admitFile tells whether a file may be sent at this moment, before any of it is received.
func (c *Contacts) admitFile(ctx context.Context, authority, id string, p post, by writer, in []Status) (a admitted, err error) {
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := by.may(ctx, tx)
		if err != nil {
			return err
		}
		if a.before, err = ackOf(ctx, tx, authority, id, p.digest); !fault.Is(err, fault.NotFound) {
			return err
		}
		if !slices.Contains(in, of.Status) {
			return fault.New(fault.Conflict, "contact-closed")
		}
		n, _ := c.o.Shelf().Version(authority, of.Notice, of.Version)
		var ok bool
		if a.limits, ok = c.FilesFrom(n, by.kind); !ok {
			return filesUndeclared()
		}
		a.writer, err = c.roomForFile(ctx, tx, authority, of.Record)
		return err
	})
	return a, err
}

const filesFull = "files-full"

// roomForFile is the writer of a conversation that may have another file.
func (c *Contacts) roomForFile(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) (*vault.Writer, error) {
	w, err := c.o.Vault.Writer(ctx, tx, authority, record)
	if err != nil {
		return nil, err
	}
	n, err := w.Blobs(ctx, tx)
	if err == nil && n >= c.o.Files.PerConversation {
		err = fault.New(fault.Conflict, filesFull, "most", strconv.FormatInt(c.o.Files.PerConversation, 10))
	}
	return w, err
}

func filesUndeclared() error { return fault.New(fault.Invalid, "files-not-declared").On("file") }

// receive seals what arrives, looks at it, and seals what may be kept of it. What arrived is removed.
func (c *Contacts) receive(ctx context.Context, a admitted, u Upload) (*vault.BlobWriter, Card, error) {
	raw, err := a.writer.NewBlob()
	if err != nil {
		return nil, Card{}, err
	}
	defer raw.Discard()
	if err := file.Receive(raw, u.Content, a.limits.Size); err != nil {
		return nil, Card{}, err
	}
	if err := raw.Close(); err != nil {
		return nil, Card{}, err
	}
	kept, err := raw.Another()
	if err != nil {
		return nil, Card{}, err
	}
	kind, err := c.refine(ctx, raw, kept, a.limits.Kinds)
	if err != nil {
		kept.Discard()
		return nil, Card{}, err
	}
	return kept, Card{kept.ID(), file.Name(u.Name, kind, c.o.Mask), kind, kept.Size()}, nil
}

// refine writes what of raw may be kept to kept, and has that checked.
func (c *Contacts) refine(ctx context.Context, raw, kept *vault.BlobWriter, kinds []file.Kind) (file.Kind, error) {
	in, err := raw.Check()
	if err != nil {
		return "", err
	}
	defer in.Close()
	kind, err := file.Of(in, kinds)
	if err != nil {
		return "", err
	}
	if err := c.o.Files.Clean(kind, in, raw.Size(), kept); err != nil {
		return "", err
	}
	if err := kept.Close(); err != nil {
		return "", err
	}
	out, err := kept.Check()
	if err != nil {
		return "", err
	}
	defer out.Close()
	return kind, c.o.Files.Check(ctx, kind, out, kept.Size())
}

// with adds a file to a line; nil adds none.
func (e *entry) with(blob *vault.BlobWriter, card Card) error {
	if blob == nil {
		return nil
	}
	text, err := json.Marshal(card)
	e.blob = blob
	e.values = append(e.values, vault.Value{Field: FileField, Text: string(text)})
	return err
}
