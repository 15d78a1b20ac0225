package file

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"luukku/fault"
)

// Scanner looks for malware in a file. nil means that it found none; fault.Invalid "file-infected" that it
// found some; every other outcome is fault.Busy "scanner-unavailable": what was not looked at is not sent.
type Scanner interface {
	Scan(ctx context.Context, src io.Reader) error
}

// Clamd asks a ClamAV daemon through its socket, by INSTREAM (clamd(8)).
type Clamd struct {
	Network string        // "unix" or "tcp"
	Address string        // a path, or host:port
	Timeout time.Duration // for one file; 0 is 30 s
}

// Scan implements Scanner.
func (c Clamd) Scan(ctx context.Context, src io.Reader) error {
	verdict, err := c.ask(ctx, src)
	switch {
	case err == nil && verdict == "stream: OK":
		return nil
	case err == nil && strings.HasPrefix(verdict, "stream: ") && strings.HasSuffix(verdict, " FOUND"):
		return fault.New(fault.Invalid, "file-infected").On("file")
	case err == nil:
		err = fmt.Errorf("clamd answered otherwise (%d bytes)", len(verdict))
	}
	return fault.New(fault.Busy, "scanner-unavailable").Wrap(err)
}

// ask sends a file and reads the answer.
func (c Clamd) ask(ctx context.Context, src io.Reader) (verdict string, err error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, c.Network, c.Address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err := send(conn, src); err != nil {
		return "", err
	}
	verdict, err = bufio.NewReader(io.LimitReader(conn, 4<<10)).ReadString(0)
	return strings.TrimSuffix(verdict, "\x00"), err
}

// send writes the command and the file in pieces, each with its length before it; one of none ends it.
func send(w io.Writer, src io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	piece := make([]byte, 4+32<<10)
	for {
		n, err := io.ReadFull(src, piece[4:])
		binary.BigEndian.PutUint32(piece, uint32(n))
		if n > 0 {
			if _, err := w.Write(piece[:4+n]); err != nil {
				return err
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF { //nolint:errorlint // io.ReadFull gives them bare
			_, err = w.Write([]byte{0, 0, 0, 0})
			return err
		}
		if err != nil {
			return err
		}
	}
}
