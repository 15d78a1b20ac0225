package vault

import (
	_ "embed"

	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)

	qRecord          = queries.Get("record")
	qRecordLook      = queries.Get("record-look")
	qRecordsOf       = queries.Get("records-of")
	qRecordOfGroup   = queries.Get("record-of-group")
	qRecordLock      = queries.Get("record-lock")
	qRecordsLock     = queries.Get("records-lock")
	qRecordAdd       = queries.Get("record-add")
	qRecordAddOnce   = queries.Get("record-add-once")
	qRecordMove      = queries.Get("record-move")
	qRecordCountFrom = queries.Get("record-count-from")
	qRecordDrop      = queries.Get("record-drop")
	qUnsettled       = queries.Get("records-unsettled")
	qRecordSettle    = queries.Get("record-settle")
	qOfBucket        = queries.Get("records-of-bucket")

	qTokensReclaim  = queries.Get("tokens-reclaim")
	qHoldsReclaim   = queries.Get("holds-reclaim")
	qRecordsReclaim = queries.Get("records-reclaim")

	qBlobAdd      = queries.Get("blob-add")
	qBlobOf       = queries.Get("blob-of")
	qBlobKnown    = queries.Get("blob-known")
	qBlobsCount   = queries.Get("blobs-count")
	qBlobsDrop    = queries.Get("blobs-drop")
	qBlobsReclaim = queries.Get("blobs-reclaim")
	qBlobsLiving  = queries.Get("verify-blobs-living")

	qBucketFind      = queries.Get("bucket-find")
	qBucketAdd       = queries.Get("bucket-add")
	qBucketGet       = queries.Get("bucket-get")
	qBucketClosing   = queries.Get("bucket-closing")
	qBucketsClosing  = queries.Get("buckets-closing")
	qBucketsEnding   = queries.Get("buckets-ending")
	qBucketDie       = queries.Get("bucket-die")
	qBucketKill      = queries.Get("bucket-kill")
	qBucketKillEmpty = queries.Get("bucket-kill-empty")
	qBucketsEvent    = queries.Get("buckets-event")
	qBucketsDead     = queries.Get("buckets-dead")
	qBucketDropped   = queries.Get("bucket-dropped")
	qBucketReclaim   = queries.Get("bucket-to-reclaim")
	qBucketGone      = queries.Get("bucket-gone")
	qBucketsPlan     = queries.Get("buckets-plan")
	qBucketInfo      = queries.Get("bucket-info")
	qBucketsKeys     = queries.Get("buckets-keys")
	qBucketsSearched = queries.Get("buckets-searched")
	qBucketsBorn     = queries.Get("buckets-born")

	qTokenAdd    = queries.Get("token-add")
	qTokensOf    = queries.Get("tokens-of")
	qTokenRemake = queries.Get("token-remake")
	qTokensDrop  = queries.Get("tokens-drop")
	qTokenFind   = queries.Get("token-find")
	qTokenDrop   = queries.Get("token-drop")

	qHoldAdd   = queries.Get("hold-add")
	qHoldGet   = queries.Get("hold-get")
	qHoldsOf   = queries.Get("holds-of")
	qHoldDrop  = queries.Get("hold-drop")
	qHoldsDrop = queries.Get("holds-drop")

	qCopyAdd       = queries.Get("copy-add")
	qCopiesOf      = queries.Get("copies-of")
	qCopiesIn      = queries.Get("copies-of-bucket")
	qCopySources   = queries.Get("copy-sources")
	qCopyDrop      = queries.Get("copy-drop")
	qCopiesReclaim = queries.Get("copies-reclaim")

	qReadingAdd        = queries.Get("reading-add")
	qReadingsOn        = queries.Get("readings-on")
	qReadIn            = queries.Get("read-in")
	qReadingEnd        = queries.Get("reading-end")
	qReadingsEndOn     = queries.Get("readings-end-on")
	qReadingsEndOf     = queries.Get("readings-end-of")
	qReadingsEndCaller = queries.Get("readings-end-caller")
	qReadingsEndNode   = queries.Get("readings-end-node")

	qStockTake       = queries.Get("stock-take")
	qStockAdd        = queries.Get("stock-add")
	qStockDoubted    = queries.Get("stock-doubted")
	qReadingsCut     = queries.Get("readings-restored")
	qStockDrop       = queries.Get("stock-drop")
	qStock           = queries.Get("stock")
	qGeneration      = queries.Get("generation")
	qGenerationNote  = queries.Get("generation-note")
	qGenerationForce = queries.Get("generation-force")

	qLineAdd  = queries.Get("line-add")
	qLines    = queries.Get("lines")
	qLineDrop = queries.Get("line-drop")
)
