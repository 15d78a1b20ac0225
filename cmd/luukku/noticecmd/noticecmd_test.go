package noticecmd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luukku/cmd/luukku/noticecmd"
)

const advice = "../../../notices/citizens-advice.yaml"

func TestCheckTellsPlaceAndMend(t *testing.T) {
	file := filepath.Join(t.TempDir(), "broken.yaml")
	source, err := os.ReadFile(advice)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(source), "    keep: {for: P2Y, bound: at_most, from: contact.closed} # S3-2\n", "", 1)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if status := noticecmd.Check([]string{advice, file}, &out); status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	for _, want := range []string{
		advice + ": version 1 of citizens-advice can be used\n",
		"note: " + advice + ":", "open point objection",
		file + ":", `group "service_event" has no retention (add keep: {for: P2M`,
		file + ": 1 to mend\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the check does not say %q:\n%s", want, out.String())
		}
	}
}

func TestCheckOfWhatIsNotThere(t *testing.T) {
	var out strings.Builder
	if status := noticecmd.Check([]string{"no/such.yaml"}, &out); status != 2 || !strings.Contains(out.String(), "no/such.yaml") {
		t.Errorf("status %d: %s", status, out.String())
	}
	if status := noticecmd.Check(nil, &out); status != 2 {
		t.Errorf("nothing to check gives status %d", status)
	}
}

func TestShow(t *testing.T) {
	for format, want := range map[string]string{
		"html": "<!doctype html>\n<html lang=\"sv\">",
		"text": "Medborgarrådgivningens kundtjänst\n======",
	} {
		var out, errors strings.Builder
		if status := noticecmd.Show(advice, "sv", format, &out, &errors); status != 0 {
			t.Fatalf("status %d: %s", status, errors.String())
		}
		if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "i högst två år") {
			t.Errorf("%s begins with %.200s", format, out.String())
		}
	}
}

func TestShowRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, []byte("notice: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, lang, format string
		status             int
	}{{advice, "de", "text", 2}, {advice, "fi", "pdf", 2}, {"no/such.yaml", "fi", "text", 2}, {bad, "fi", "text", 1}} {
		var out, errors strings.Builder
		if status := noticecmd.Show(c.file, c.lang, c.format, &out, &errors); status != c.status || errors.Len() == 0 || out.Len() != 0 {
			t.Errorf("%v: status %d, out %q, errors %q", c, status, out.String(), errors.String())
		}
	}
}
