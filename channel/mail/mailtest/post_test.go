package mailtest

import (
	"os"
	"testing"
)

// Nothing of the servers is left behind, neither processes nor files.
func TestTheServersStartAndEnd(t *testing.T) {
	p, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.Read("maija@example.fi")
	if err != nil || len(all) != 0 {
		t.Error(all, err, p.Log())
	}
	if n := mentioning(p.Folder); n == 0 {
		t.Error("no process of the servers runs")
	}
	if err := p.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(p.Folder); err == nil || mentioning(p.Folder) > 0 {
		t.Error("the folder or a process is left", err)
	}
}
