package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"luukku/desk/address"
)

// Mail is the server that takes outgoing mail. Without it no transcript can be ordered.
type Mail struct {
	Server       string            `yaml:"server"`        // host:port
	TLS          string            `yaml:"tls"`           // starttls (default), implicit; none for this machine only
	CAFile       string            `yaml:"ca_file"`       // PEM of the authority's own roots; empty: the system's
	User         string            `yaml:"user"`          // empty: no sign-in
	PasswordFile string            `yaml:"password_file"` // or LUUKKU_MAIL_PASSWORD
	Senders      map[string]string `yaml:"senders"`       // by authority: "Name <box@example.fi>"; one without gets no mail
	DKIM         *DKIM             `yaml:"dkim"`
	Password     string            `yaml:"-"`
}

// DKIM signs outgoing mail for a domain.
type DKIM struct {
	Domain   string `yaml:"domain"`
	Selector string `yaml:"selector"`
	KeyFile  string `yaml:"key_file"` // PEM, RSA or Ed25519
}

// HostPort are the server's host and port.
func (m *Mail) HostPort() (string, int) {
	host, port, _ := net.SplitHostPort(m.Server)
	n, _ := strconv.Atoi(port)
	return host, n
}

// Local tells whether the server is on this machine.
func (m *Mail) Local() bool {
	host, _ := m.HostPort()
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// fill sets what has a default and reads the password's file.
func (m *Mail) fill(password string) error {
	if m.TLS == "" {
		m.TLS = "starttls"
	}
	m.Password = password
	if m.Password != "" || m.PasswordFile == "" {
		return nil
	}
	text, err := os.ReadFile(m.PasswordFile)
	if err != nil {
		return fmt.Errorf("configuration: mail.password_file: %w", err)
	}
	m.Password = strings.TrimRight(string(text), "\r\n")
	return nil
}

// check refuses a server that cannot be reached safely. Each error says how to mend it.
func (m *Mail) check() error {
	host, port := m.HostPort()
	switch {
	case host == "" || port < 1 || port > 65535:
		return errors.New("configuration: mail.server: write host:port, such as mail.example.fi:587")
	case m.TLS != "starttls" && m.TLS != "implicit" && m.TLS != "none":
		return fmt.Errorf("configuration: mail.tls: %q is none of starttls, implicit, none", m.TLS)
	case m.TLS == "none" && !m.Local():
		return errors.New("configuration: mail.tls: none is for a server on this machine; use starttls or implicit")
	case m.User != "" && m.Password == "":
		return errors.New("configuration: mail.password_file: name a file, or set LUUKKU_MAIL_PASSWORD")
	case len(m.Senders) == 0:
		return errors.New(`configuration: mail.senders: name a sender for each authority, such as dvv: "Chat <chat@example.fi>"`)
	case m.DKIM != nil && (m.DKIM.Domain == "" || m.DKIM.Selector == "" || m.DKIM.KeyFile == ""):
		return errors.New("configuration: mail.dkim: domain, selector and key_file belong together")
	}
	return m.checkSenders()
}

// checkSenders reads each sender, and leaves its domain in the form in which it goes to a server.
func (m *Mail) checkSenders() error {
	for authority, sender := range m.Senders {
		named, err := mail.ParseAddress(sender)
		if err != nil || strings.ContainsAny(sender, "\r\n") {
			return fmt.Errorf("configuration: mail.senders.%s: write an address such as \"Chat <chat@example.fi>\"", authority)
		}
		read, err := address.Read(named.Address)
		if err != nil {
			return fmt.Errorf("configuration: mail.senders.%s: %s is no address that mail can be sent from", authority, named.Address)
		}
		m.Senders[authority] = (&mail.Address{Name: named.Name, Address: read.Mail()}).String()
	}
	return nil
}

// SenderDomain is what stands after the @ of an authority's sender, "" without one.
func (m *Mail) SenderDomain(authority string) string {
	if m == nil {
		return ""
	}
	sender, err := mail.ParseAddress(m.Senders[authority])
	if err != nil {
		return ""
	}
	return sender.Address[strings.LastIndexByte(sender.Address, '@')+1:]
}
