package notice

import (
	"encoding/json"
	"regexp"
)

// Schema is the grammar as a JSON Schema (draft 2020-12), for editors that help while a notice is
// written. It is made by the functions that read a notice, so the two cannot drift apart. What only
// Check knows (which right a basis gives, which law still holds) it does not say.
func Schema() []byte {
	root := &schema{Schema: "https://json-schema.org/draft/2020-12/schema", Title: "Luukku privacy notice", Defs: map[string]*schema{"text": textSchema()}}
	r := &reader{at: map[string]Position{}}
	r.notice(value{shape: root}, &Notice{})
	out, _ := json.MarshalIndent(root, "", "  ") // strings, numbers and maps only
	return append(out, '\n')
}

// schema is the part of JSON Schema that the grammar needs.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Type        string             `json:"type,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Closed      *bool              `json:"additionalProperties,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Minimum     uint64             `json:"minimum,omitempty"`
	Maximum     uint64             `json:"maximum,omitempty"`
	Defs        map[string]*schema `json:"$defs,omitempty"`
}

// written is the form of a text that says something.
const written = `\S`

// textSchema is a text in the three languages; all of them must be there.
func textSchema() *schema {
	s := &schema{Type: "object", Properties: map[string]*schema{}, Closed: new(bool), Required: Languages(), Description: "A text in Finnish, Swedish and English"}
	for _, lang := range Languages() {
		s.Properties[lang] = &schema{Type: "string", Pattern: written}
	}
	return s
}

// mapping describes a mapping with exactly these keys.
func (s *schema) mapping(keys []key) {
	s.Type, s.Properties, s.Closed = "object", map[string]*schema{}, new(bool)
	for _, k := range keys {
		child := &schema{}
		k.read(value{shape: child})
		s.Properties[k.name] = child
		if k.must {
			s.Required = append(s.Required, k.name)
		}
	}
}

// list describes a list of one kind of item.
func (s *schema) list(item read) {
	s.Type, s.Items = "array", &schema{}
	item(value{shape: s.Items})
}

// text describes a scalar; form may be nil.
func (s *schema) text(want string, form *regexp.Regexp) {
	s.Type, s.Description = "string", want
	if form != nil {
		s.Pattern = form.String()
	}
}

// Forms that the schema can tell; the calendar itself is looked at by the reading.
var (
	daySchema   = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
	writtenForm = regexp.MustCompile(written)
)
