package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"crypto/rand"

	"luukku/cmd/luukku/client"
	"luukku/cmd/luukku/demodata"
	"luukku/cmd/luukku/program"
)

// Accounts reads demo-accounts.json of a demo's data folder.
func Accounts(data string) ([]Account, error) {
	text, err := os.ReadFile(filepath.Join(data, program.AccountsFile))
	if err != nil {
		return nil, err
	}
	var all []Account
	return all, json.Unmarshal(text, &all)
}

// Talk holds the sample conversations in every authority, through the server at base, as citizens
// and advisers do it.
func Talk(ctx context.Context, base string, accounts []Account) error {
	d, err := demodata.Read()
	if err != nil {
		return err
	}
	for _, a := range d.Authorities {
		adviser, err := signIn(ctx, base, a.ID, accounts)
		if err != nil {
			return err
		}
		for _, c := range d.Conversations {
			if err := hold(ctx, base, a.ID, adviser, c); err != nil {
				return fmt.Errorf("sample conversation in %s: %w", a.ID, err)
			}
		}
		if err := adviser.Do(ctx, http.MethodPost, "/api/staff/sign-out", nil, nil); err != nil {
			return err
		}
	}
	return nil
}

func signIn(ctx context.Context, base, authority string, accounts []Account) (*client.Client, error) {
	for _, a := range accounts {
		if a.Authority == authority && a.Role == "adviser" {
			c := client.New(base+"/"+authority, nil)
			in := map[string]string{"username": a.Username, "password": a.Password}
			if err := c.Do(ctx, http.MethodPost, "/api/staff/sign-in", in, nil); err != nil {
				return nil, err
			}
			return c, c.Do(ctx, http.MethodPost, "/api/desk/presence", map[string]string{"state": "present"}, nil)
		}
	}
	return nil, fmt.Errorf("no adviser in %s", authority)
}

// hold holds one conversation. Fields that the authority's notice does not declare are not asked.
func hold(ctx context.Context, base, authority string, adviser *client.Client, c demodata.Conversation) error {
	citizen := client.New(base+"/"+authority, nil)
	fields, err := asked(ctx, citizen, c)
	if err != nil {
		return err
	}
	var begun struct{ Contact, Token string }
	in := map[string]any{"service": c.Service, "lang": c.Lang, "topic": c.Topic, "fields": fields, "client_id": rand.Text()}
	if err := citizen.Do(ctx, http.MethodPost, "/api/chat/contacts", in, &begun); err != nil {
		return err
	}
	citizen.Token = begun.Token
	socket, err := citizen.Dial(ctx, map[string]any{"contact": begun.Contact, "token": begun.Token, "after": 0}, nil)
	if err != nil {
		return err
	}
	defer socket.Close()
	at := "/api/desk/contacts/" + begun.Contact
	if err := adviser.Do(ctx, http.MethodPost, at+"/take", nil, nil); err != nil {
		return err
	}
	for _, line := range c.Lines {
		if err := say(ctx, adviser, socket, begun.Contact, c.Lang, line); err != nil {
			return err
		}
	}
	return adviser.Do(ctx, http.MethodPost, at+"/close", map[string]string{"topic": c.Topic, "outcome": "answered"}, nil)
}

// asked leaves out what the service's notice does not declare.
func asked(ctx context.Context, citizen *client.Client, c demodata.Conversation) (map[string]string, error) {
	var offered struct {
		Services []struct {
			ID     string
			Fields []struct{ ID string }
		}
	}
	if err := citizen.Do(ctx, http.MethodGet, "/api/chat/services?lang="+c.Lang, nil, &offered); err != nil {
		return nil, err
	}
	fields := map[string]string{}
	for _, s := range offered.Services {
		for _, f := range s.Fields {
			if v, ok := c.Fields[f.ID]; ok && s.ID == c.Service {
				fields[f.ID] = v
			}
		}
	}
	return fields, nil
}

func say(ctx context.Context, adviser *client.Client, citizen *client.Socket, contact, lang string, line demodata.Line) error {
	in := map[string]string{"contact": contact, "client_id": rand.Text(), "text": line.Text, "lang": lang}
	if line.From == "citizen" {
		return citizen.Call(ctx, "post", in, nil)
	}
	delete(in, "contact")
	in["kind"] = "reply"
	return adviser.Do(ctx, http.MethodPost, "/api/desk/contacts/"+contact+"/messages", in, nil)
}
