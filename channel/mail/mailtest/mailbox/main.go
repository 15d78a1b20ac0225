// Command mailbox lends the mail servers of package mailtest to tests in another language: serve runs
// them until its standard input ends, read prints as JSON what they delivered to an address. It keeps
// everything in the servers' own folder, which goes with them.
//
//	mailbox serve FILE            writes to FILE how the servers are reached, as luukku's settings
//	mailbox read FILE ADDRESS N   waits for N mails
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"

	"luukku/channel/mail/mailtest"
)

// selector is the name under which the key that signs is published.
const selector = "chat2026"

// lent is what the file says.
type lent struct {
	Post     *mailtest.Post
	Record   string // of the key that signs
	Settings string // for luukku.yaml
}

func main() {
	log.SetFlags(0)
	if err := run(os.Args[1:]); err != nil {
		log.Fatal("mailbox: ", err)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "serve":
		return serve(args[1])
	case len(args) == 4 && args[0] == "read":
		return read(args[1], args[2], args[3])
	}
	return fmt.Errorf("usage: mailbox serve FILE | mailbox read FILE ADDRESS N")
}

func serve(file string) error {
	post, err := mailtest.Start()
	if err != nil {
		return err
	}
	defer post.Stop()
	l := lent{Post: post}
	key, record, err := post.SigningKey()
	if err != nil {
		return err
	}
	password := filepath.Join(post.Folder, "password")
	if err := os.WriteFile(password, []byte(post.Password), 0o600); err != nil {
		return err
	}
	l.Record = record
	l.Settings = fmt.Sprintf(`mail: {server: "127.0.0.1:%d", tls: starttls, ca_file: %q, user: %s, password_file: %q, senders: {dvv: "Chat <chat@%[5]s>", mallila: "Neuvonta <neuvonta@%[5]s>"}, dkim: {domain: %s, selector: %s, key_file: %q}}`,
		post.StartTLS, post.CAFile, post.User, password, mailtest.Senders, mailtest.Senders, selector, key)
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	if err := os.Rename(file+".new", file); err != nil {
		return err
	}
	untilToldToEnd()
	return nil
}

// untilToldToEnd returns when standard input ends, which it does with the program that holds it.
func untilToldToEnd() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // whatever ends it
		told <- os.Interrupt
	}()
	<-told
}

// seen is a mail as the tests compare it.
type seen struct {
	Headers map[string][]string `json:"headers"`
	Parts   []mailtest.Part     `json:"parts"`
	Signed  string              `json:"signed"` // the domain whose signature verifies, "" for none
}

func read(file, address, n string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var l lent
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	want, err := strconv.Atoi(n)
	if err != nil {
		return err
	}
	all, err := l.Post.Wait(address, want)
	if err != nil {
		return err
	}
	out := []seen{}
	for _, m := range all {
		domain, _, err := m.Signed(l.Record)
		if err != nil {
			domain = ""
		}
		out = append(out, seen{m.Header, m.Parts, domain})
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}
