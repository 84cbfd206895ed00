package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Our batches are RocksDB's own, byte for byte. */
final class OpsTest {

  private static final byte[] SHORT = {1, 2, 3};
  private static final byte[] EMPTY = {};
  private static final byte[] LONG = new byte[20_000];

  @TempDir Path directory;

  @Test
  void areWrittenAsRocksDbWritesThem() throws RocksDBException {
    var families =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
            new ColumnFamilyDescriptor(SHORT));
    var handles = new ArrayList<ColumnFamilyHandle>();
    try (var options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        var rocks = RocksDB.open(options, directory.toString(), families, handles);
        var batch = new WriteBatch()) {
      var family = handles.getLast();
      batch.put(family, SHORT, LONG);
      batch.put(family, LONG, EMPTY);
      batch.delete(family, SHORT);
      batch.singleDelete(family, LONG);
      batch.deleteRange(family, SHORT, LONG);

      var ops = new Ops(0, 0);
      ops.put(family.getID(), SHORT, LONG).put(family.getID(), LONG, EMPTY);
      var more = new Ops(3, 1).delete(family.getID(), SHORT);
      more.deleteSingle(family.getID(), LONG).deleteRange(family.getID(), SHORT, LONG);
      ops.addAll(more);

      assertThat(ops.toBatch()).isEqualTo(batch.data());
      assertThat(ops.count()).isEqualTo(batch.count());
      assertThat(rocks.getLatestSequenceNumber()).isZero();
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  @Test
  void knowWhetherThereAreAny() {
    assertThat(new Ops(100, 3).isEmpty()).isTrue();
    assertThat(new Ops(0, 0).delete(1, SHORT).isEmpty()).isFalse();
  }
}
