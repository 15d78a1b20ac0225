package notice

import (
	"strings"

	"github.com/goccy/go-yaml"
)

// Controller is who takes a notice into use, as the notice names it.
type Controller struct {
	Authority string // slug
	Name      Text
	Address   string // postal, the same in every language
	Phone     string // may be empty
	Email     string // of the registry
	DPO       string // address of the data protection officer
}

// Adopt rewrites a notice for another controller: its slug, controller, contacts and data protection
// officer are replaced, joint controllers removed, and its open points give way to one that tells
// what the new controller must still look through. Everything else stays byte for byte, comments
// too. An error means that source cannot be read; the result is for Read, which refuses a slug or
// an address that is none.
func Adopt(source []byte, c Controller) ([]byte, error) {
	n, problems := Parse(source, "notice")
	if n == nil {
		return nil, problems
	}
	parts, err := c.sections(n)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	skipping := false
	for line := range strings.Lines(string(source)) {
		if key := topLevelKey(line); key != "" {
			var replacement string
			replacement, skipping = parts[key]
			out.WriteString(replacement)
			delete(parts, key)
		} else if strings.TrimSpace(line) == "" || line[0] == '#' {
			skipping = false // an empty line or a comment between sections
		}
		if skipping {
			continue
		}
		out.WriteString(strings.TrimSuffix(line, "\n"))
		out.WriteByte('\n')
	}
	out.WriteString(parts["open_points"]) // where the notice had none
	return []byte(out.String()), nil
}

// topLevelKey is the key that a line begins at the left margin, "" when it begins none there.
func topLevelKey(line string) string {
	key, _, found := strings.Cut(line, ":")
	if !found || key == "" || strings.ContainsAny(key[:1], " \t#-") {
		return ""
	}
	return key
}

// sections are the parts of a notice that change hands, as YAML by their key.
func (c Controller) sections(n *Notice) (map[string]string, error) {
	controller := yaml.MapSlice{{Key: "name", Value: inThree(c.Name)}, {Key: "address", Value: inThree(Text{c.Address, c.Address, c.Address})}}
	if c.Phone != "" {
		controller = append(controller, yaml.MapItem{Key: "phone", Value: c.Phone})
	}
	sections := map[string]any{
		"authority":         c.Authority,
		"controller":        append(controller, yaml.MapItem{Key: "email", Value: c.Email}),
		"joint_controllers": []string{},
		"contacts":          c.contacts(n),
		"dpo":               yaml.MapSlice{{Key: "name", Value: inThree(words["dpo"])}, {Key: "email", Value: c.DPO}},
		"open_points":       inherited(n),
	}
	out := make(map[string]string, len(sections))
	for key, value := range sections {
		text, err := yaml.Marshal(yaml.MapSlice{{Key: key, Value: value}})
		if err != nil {
			return nil, err
		}
		out[key] = string(text)
	}
	return out, nil
}

// contacts keeps each route of the notice, now leading to the new controller's registry.
func (c Controller) contacts(n *Notice) []yaml.MapSlice {
	var out []yaml.MapSlice
	for _, p := range n.Contacts {
		name := p.Name
		if p.ID == "contact_person" {
			name = words["adopted_contact"]
		}
		out = append(out, yaml.MapSlice{{Key: "id", Value: p.ID}, {Key: "name", Value: inThree(name)}, {Key: "email", Value: c.Email}})
	}
	return out
}

// inherited are the open points that answer a problem, which stays a problem in other hands, and
// one about the adoption itself.
func inherited(n *Notice) []yaml.MapSlice {
	var out []yaml.MapSlice
	for _, o := range n.OpenPoints {
		if len(o.Answers) > 0 {
			out = append(out, yaml.MapSlice{{Key: "id", Value: o.ID}, {Key: "answers", Value: o.Answers}, {Key: "text", Value: inThree(o.Text)}})
		}
	}
	return append(out, yaml.MapSlice{{Key: "id", Value: "adopted"}, {Key: "text", Value: inThree(words["adopted"])}})
}

func inThree(t Text) yaml.MapSlice {
	return yaml.MapSlice{{Key: "fi", Value: t.FI}, {Key: "sv", Value: t.SV}, {Key: "en", Value: t.EN}}
}
