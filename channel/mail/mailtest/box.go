package mailtest

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-msgauth/dkim"
)

// Mail is a mail as its recipient's program has it.
type Mail struct {
	Raw    []byte
	Header mail.Header
	Parts  []Part // of a multipart mail, in their order
}

// Part is one of the texts.
type Part struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// Trust is how the servers' certificate is checked.
func (p *Post) Trust() *tls.Config {
	text, _ := os.ReadFile(p.CAFile) // without it nothing is trusted, and the handshake says so
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	return &tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

// Wait returns the mails of an address, once there are n of them.
func (p *Post) Wait(address string, n int) (all []Mail, err error) {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if all, err = p.Read(address); err != nil || len(all) >= n {
			return all, err
		}
	}
	return all, fmt.Errorf("%d of %d mails came for %s\n%s", len(all), n, address, p.Log())
}

// Read returns what has come for an address, over IMAP. There is one box, into which everything comes.
func (p *Post) Read(address string) (all []Mail, err error) {
	client, err := imapclient.DialTLS("127.0.0.1:"+strconv.Itoa(p.IMAP), &imapclient.Options{TLSConfig: p.Trust()})
	if err != nil {
		return nil, err
	}
	defer client.Close()
	if err := client.Login(p.User, p.Password).Wait(); err != nil {
		return nil, err
	}
	inbox, err := client.Select("INBOX", nil).Wait()
	if err != nil || inbox.NumMessages == 0 {
		return nil, err
	}
	every := imap.SeqSet{}
	every.AddRange(1, inbox.NumMessages)
	whole := &imap.FetchItemBodySection{Peek: true}
	found, err := client.Fetch(every, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		return nil, err
	}
	for _, m := range found {
		one, err := parse(m.FindBodySection(whole))
		if err != nil {
			return nil, err
		}
		if one.Header.Get("Delivered-To") == address {
			all = append(all, one)
		}
	}
	return all, client.Logout().Wait()
}

func parse(raw []byte) (Mail, error) {
	m := Mail{Raw: raw}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m, err
	}
	m.Header = read.Header
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return m, err
	}
	if kind != "multipart/alternative" {
		return m, nil
	}
	for parts := multipart.NewReader(read.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return m, err
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			return m, err
		}
		m.Parts = append(m.Parts, Part{Type: part.Header.Get("Content-Type"), Text: string(text)})
	}
}

// Signed verifies the mail's one DKIM signature with the record that its domain publishes, and returns
// that domain and the headers it covers.
func (m Mail) Signed(record string) (domain string, headers []string, err error) {
	found, err := dkim.VerifyWithOptions(bytes.NewReader(m.Raw), &dkim.VerifyOptions{
		LookupTXT: func(string) ([]string, error) { return []string{record}, nil }})
	if err != nil {
		return "", nil, err
	}
	if len(found) != 1 {
		return "", nil, fmt.Errorf("%d signatures", len(found))
	}
	return found[0].Domain, found[0].HeaderKeys, found[0].Err
}
