package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"time"

	"luukku/cmd/luukku/client"
	"luukku/store"
	"luukku/web/api"
)

// File is how files are sent and fetched: through the public HTTP, one after the other, while the kernel
// notes the most memory that the server had.
type File struct {
	Program  string // the binary to start
	Database string // empty: SQLite
	MB       int    // of the document
	Times    int
}

// fileLimit lets a citizen send what is measured; the default is half of it.
const fileLimit = "files: {citizen_mb: %d, per_conversation: %d}\n"

// Run prints the figures to out.
func (f File) Run(ctx context.Context, out io.Writer) error {
	server, err := Start(ctx, f.Program, f.Database, fmt.Sprintf(fileLimit, f.MB+1, f.Times*3))
	if err != nil {
		return err
	}
	defer server.Stop()
	// What filling the demo took and gave back would hide what files take.
	if err := server.Restart(ctx, f.Program); err != nil {
		return err
	}
	citizen, contact, err := server.filing(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s; files through HTTP, sealed, checked, and fetched again, %d times each, one at a time\n", Machine(), f.Times)
	photo, err := photograph()
	if err != nil {
		return err
	}
	for _, one := range []struct {
		name    string
		content []byte
		same    bool // comes back as it was sent
	}{
		{fmt.Sprintf("a PDF of %d MB", f.MB), pdf(f.MB * 1_000_000), true},
		{fmt.Sprintf("a JPEG of 12 million pixels (%.1f MB), decoded once", float64(len(photo))/1e6), photo, false},
	} {
		if err := server.pass(ctx, citizen, contact, one.content, one.same, f.Times, func(line string) { fmt.Fprintf(out, "%s: %s\n", one.name, line) }); err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
	}
	return nil
}

// filing begins a contact in a service whose notice declares files.
func (s *Server) filing(ctx context.Context) (*client.Client, string, error) {
	c := client.New(s.Base+"/mallila", http.DefaultTransport)
	var begun api.Started
	err := c.Do(ctx, http.MethodPost, "/api/chat/contacts", api.StartContact{Service: "citizens-advice", Lang: "fi", ClientID: store.NewID("")}, &begun)
	c.Token = begun.Token
	return c, begun.Contact, err
}

// pass sends a file and fetches it, over and over, and tells what that took.
func (s *Server) pass(ctx context.Context, c *client.Client, contact string, content []byte, same bool, times int, tell func(string)) error {
	pid := s.cmd.Process.Pid
	before, _ := memory(pid)
	if err := resetPeak(pid); err != nil {
		return err
	}
	var up, down time.Duration
	began := cpu(pid)
	for range times {
		at := time.Now()
		n, err := sendFile(ctx, c, contact, content)
		if err != nil {
			return err
		}
		up += time.Since(at)
		at = time.Now()
		got, err := fetchFile(ctx, c, contact, n)
		if err != nil {
			return err
		}
		if want := sha256.Sum256(content); same && !bytes.Equal(got, want[:]) {
			return errors.New("it came back otherwise")
		}
		down += time.Since(at)
	}
	now, peak := memory(pid)
	each := time.Duration(times)
	tell(fmt.Sprintf("sent in %.2f s, fetched in %.2f s, CPU %.2f s; memory %d MB before, at most %d MB, %d MB after: %d MB more",
		(up / each).Seconds(), (down / each).Seconds(), ((cpu(pid) - began) / each).Seconds(), before>>20, peak>>20, now>>20, (peak-before)>>20))
	return nil
}

// resetPeak has the kernel note the highest memory anew (proc(5), clear_refs).
func resetPeak(pid int) error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
}

func sendFile(ctx context.Context, c *client.Client, contact string, content []byte) (int64, error) {
	body, in := io.Pipe()
	form := multipart.NewWriter(in)
	go func() { in.CloseWithError(writeForm(form, content)) }()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+"/api/chat/contacts/"+contact+"/files", body)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	var posted api.Posted
	err = ask(c, request, func(r io.Reader) error { return json.NewDecoder(r).Decode(&posted) })
	return posted.N, err
}

func writeForm(form *multipart.Writer, content []byte) error {
	part, err := form.CreateFormField("about")
	if err == nil {
		err = json.NewEncoder(part).Encode(api.FileAbout{ClientID: store.NewID(""), Lang: "fi"})
	}
	if err != nil {
		return err
	}
	if part, err = form.CreateFormFile("file", "tiedosto"); err == nil {
		_, err = part.Write(content)
	}
	return errors.Join(err, form.Close())
}

// fetchFile reads a file and returns its SHA-256.
func fetchFile(ctx context.Context, c *client.Client, contact string, n int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/api/chat/contacts/%s/messages/%d/file", c.Base, contact, n), nil)
	if err != nil {
		return nil, err
	}
	var sum hash.Hash = sha256.New()
	err = ask(c, request, func(r io.Reader) error { _, err := io.Copy(sum, r); return err })
	return sum.Sum(nil), err
}

func ask(c *client.Client, request *http.Request, read func(io.Reader) error) error {
	request.Header.Set("Authorization", "Bearer "+c.Token)
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("%d %s", answer.StatusCode, text)
	}
	return read(answer.Body)
}

// pdf is a document of size bytes that cannot be compressed.
func pdf(size int) []byte {
	filling := make([]byte, size-100)
	_, _ = rand.Read(filling) // never fails
	for i := range filling {
		filling[i] |= 0x80
	}
	return fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%%s\ntrailer << /Root 1 0 R >>\n%%%%EOF", filling)
}

// photograph is a JPEG of 4,000 × 3,000 pixels.
func photograph() ([]byte, error) {
	p := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	_, _ = rand.Read(p.Y) // never fails
	for i := range p.Y {
		p.Y[i] = p.Y[i]>>3 + uint8(i/9000)
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 90})
	return b.Bytes(), err
}
