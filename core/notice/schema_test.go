package notice_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"luukku/core/notice"
)

// shape is a schema as an editor reads it.
type shape struct {
	Ref        string            `json:"$ref"`
	Type       string            `json:"type"`
	Properties map[string]*shape `json:"properties"`
	Required   []string          `json:"required"`
	Closed     *bool             `json:"additionalProperties"`
	Items      *shape            `json:"items"`
	Enum       []string          `json:"enum"`
	Pattern    string            `json:"pattern"`
	Minimum    uint64            `json:"minimum"`
	Maximum    uint64            `json:"maximum"`
	Defs       map[string]*shape `json:"$defs"`
}

func readSchema(t *testing.T) *shape {
	t.Helper()
	var root shape
	d := json.NewDecoder(strings.NewReader(string(notice.Schema())))
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	return &root
}

// refuses is what JSON Schema says of a value, for the words that the schema uses: "" is nothing.
func (s *shape) refuses(root *shape, v any) string {
	if s.Ref != "" {
		return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].refuses(root, v)
	}
	switch s.Type {
	case "object":
		return s.refusesObject(root, v)
	case "array":
		list, ok := v.([]any)
		if !ok {
			return "type"
		}
		for _, item := range list {
			if why := s.Items.refuses(root, item); why != "" {
				return why
			}
		}
	case "string":
		text, ok := v.(string)
		switch {
		case !ok:
			return "type"
		case s.Enum != nil && !slices.Contains(s.Enum, text):
			return "enum"
		case s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text):
			return "pattern"
		}
	case "integer":
		n, ok := v.(uint64)
		if !ok || n < s.Minimum || n > s.Maximum {
			return "integer"
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return "type"
		}
	default:
		return "a schema without a type"
	}
	return ""
}

func (s *shape) refusesObject(root *shape, v any) string {
	object, ok := v.(map[string]any)
	if !ok {
		return "type"
	}
	for _, name := range s.Required {
		if _, has := object[name]; !has {
			return "required"
		}
	}
	for name, value := range object {
		property := s.Properties[name]
		if property == nil {
			if s.Closed != nil && !*s.Closed {
				return "additionalProperties"
			}
			continue
		}
		if why := property.refuses(root, value); why != "" {
			return why
		}
	}
	return ""
}

// files are the bundled notices and those of the demo's second authority.
func files(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, folder := range []string{"../../notices", "../../cmd/luukku/demodata/notices"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".yaml") {
				all = append(all, folder+"/"+e.Name())
			}
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %d notices", len(all))
	}
	return all
}

func tree(t *testing.T, file string) any {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := yaml.Unmarshal(source, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryBundledNoticeFitsTheSchema(t *testing.T) {
	root := readSchema(t)
	for _, file := range files(t) {
		if why := root.refuses(root, tree(t, file)); why != "" {
			t.Errorf("%s: %s", file, why)
		}
	}
}

// structural are the rules about the file's form that a schema can tell, too.
var structural = []string{"unknown-key", "missing-key", "wrong-type", "not-in-list"}

// What the check refuses structurally the schema refuses, wherever it stands; and what it takes whole
// the schema takes. Each mutant spoils one place of one notice.
func TestTheSchemaRefusesWhatTheCheckRefuses(t *testing.T) {
	root := readSchema(t)
	whole := tree(t, "../../notices/guardianship-chat.yaml")
	told := func() ([]byte, notice.Problems) {
		source, err := yaml.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		n, problems := notice.Parse(source, "spoilt.yaml")
		if n != nil {
			problems = notice.Check(n).Errors()
		}
		return source, problems
	}
	lean(whole, func() bool { _, problems := told(); return len(problems) == 0 })
	tried, seen := 0, map[string]int{}
	spoil(whole, func(what string) {
		tried++
		source, problems := told()
		var again any
		if err := yaml.Unmarshal(source, &again); err != nil {
			t.Fatal(err)
		}
		why := root.refuses(root, again)
		for _, p := range problems {
			seen[p.Rule]++
			if slices.Contains(structural, p.Rule) && why == "" {
				t.Errorf("%s: the check refuses it (%s), the schema does not", what, p.Rule)
			}
		}
		if len(problems) == 0 && why != "" {
			t.Errorf("%s: the schema refuses it (%s), the check does not", what, why)
		}
	})
	for _, rule := range structural {
		if seen[rule] == 0 {
			t.Errorf("no mutant was refused for %s", rule)
		}
	}
	t.Logf("%d mutants: %v", tried, seen)
}

// The comparison can fail: a schema that forgets what must be there, or lets anything in, is found out.
func TestAWeakerSchemaWouldBeSeen(t *testing.T) {
	for what, weaken := range map[string]func(*shape){
		"nothing is compulsory": func(s *shape) { s.Required = nil },
		"any key is taken":      func(s *shape) { s.Closed = nil },
		"any word is taken":     func(s *shape) { s.Properties["statutory"] = &shape{Type: "string"} },
	} {
		root := readSchema(t)
		weaken(root)
		found := false
		whole := tree(t, "../../notices/audit-log.yaml").(map[string]any)
		for _, change := range []func(map[string]any){
			func(m map[string]any) { delete(m, "version") }, func(m map[string]any) { m["unknown"] = "x" }, func(m map[string]any) {},
		} {
			one := map[string]any{}
			for k, v := range whole {
				one[k] = v
			}
			change(one)
			source, _ := yaml.Marshal(one)
			_, problems := notice.Parse(source, "x.yaml")
			found = found || (len(problems) > 0) != (root.refuses(root, one) != "")
		}
		if !found {
			t.Errorf("%s, and nobody sees it", what)
		}
	}
}

// spoil makes every mutant of a tree in its place, tells of it, and mends it.
func spoil(v any, try func(what string)) {
	switch v := v.(type) {
	case map[string]any:
		v["unknown_key"] = "x"
		try("an unknown key")
		delete(v, "unknown_key")
		for name, value := range v {
			delete(v, name)
			try("without " + name)
			for _, wrong := range []any{[]any{[]any{"x"}}, "no such word ä", map[string]any{"x": "y"}} {
				v[name] = wrong
				try(fmt.Sprintf("%s: %v", name, wrong))
			}
			v[name] = value
			spoil(value, try)
		}
	case []any:
		if len(v) > 0 { // one item stands for its like
			spoil(v[0], try)
		}
	}
}

// lean shortens each list to its first item where the check allows it: nothing is spoilt in the others, and
// they would be written and read again for each mutant.
func lean(v any, sound func() bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if list, ok := value.([]any); ok && len(list) > 1 {
				if v[name] = list[:1]; !sound() {
					v[name] = list
				}
			}
			lean(v[name], sound)
		}
	case []any:
		for _, item := range v {
			lean(item, sound)
		}
	}
}
