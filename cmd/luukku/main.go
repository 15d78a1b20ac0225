// Command luukku is the whole program: it serves, and it is its own administrator's tool.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"luukku/cmd/luukku/admin"
	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/tell"
)

// line is the command line.
type line struct {
	Config string `help:"Configuration file." type:"path" placeholder:"FILE"`
	Data   string `help:"Data folder, instead of the configured one." type:"path" placeholder:"DIR"`

	Serve   serve          `cmd:"" help:"Serve people until interrupted."`
	Notice  noticeCommands `cmd:"" help:"Check and show notice files."`
	Bench   benches        `cmd:"" help:"Print figures of speed and memory."`
	Restore restore        `cmd:"" help:"Restore a backup into the data folder; no server may run."`
	Version version        `cmd:"" help:"Print the version."`

	admin.Commands
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var l line
	k := kong.Must(&l, kong.Name("luukku"), kong.UsageOnError(),
		kong.Description("One program on which a public authority serves people, and in which the privacy notice is the program."))
	chosen, err := k.Parse(os.Args[1:])
	k.FatalIfErrorf(err)
	if err := run(ctx, &l, chosen); err != nil {
		os.Exit(told(err, os.Stderr))
	}
}

// told says on the console what went wrong, unless a command has said it itself, and returns the
// exit status.
func told(err error, to io.Writer) int {
	var status exit
	if errors.As(err, &status) {
		return int(status)
	}
	fmt.Fprintln(to, "luukku:", tell.Error(err))
	return 1
}

// exit is an error that has been told already and only sets the exit status.
type exit int

// Error says nothing more than the status.
func (e exit) Error() string { return fmt.Sprintf("ended with status %d", int(e)) }

// runner is a command that main runs itself; the others are administrative.
type runner interface {
	run(ctx context.Context, l *line) error
}

func run(ctx context.Context, l *line, chosen *kong.Context) error {
	if r, ok := chosen.Selected().Target.Addr().Interface().(runner); ok {
		return r.run(ctx, l)
	}
	c, err := l.configuration()
	if err != nil {
		return err
	}
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	words := admin.Words(folder, os.Args[1:])
	err = admin.Send(ctx, c.Data, words, os.Stdout)
	if errors.Is(err, admin.ErrNoServer) {
		return alone(ctx, c, words)
	}
	return err
}

func (l *line) configuration() (config.Config, error) {
	c, err := config.Load(l.Config, os.Getenv)
	if err != nil {
		return c, err
	}
	c = c.WithData(l.Data)
	return c, c.Check()
}

// version prints what was built.
type version struct{}

func (version) run(context.Context, *line) error {
	fmt.Printf("luukku %s\n", Version)
	return nil
}

// Version is the released version; the front end and the API description carry it too.
const Version = "0.1.0"

// grace is how long a stopping server waits for requests that run.
const grace = 10 * time.Second
