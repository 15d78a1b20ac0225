package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"
	"time"

	"luukku/channel/chat"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/fault"
	"luukku/web/api"
)

// A file travels outside the description of JSON operations: it is streamed in as the last part of a form
// and out as an attachment, and is never whole in memory nor in a temporary file.

const (
	filePause = 20 * time.Second // without a byte, and the file is given up
	fileTime  = 15 * time.Minute // for one file, whatever its size
	aboutSize = 32 << 10         // bytes of what goes before it
	formSize  = 64 << 10         // bytes of a form beside its file
)

// cspFile keeps a file that a browser shows in spite of all from doing anything.
const cspFile = "sandbox; default-src 'none'"

// fileHandlers join what sends and fetches files.
func (s *Server) fileHandlers(r *register) {
	r.handle("chat-send-file", s.sending(s.citizenRules, func(ctx context.Context, v *Visit, u contact.Upload) (chat.Posted, error) {
		return s.Chat.PostFile(ctx, s.citizen(v), u)
	}))
	r.handle("desk-send-file", s.sending(s.adviserRules, func(ctx context.Context, v *Visit, u contact.Upload) (chat.Posted, error) {
		if err := s.within(s.floods.conversation, "conversation", v.Authority.ID+"\x00staff\x00"+v.contact()); err != nil {
			return chat.Posted{}, err
		}
		return s.Chat.ReplyFile(ctx, v.caller(), v.contact(), u)
	}))
	r.handle("chat-file", s.fetching(func(ctx context.Context, v *Visit, n int64, _ io.Reader) (download, error) {
		return ofChat(s.Chat.CitizenFile(ctx, s.citizen(v), n))
	}))
	r.handle("desk-file", s.fetching(func(ctx context.Context, v *Visit, n int64, _ io.Reader) (download, error) {
		return ofChat(s.Chat.StaffFile(ctx, v.caller(), v.contact(), n))
	}))
	r.handle("desk-read-file", s.fetching(func(ctx context.Context, v *Visit, n int64, body io.Reader) (download, error) {
		var why api.ReadFor
		if err := readOne(body, &why); err != nil {
			return download{}, err
		}
		return ofChat(s.Chat.ReadFile(ctx, v.caller(), v.contact(), n, why.Purpose, why.Reason))
	}))
}

// contact is the id in the path, for a member of staff.
func (v *Visit) contact() string { return v.request.PathValue("contact") }

func (s *Server) citizenRules() int64 { return s.Files.Citizen }
func (s *Server) adviserRules() int64 { return s.Files.Adviser }

// sending answers a form with a file. Whatever goes wrong is counted by its key; nothing of the file is.
func (s *Server) sending(most func() int64, keep func(context.Context, *Visit, contact.Upload) (chat.Posted, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		v.request = r
		body := &patient{body: http.MaxBytesReader(w, v.body, most()+formSize), conn: http.NewResponseController(w), until: time.Now().Add(fileTime)}
		posted, err := s.send(r, v, body, most(), keep)
		_ = body.conn.SetWriteDeadline(time.Now().Add(time.Minute))
		if err != nil {
			s.metrics.files.WithLabelValues(fault.Of(err).Key).Inc()
			body.drain()
			s.refuse(w, r, v, err)
			return
		}
		s.metrics.files.WithLabelValues("sent").Inc()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(mustJSON(postedOf(posted)))
	}
}

// send reads the form's two parts, the file as it arrives.
func (s *Server) send(r *http.Request, v *Visit, body *patient, most int64, keep func(context.Context, *Visit, contact.Upload) (chat.Posted, error)) (chat.Posted, error) {
	if r.ContentLength > most+formSize {
		return chat.Posted{}, file.TooLarge(most)
	}
	done, err := s.sendsFile(v)
	if err != nil {
		return chat.Posted{}, err
	}
	defer done()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return chat.Posted{}, fault.New(fault.Invalid, "body-type")
	}
	form := multipart.NewReader(body, params["boundary"])
	about, err := aboutOf(form)
	if err != nil {
		return chat.Posted{}, body.blame(err)
	}
	part, err := form.NextRawPart()
	if err != nil || part.FormName() != "file" {
		return chat.Posted{}, body.blame(errMalformed)
	}
	posted, err := keep(r.Context(), v, contact.Upload{Draft: contact.Draft{ClientID: about.ClientID, Text: about.Text, Lang: about.Lang},
		Name: part.FileName(), Content: whole{part}})
	if err != nil {
		return posted, body.blame(err)
	}
	return posted, nil
}

// whole reads a form's part; one that breaks off is a form that cannot be read.
type whole struct{ part io.Reader }

// Read implements io.Reader.
func (w whole) Read(b []byte) (int, error) {
	n, err := w.part.Read(b)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errMalformed.Wrap(err)
	}
	return n, err
}

var errMalformed = fault.New(fault.Invalid, "body-malformed")

func aboutOf(form *multipart.Reader) (about api.FileAbout, err error) {
	part, err := form.NextRawPart()
	if err != nil || part.FormName() != "about" {
		return about, errMalformed
	}
	return about, readOne(io.LimitReader(part, aboutSize), &about)
}

// readOne reads one JSON value as strictly as operations do.
func readOne(in io.Reader, into any) error {
	text, err := io.ReadAll(in)
	if err == nil {
		err = readJSON(text, into)
	}
	if err != nil {
		return errMalformed.Wrap(err)
	}
	return nil
}

// patient reads a body as long as something arrives, and gives up when nothing does for a while.
type patient struct {
	body  io.Reader
	conn  *http.ResponseController
	until time.Time
	err   error // with which reading ended
}

// Read implements io.Reader.
func (p *patient) Read(b []byte) (int, error) {
	_ = p.conn.SetReadDeadline(earlier(time.Now().Add(filePause), p.until))
	n, err := p.body.Read(b)
	if err != nil && p.err == nil {
		p.err = err
	}
	return n, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// blame is err, unless it came of the body's not arriving.
func (p *patient) blame(err error) error {
	var large *http.MaxBytesError
	switch {
	case p.err == nil, errors.Is(p.err, io.EOF):
		return err
	case errors.As(p.err, &large):
		return fault.New(fault.Invalid, "body-too-large")
	case errors.Is(p.err, os.ErrDeadlineExceeded):
		return fault.New(fault.Invalid, "body-slow")
	}
	return fault.New(fault.Busy, "cancelled").Wrap(p.err)
}

// drain reads what is still on its way for a moment, so that its sender sees the answer and not a
// connection that was cut.
func (p *patient) drain() {
	if p.err == nil {
		p.until = time.Now().Add(5 * time.Second)
		_, _ = io.Copy(io.Discard, p)
	}
}

// unread takes a file off the line that the gate does not let in, for the same reason.
func (s *Server) unread(w http.ResponseWriter, v *Visit) {
	most := max(s.Files.Citizen, s.Files.Adviser) + formSize
	(&patient{body: io.LimitReader(v.body, most), conn: http.NewResponseController(w)}).drain()
}

// fetching answers with a file as an attachment of a fixed kind.
func (s *Server) fetching(open func(context.Context, *Visit, int64, io.Reader) (download, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		v.request = r
		n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
		if err != nil || n < 1 {
			s.refuse(w, r, v, fault.New(fault.NotFound, "file-not-found"))
			return
		}
		d, err := open(r.Context(), v, n, r.Body)
		if err != nil {
			s.refuse(w, r, v, err)
			return
		}
		s.deliver(w, v, d)
	}
}

// download is a file on its way out; kind is its media type.
type download struct {
	name, kind string
	size       int64
	content    io.WriterTo
}

// ofChat is the file of a message.
func ofChat(d chat.Download, err error) (download, error) {
	return download{d.Card.Name, string(d.Card.Kind), d.Card.Size, d.Content}, err
}

// deliver streams a file. What fails after the first byte can only be told by ending the connection.
func (s *Server) deliver(w http.ResponseWriter, v *Visit, d download) {
	if d.kind == string(file.Text) {
		d.kind += "; charset=utf-8"
	}
	h := w.Header()
	h.Set("Content-Type", d.kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.name}))
	h.Set("Content-Length", strconv.FormatInt(d.size, 10))
	h.Set("Content-Security-Policy", cspFile)
	h.Set("Cache-Control", "no-store")
	out := &paced{w, http.NewResponseController(w), time.Now().Add(fileTime)}
	if _, err := d.content.WriteTo(out); err != nil {
		v.err = err
		panic(http.ErrAbortHandler)
	}
}

// paced writes as long as somebody reads.
type paced struct {
	w     io.Writer
	conn  *http.ResponseController
	until time.Time
}

// Write implements io.Writer.
func (p *paced) Write(b []byte) (int, error) {
	_ = p.conn.SetWriteDeadline(earlier(time.Now().Add(filePause), p.until))
	return p.w.Write(b)
}
