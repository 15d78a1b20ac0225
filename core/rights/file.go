package rights

import (
	"context"
	"encoding/json"
	"strconv"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// File is a file that an item stands for. Its content is not copied: it stays under the record that it was
// found in and is opened there, so that it ends with its source (X-18; decision 0014).
type File struct {
	Record vault.RecordID `json:"record"`
	Blob   vault.BlobID   `json:"blob"`
	Name   string         `json:"name"`
	Type   string         `json:"type"` // as it is downloaded
	Size   int64          `json:"size"` // bytes
}

// sealed is a file as its item keeps it.
func (f File) sealed() string {
	text, _ := json.Marshal(f) // strings and a number always can be written
	return string(text)
}

// fileIn reads an item's text; ok is false where it is not about a file.
func fileIn(text string) (f File, ok bool) {
	err := json.Unmarshal([]byte(text), &f)
	return f, err == nil && f.Record != "" && f.Blob != ""
}

// Download is a file that may be read now: its opening has been recorded.
type Download struct {
	File    File
	Content *vault.OpenedBlob
}

// UnitFile opens the file of item n of a draft for the official who has taken the request, and has to look
// at it to decide. Errors as Unit; fault.NotFound "item-not-found" where the item is no file.
func (r *Rights) UnitFile(ctx context.Context, caller access.Caller, id string, n int64) (Download, error) {
	v, err := r.unitRead(ctx, caller, id)
	if err != nil {
		return Download{}, err
	}
	reg, err := r.register(caller.Authority, v.Register)
	if err != nil {
		return Download{}, err
	}
	_, f, err := r.fileItem(ctx, caller, purposeOf(reg), v.Request, n, vault.Why{Reason: id})
	if err != nil {
		return Download{}, err
	}
	return r.openFile(ctx, caller, purposeOf(reg), f, vault.Why{Reason: id}, nil)
}

// FetchFile opens a file that goes along with a copy, by the copy's link and code; n is its item's number.
// It answers as Fetch does; what is undecided or left out, and what is no file, is fault.NotFound
// "file-not-found". Files may be fetched again as long as the link is good; the first one lets it end soon.
func (r *Rights) FetchFile(ctx context.Context, authority, link, code string, n int64) (Download, error) {
	q, err := r.admit(ctx, authority, link, code, false)
	if err != nil {
		return Download{}, err
	}
	reg, err := r.register(authority, q.Register)
	if err != nil {
		return Download{}, err
	}
	who := access.Caller{Authority: authority, Kind: access.Subject, ID: q.Copy}
	i, f, err := r.fileItem(ctx, who, purposeOf(reg), q, n, vault.Why{})
	if err == nil && i.decision != Kept {
		err = fault.New(fault.NotFound, "file-not-found")
	}
	if err != nil {
		return Download{}, err
	}
	who.ID = i.thing // whoever may have the copy is the person whose contact it is
	return r.openFile(ctx, who, purposeOf(reg), f, vault.Why{}, func(ctx context.Context, tx *store.Tx) error {
		return r.note(ctx, tx, who, access.RoleSubject, q, ActionFetch, "file "+strconv.FormatInt(n, 10))
	})
}

// fileItem opens what item n of a request's copy says of its file.
func (r *Rights) fileItem(ctx context.Context, caller access.Caller, purpose string, q Request, n int64, why vault.Why) (row, File, error) {
	var i row
	var opened *vault.Opened
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if i, err = r.item(ctx, tx, q, n); err != nil {
			return err
		}
		if len(i.sealed.Bytes()) == 0 {
			return fault.New(fault.NotFound, "file-not-found")
		}
		opened, err = r.o.Vault.Open(ctx, tx, caller, purpose, i.sealed, why)
		return err
	})
	if err != nil {
		return i, File{}, err
	}
	text, _ := opened.Text(i.field)
	f, ok := fileIn(text)
	if !ok || r.typeOf(q, i.field) != notice.TypeFile {
		return i, f, fault.New(fault.NotFound, "file-not-found")
	}
	return i, f, nil
}

// typeOf is the type of a field in a request's register.
func (r *Rights) typeOf(q Request, field string) notice.FieldType {
	n, err := r.register(q.Authority, q.Register)
	if err != nil {
		return ""
	}
	if _, f, ok := n.FieldGroup(field); ok {
		return f.Type
	}
	return ""
}

// openFile opens a file where it lies; also does what goes with it.
func (r *Rights) openFile(ctx context.Context, caller access.Caller, purpose string, f File, why vault.Why, also store.Func) (Download, error) {
	d := Download{File: f}
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		b := vault.Blob{Authority: caller.Authority, Record: f.Record, ID: f.Blob, Size: f.Size}
		if d.Content, err = r.o.Vault.OpenBlob(ctx, tx, caller, purpose, b, why); err != nil || also == nil {
			return err
		}
		return also(ctx, tx)
	})
	if fault.Is(err, fault.NotFound) { // erased since
		err = fault.New(fault.Gone, "retention-ended")
	}
	return d, err
}
