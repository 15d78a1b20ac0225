package keystore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// transitError is a refusal by the engine.
type transitError struct {
	status int
	texts  []string
}

func (e transitError) Error() string {
	return fmt.Sprintf("transit: HTTP %d: %s", e.status, strings.Join(e.texts, "; "))
}

// call asks the engine; []byte goes as base64. Without ask it is a GET. Neither keys nor plaintexts are in addresses or errors.
func (t *Transit) call(ctx context.Context, verb, ring, act string, ask map[string]any, answer any) error {
	token, err := t.o.Token()
	if err != nil {
		return fmt.Errorf("transit: no token: %w", err)
	}
	method, body := http.MethodGet, []byte(nil)
	if ask != nil {
		method = http.MethodPost
		if body, err = json.Marshal(ask); err != nil {
			return err
		}
		defer clear(body)
	}
	address, err := url.JoinPath(t.o.Address, "v1", t.o.Mount, verb, t.name(ring)+act)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("X-Vault-Token", token)
	request.Header.Set("X-Vault-Request", "true")
	if t.o.Namespace != "" {
		request.Header.Set("X-Vault-Namespace", t.o.Namespace)
	}
	response, err := t.o.Client.Do(request)
	if err != nil {
		return err
	}
	return readAnswer(response, answer)
}

func readAnswer(response *http.Response, answer any) error {
	content, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	defer clear(content)
	if response.StatusCode/100 != 2 {
		refused := transitError{status: response.StatusCode}
		var said struct {
			Errors []string `json:"errors"`
		}
		if json.Unmarshal(content, &said) == nil {
			refused.texts = said.Errors
		}
		return refused
	}
	if answer == nil {
		return nil
	}
	wrapped := struct {
		Data any `json:"data"`
	}{answer}
	return json.Unmarshal(content, &wrapped)
}
