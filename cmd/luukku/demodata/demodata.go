// Package demodata holds what the demo begins with. Everybody in it is fictitious.
package demodata

import (
	"bytes"
	_ "embed" // demo.yaml

	"github.com/goccy/go-yaml"

	"luukku/core/notice"
)

//go:embed demo.yaml
var text []byte

// Words are a text in the three languages.
type Words struct {
	FI string `yaml:"fi"`
	SV string `yaml:"sv"`
	EN string `yaml:"en"`
}

// Text is the words as notices and services have them.
func (w Words) Text() notice.Text { return notice.Text{FI: w.FI, SV: w.SV, EN: w.EN} }

// Demo is the whole of it.
type Demo struct {
	Authorities   []Authority    `yaml:"authorities"`
	Services      []Service      `yaml:"services"` // the same in every authority, each under its own notices
	Answers       []Answer       `yaml:"answers"`
	Staff         []Person       `yaml:"staff"`
	Conversations []Conversation `yaml:"conversations"`
}

// Authority is one of the demo's authorities.
type Authority struct {
	ID    string `yaml:"id"`
	Zone  string `yaml:"zone"`
	Names Words  `yaml:"names"`
}

// Service is what each authority offers, called as its notice.
type Service struct {
	ID        string   `yaml:"id"`
	Notice    string   `yaml:"notice"`
	About     Words    `yaml:"about"`
	Languages []string `yaml:"languages"`
	Topics    []Topic  `yaml:"topics"`
}

// Topic is what a contact can be about.
type Topic struct {
	ID    string `yaml:"id"`
	Names Words  `yaml:"names"`
}

// Answer is a ready answer of each authority; no services means all.
type Answer struct {
	Name     string   `yaml:"name"`
	Shortcut string   `yaml:"shortcut"`
	Services []string `yaml:"services"`
	Text     Words    `yaml:"text"`
}

// Person is a member of staff.
type Person struct {
	Username string `yaml:"username"`
	Name     string `yaml:"name"`
	Role     string `yaml:"role"`
}

// Conversation is a chat that is held when the demo is first started.
type Conversation struct {
	Service string            `yaml:"service"`
	Lang    string            `yaml:"lang"`
	Topic   string            `yaml:"topic"`
	Fields  map[string]string `yaml:"fields"`
	Lines   []Line            `yaml:"lines"`
}

// Line is one message of it.
type Line struct {
	From string `yaml:"from"` // citizen or adviser
	Text string `yaml:"text"`
}

// Read reads the demo's data.
func Read() (Demo, error) {
	var d Demo
	err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&d)
	return d, err
}
