package vault

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

func TestBlobVectors(t *testing.T) {
	var all []struct {
		vectorIDs
		Name, Blob   string
		Key          hexBytes
		Size         int64
		Nonces       []hexBytes
		AD           hexBytes `json:"associated_data_of_last"`
		StoredSize   int64    `json:"stored_size"`
		StoredSHA256 hexBytes `json:"stored_sha256"`
		Stored       hexBytes
	}
	vectors(t, "blob.json", &all)
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			r := &record{register: c.register()}
			key := &recordKey{aead: newAEAD(c.Key.key())}
			same(t, "associated data", r.appendSegmentAD(nil, BlobID(c.Blob), lastSegment(c.Size), true), c.AD)
			file := assembled(t, c.Key.key(), r, BlobID(c.Blob), c.Size, c.Nonces)
			sum := sha256.Sum256(file)
			same(t, "digest of the file", sum[:], c.StoredSHA256)
			if int64(len(file)) != c.StoredSize || c.Stored != nil && !bytes.Equal(file, c.Stored) {
				t.Error("the file differs")
			}
			s := &segments{file: memory{bytes.NewReader(file)}, r: r, key: key, id: BlobID(c.Blob), size: c.Size, number: -1,
				plain: make([]byte, 0, segmentSize), sealed: make([]byte, sealedSegment)}
			plain := make([]byte, c.Size)
			if _, err := s.readAt(plain, 0); err != nil {
				t.Fatal(err)
			}
			same(t, "plaintext", plain, blobContent(int(c.Size)))
		})
	}
}

type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// assembled is the file of a blob with the vectors' nonces: this package's associated data, and the
// standard library's AES-GCM.
func assembled(t *testing.T, key [keySize]byte, r *record, id BlobID, size int64, nonces []hexBytes) (file []byte) {
	t.Helper()
	plain, gcm := blobContent(int(size)), gcmOf(t, key)
	for number := range lastSegment(size) + 1 {
		part := plain[number*segmentSize:][:segmentLength(size, number)]
		file = append(append(file, version), nonces[number]...)
		file = gcm.Seal(file, nonces[number], part, r.appendSegmentAD(nil, id, number, number == lastSegment(size)))
	}
	return file
}
