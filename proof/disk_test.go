package proof

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"luukku/cmd/luukku/client"
)

// Disk full: clear errors, readiness false, nothing acknowledged lost, no read without its record,
// and everything goes on by itself once there is room.
func TestAFullDiskAcknowledgesNothing(t *testing.T) {
	t.Run("full", func(t *testing.T) {
		if os.Geteuid() != 0 {
			t.Skip("only root mounts a small disk; the next test fills a file instead")
		}
		h := houseOnSmallDisk(t)
		ballast := filepath.Join(h.folder, h.disk, "ballast")
		outlive(t, h, func() { fillDisk(t, ballast) }, func() { os.Remove(ballast) })
	})
	t.Run("file-limit", func(t *testing.T) {
		h := newHouse(t, "sqlite")
		outlive(t, h, func() { limitFiles(t, h, true) }, func() { limitFiles(t, h, false) })
	})
}

// houseOnSmallDisk puts data and keys on a disk of 48 MB of their own.
func houseOnSmallDisk(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, "sqlite")
	h.disk = "disk"
	mount := filepath.Join(h.folder, h.disk)
	if err := os.Mkdir(mount, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("proof", mount, "tmpfs", 0, "size=48m"); err != nil {
		t.Skipf("this machine lets root mount nothing (%v); the next test fills a file instead", err)
	}
	t.Cleanup(func() { h.kill(); unix.Unmount(mount, unix.MNT_DETACH) })
	copyMatching(t, h.folder, mount, "data*")
	return h
}

// fillDisk writes until there is no byte left.
func fillDisk(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; size /= 2 {
		for err = nil; err == nil; _, err = f.Write(make([]byte, size)) {
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
}

// limitFiles lets no file of the running program grow beyond the database's present size, or any.
func limitFiles(t *testing.T, h *house, on bool) {
	t.Helper()
	var limit unix.Rlimit
	if err := unix.Prlimit(h.cmd.Process.Pid, unix.RLIMIT_FSIZE, nil, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = limit.Max
	if on {
		info, err := os.Stat(filepath.Join(h.data(), "luukku.db-wal"))
		if err != nil {
			t.Fatal(err)
		}
		limit.Cur = uint64(info.Size()) + 16<<10
	}
	if err := unix.Prlimit(h.cmd.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
}

// outlive lets a crowd go on while there is no room, and then while there is again.
func outlive(t *testing.T, h *house, fill, free func()) {
	t.Helper()
	h.start()
	c := gather(h)
	c.talk(func() {
		if err := h.await(time.Minute, func() bool { return c.journal.count() >= 20 }); err != nil {
			t.Error(err)
		}
		c.lengthen(strings.Repeat(" täyttö", 60))
		fill()
		if err := h.await(2*time.Minute, c.allRefused); err != nil {
			t.Errorf("%d of %d were told that there is no room: %v", len(c.refused), voices, err)
		}
	})
	for _, err := range c.refused {
		if !isBusy(err) {
			t.Errorf("what was answered instead: %v", err)
		}
	}
	if err := h.await(time.Minute, func() bool { return h.ready() == http.StatusServiceUnavailable }); err != nil {
		t.Error("readiness did not become false:", err)
	}
	if _, err := h.readAgain("dvv", c.citizens[0].contact); !isBusy(err) {
		t.Errorf("a reading that cannot be recorded was answered with %v", err)
	}
	free()
	if err := h.await(time.Minute, func() bool { return h.ready() == http.StatusOK }); err != nil {
		t.Fatal("the program did not recover:", err)
	}
	c.resend()
	c.compare("when there was room again")
	for _, wrong := range c.journal.checkReads(c.entries()) {
		t.Error(wrong)
	}
	h.must("verify")
}

// isBusy tells the one clear answer: 503, come again, in words; on the socket its key alone.
func isBusy(err error) bool {
	var p *client.Problem
	return errors.As(err, &p) && p.Key == "storage-unavailable" && p.Detail != "" &&
		(p.Status == http.StatusServiceUnavailable && p.Code == "busy" || p.Code == "")
}
