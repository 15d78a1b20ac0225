package admin

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"luukku/cmd/luukku/program"
)

// Commands are the administrative commands: they do the same whether a server runs or not.
type Commands struct {
	User   Users   `cmd:"" help:"Add, disable and list staff accounts."`
	Retain Retains `cmd:"" help:"Plan and run the end of retention."`
	Keys   Keys    `cmd:"" help:"Show the key stores, or go on without lost keys."`
	Verify Verify  `cmd:"" help:"Check the audit tree, the key states and the orphans."`
	Backup Backup  `cmd:"" help:"Write a backup of the data, without any keys, into a new folder."`
	Demo   Demo    `cmd:"" help:"Move the demo's time."`
}

// Job is what a command works on.
type Job struct {
	Program *program.Program
	Out     io.Writer
	Folder  string // the caller's working folder, from which relative paths count
}

// Print writes a line for the administrator.
func (j Job) Print(format string, args ...any) { fmt.Fprintf(j.Out, format+"\n", args...) }

// path is name as its caller meant it.
func (j Job) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(j.Folder, name)
}

// command is one of the commands.
type command interface {
	run(ctx context.Context, j Job) error
}

// Execute runs the command that words name on p. The first word is the caller's working folder.
func Execute(ctx context.Context, p *program.Program, words []string, out io.Writer) error {
	var c Commands
	k, err := kong.New(&c, kong.Name("luukku"), kong.Exit(func(int) {}), kong.Writers(out, out))
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return fmt.Errorf("no command")
	}
	chosen, err := k.Parse(words[1:])
	if err != nil {
		return err
	}
	one, ok := chosen.Selected().Target.Addr().Interface().(command)
	if !ok {
		return fmt.Errorf("%s is not an administrative command", chosen.Command())
	}
	return one.run(ctx, Job{Program: p, Out: out, Folder: words[0]})
}

// Words are the arguments of a command line without what says where the program is.
func Words(folder string, args []string) []string {
	words := []string{folder}
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--config" || a == "--data":
			i++
		case strings.HasPrefix(a, "--config=") || strings.HasPrefix(a, "--data="):
		default:
			words = append(words, a)
		}
	}
	return words
}

// only are the authorities that a command is meant for: the one named, or all.
func only(p *program.Program, name string) ([]program.Authority, error) {
	if name == "" {
		return p.Authorities, nil
	}
	for _, a := range p.Authorities {
		if a.ID == name || a.Slug == name {
			return []program.Authority{a}, nil
		}
	}
	return nil, fmt.Errorf("no authority %q", name)
}
