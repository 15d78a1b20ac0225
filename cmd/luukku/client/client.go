// Package client speaks to Luukku as people do: through its public HTTP interface and its socket,
// and in no other way. The demo fills itself, the benchmark loads, and proof/ tests through it,
// so what they see is what a browser sees.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
)

// Client is one person's browser towards one authority. Make one for each person: a staff
// member's cookie lives in it.
type Client struct {
	Base  string // e.g. http://localhost:8080/dvv, without a slash at the end
	Token string // a citizen's contact token, sent as Bearer
	HTTP  *http.Client
}

// New makes a browser without a sign-in. The transport may be shared by many.
func New(base string, transport http.RoundTripper) *Client {
	jar, _ := cookiejar.New(nil) // New fails only for a public suffix list, and there is none
	return &Client{Base: base, HTTP: &http.Client{Transport: transport, Jar: jar}}
}

// Problem is an answer of application/problem+json (RFC 9457).
type Problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Key    string `json:"key"`
	Detail string `json:"detail"`
	Field  string `json:"field"`
}

// Error says what the answer said.
func (p *Problem) Error() string {
	return fmt.Sprintf("%d %s %s: %s", p.Status, p.Code, p.Key, p.Detail)
}

// Do sends in as JSON (nil: no body) and reads the answer into out (nil: ignored).
// An answer of 400 or more is returned as *Problem.
func (c *Client) Do(ctx context.Context, method, path string, in, out any) error {
	request, err := c.request(ctx, method, path, in)
	if err != nil {
		return err
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 400 {
		return problem(answer.StatusCode, body)
	}
	if out == nil || len(body) == 0 {
		return nil
	}
	return json.Unmarshal(body, out)
}

func (c *Client) request(ctx context.Context, method, path string, in any) (*http.Request, error) {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	return request, nil
}

func problem(status int, body []byte) error {
	p := &Problem{Status: status}
	if json.Unmarshal(body, p) != nil {
		p.Detail = string(body)
	}
	p.Status = status
	return p
}
