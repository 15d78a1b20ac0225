package file

import (
	"bufio"
	"context"
	"errors"
	"image/jpeg"
	"io"
	"strconv"

	"luukku/fault"
)

// Rules of what may be sent. Zero values take the defaults.
type Rules struct {
	Citizen         int64 // bytes of a citizen's file: 10 MB
	Adviser         int64 // bytes of an adviser's file: 20 MB
	PerConversation int64 // files of one conversation: 20
	Pixels          int64 // of a picture: 50 million
	AtOnce          int   // files that are received at the same time: 32
	Scanner         Scanner
}

// MB is a million bytes, as files are measured to people.
const MB = 1_000_000

// decodeMemory is what decoding a JPEG may take: 42 million pixels as cameras write them, 12 million of a
// progressive one.
const decodeMemory = 96 << 20

// Desk receives files by rules. It is safe for any number of goroutines.
type Desk struct {
	Rules
	running chan struct{}
	decodes chan struct{}
}

// New returns a desk for files.
func New(r Rules) *Desk {
	for _, d := range []struct {
		of    *int64
		value int64
	}{{&r.Citizen, 10 * MB}, {&r.Adviser, 20 * MB}, {&r.PerConversation, 20}, {&r.Pixels, 50_000_000}} {
		if *d.of == 0 {
			*d.of = d.value
		}
	}
	if r.AtOnce == 0 {
		r.AtOnce = 32
	}
	return &Desk{Rules: r, running: make(chan struct{}, r.AtOnce), decodes: make(chan struct{}, 1)}
}

// Begin takes a place among the files that are received now; call done at the end. fault.Busy
// "files-busy" when there is none.
func (d *Desk) Begin() (done func(), err error) {
	select {
	case d.running <- struct{}{}:
		return func() { <-d.running }, nil
	default:
		return nil, fault.New(fault.Busy, "files-busy")
	}
}

// Receive copies what is sent to w, at most most bytes. Errors: fault.Invalid "file-too-large" and
// "file-empty".
func Receive(w io.Writer, sent io.Reader, most int64) error {
	n, err := io.Copy(w, io.LimitReader(sent, most+1))
	switch {
	case err != nil:
		return err
	case n > most:
		return TooLarge(most)
	case n == 0:
		return fault.New(fault.Invalid, "file-empty").On("file")
	}
	return nil
}

// TooLarge is the fault of a file of more than most bytes.
func TooLarge(most int64) error {
	return fault.New(fault.Invalid, "file-too-large", "mb", strconv.FormatInt(most/MB, 10)).On("file")
}

// Clean writes what of a received file is kept: a picture without what was added to it, a PDF up to its
// end, a text as it is. Errors: fault.Invalid "file-damaged", "file-active", "picture-too-large".
func (d *Desk) Clean(kind Kind, src io.ReaderAt, size int64, w io.Writer) error {
	whole := io.NewSectionReader(src, 0, size)
	switch kind {
	case JPEG:
		f, err := rewriteJPEG(whole, w)
		if err == nil && (f.width*f.height > d.Pixels || f.memory() > decodeMemory) {
			err = d.tooManyPixels()
		}
		return err
	case PNG:
		h, err := rewritePNG(whole, w)
		if err == nil && h.width*h.height > d.Pixels {
			err = d.tooManyPixels()
		}
		return err
	case PDF:
		end, err := checkPDF(src, size)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, io.NewSectionReader(src, 0, end))
		return err
	}
	if err := checkText(whole); err != nil {
		return err
	}
	_, err := io.Copy(w, io.NewSectionReader(src, 0, size))
	return err
}

func (d *Desk) tooManyPixels() error {
	return fault.New(fault.Invalid, "picture-too-large", "megapixels", strconv.FormatInt(d.Pixels/1_000_000, 10)).On("file")
}

// Check decodes a picture that Clean has written, and has the scanner look at every file. Errors:
// fault.Invalid "file-damaged" and "file-infected", fault.Busy "scanner-unavailable".
func (d *Desk) Check(ctx context.Context, kind Kind, src io.ReaderAt, size int64) error {
	if err := d.decode(ctx, kind, src, size); err != nil {
		return err
	}
	if d.Scanner == nil {
		return nil
	}
	return d.Scanner.Scan(ctx, io.NewSectionReader(src, 0, size))
}

func (d *Desk) decode(ctx context.Context, kind Kind, src io.ReaderAt, size int64) error {
	switch kind {
	case PNG:
		h, err := rewritePNG(io.NewSectionReader(src, 0, size), io.Discard)
		if err != nil {
			return err
		}
		return checkPNG(io.NewSectionReader(src, 0, size), h)
	case JPEG:
		return d.decodeJPEG(ctx, io.NewSectionReader(src, 0, size))
	}
	return nil
}

// decodeJPEG decodes one picture at a time, so that many at once do not take the memory of many.
func (d *Desk) decodeJPEG(ctx context.Context, src io.Reader) error {
	select {
	case d.decodes <- struct{}{}:
		defer func() { <-d.decodes }()
	case <-ctx.Done():
		return fault.New(fault.Busy, "cancelled").Wrap(ctx.Err())
	}
	_, err := jpeg.Decode(bufio.NewReader(src))
	var form jpeg.FormatError
	var unsupported jpeg.UnsupportedError
	if errors.As(err, &form) || errors.As(err, &unsupported) {
		return damaged()
	}
	return short(err)
}
