package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What a store to which nobody writes at the moment has on disk. */
final class OnDisk {

  private OnDisk() {}

  /** A row: its key, and how long its value is. */
  record Row(byte[] key, int valueBytes) {

    int bytes() {
      return key.length + valueBytes;
    }

    String text() {
      return new String(key, UTF_8);
    }

    /** Whose fact or snapshot it is, or the head of these. */
    String persistenceId() {
      return new String(key, 2, (key[0] & 0xFF) << 8 | key[1] & 0xFF, UTF_8);
    }
  }

  /** The keys of each family, as text of sorts. */
  static Map<String, List<String>> keys(Path directory) throws RocksDBException {
    var keys = new TreeMap<String, List<String>>();
    rows(directory)
        .forEach((family, rows) -> keys.put(family, rows.stream().map(Row::text).toList()));
    return keys;
  }

  /** The rows of each family, in order. */
  static Map<String, List<Row>> rows(Path directory) throws RocksDBException {
    var path = directory.resolve("db").toString();
    var families = new ArrayList<ColumnFamilyDescriptor>();
    try (var options = new Options()) {
      RocksDB.listColumnFamilies(options, path)
          .forEach(name -> families.add(new ColumnFamilyDescriptor(name)));
    }
    var all = new TreeMap<String, List<Row>>();
    var handles = new ArrayList<ColumnFamilyHandle>();
    try (var options = new DBOptions();
        var rocks = RocksDB.openReadOnly(options, path, families, handles)) {
      for (var handle : handles) {
        var found = new ArrayList<Row>();
        try (var rows = rocks.newIterator(handle)) {
          for (rows.seekToFirst(); rows.isValid(); rows.next()) {
            found.add(new Row(rows.key(), rows.value().length));
          }
          rows.status();
        }
        all.put(new String(handle.getName(), UTF_8), found);
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
    return all;
  }

  /** The size of its sorted files: of all but the log, which is written over in turns. */
  static long bytesOfFiles(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory.resolve("db"), "*.sst")) {
      var bytes = 0L;
      for (var file : files) {
        try {
          bytes += Files.size(file);
        } catch (NoSuchFileException _) {
          // Given back while we looked.
        }
      }
      return bytes;
    }
  }
}
