package dev.stepwell.embedded;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which a row is found, with what each holds. As only differences are written, a key is
 * never put twice, and may be deleted as such: {@link Ops#deleteSingle}.
 */
final class IndexKeys {

  private final SortedMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  IndexKeys add(byte[] key, byte[] value) {
    entries.put(key, value);
    return this;
  }

  /** Writes what must change when these keys take the place of {@code before}. */
  void replace(IndexKeys before, int family, Ops ops) {
    before.entries.forEach((key, value) -> {
      if (!Arrays.equals(value, entries.get(key))) {
        ops.deleteSingle(family, key);
      }
    });
    entries.forEach((key, value) -> {
      byte @Nullable [] old = before.entries.get(key);
      if (!Arrays.equals(value, old)) {
        ops.put(family, key, value);
      }
    });
  }
}
