package dev.stepwell.embedded;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksObject;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/** How RocksDB is set up, and the native objects that must live as long as it does. */
final class Tuning implements AutoCloseable {

  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  /** A file is compacted soon if it is half deletions, or if a stretch of it is mostly that. */
  private static final int STRETCH_KEYS = 10_000;

  private static final int STRETCH_DELETIONS = 8_000;

  private final List<RocksObject> natives = new ArrayList<>();
  private final LRUCache blockCache;
  private final BloomFilter filter;
  private final Options base;

  Tuning(EmbeddedConfig config) {
    blockCache = keep(new LRUCache(config.blockCacheBytes()));
    filter = keep(new BloomFilter(10));
    var collector =
        keep(
            TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                STRETCH_KEYS, STRETCH_DELETIONS, 0.5));
    // Only options for database and family at once take a collector.
    base = keep(new Options());
    base.setTablePropertiesCollectorFactory(List.of(collector));
  }

  DBOptions database(EmbeddedConfig config) {
    return keep(new DBOptions())
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setDbWriteBufferSize(config.memtableBytes())
        .setMaxTotalWalSize(config.walBytes())
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(1024)
        .setBytesPerSync(MIB)
        // A log file that is written over needs no new length on disk: half the cost of a sync.
        .setRecycleLogFileNum(4)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        // There is one writer, so what helps many only costs.
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setAvoidUnnecessaryBlockingIO(true)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(4 * MIB)
        .setKeepLogFileNum(3)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  List<ColumnFamilyDescriptor> families() {
    var families = new ArrayList<ColumnFamilyDescriptor>();
    for (var family : Family.values()) {
      families.add(new ColumnFamilyDescriptor(family.bytes, family(family)));
    }
    return families;
  }

  private ColumnFamilyOptions family(Family family) {
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            .setBlockSize(family.blockKib * KIB)
            .setFilterPolicy(filter)
            .setFormatVersion(6)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    return keep(new ColumnFamilyOptions(base))
        .setWriteBufferSize(family.memtableMib * MIB)
        .setMaxWriteBufferNumber(3)
        .setTargetFileSizeBase(32 * MIB)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setMemtableMaxRangeDeletions(1_000)
        .setTableFormatConfig(table);
  }

  private <T extends RocksObject> T keep(T object) {
    natives.add(object);
    return object;
  }

  /** After the database is closed. */
  @Override
  public void close() {
    natives.reversed().forEach(RocksObject::close);
  }
}
