package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	from, to := Config{Data: t.TempDir(), LogLevel: "error"}, Config{Data: filepath.Join(t.TempDir(), "new"), LogLevel: "error"}
	h, err := Open(context.Background(), from, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := (&BackupCmd{Config: from, File: file}).Run(); err != nil { // while the house is open
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := (&BackupCmd{Config: from, File: file}).Run(); err == nil {
		t.Error("a copy was written over")
	}
	if err := (&RestoreCmd{Config: to, File: file}).Run(); err != nil {
		t.Fatal(err)
	}
	if err := (&RestoreCmd{Config: to, File: file}).Run(); err == nil {
		t.Error("a database was written over")
	}
	again, err := Open(context.Background(), to, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestBackupOfNothing(t *testing.T) {
	t.Parallel()
	none := filepath.Join(t.TempDir(), "mistyped")
	err := (&BackupCmd{Config: Config{Data: none, LogLevel: "error"}, File: filepath.Join(t.TempDir(), "copy.db")}).Run()
	if err == nil || !strings.Contains(err.Error(), none) {
		t.Errorf("a directory without a database: %v", err)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("the directory was made")
	}
}
