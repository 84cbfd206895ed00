package dev.stepwell.examples.order;

import dev.stepwell.NonRetryableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shelves in memory: full again when the process starts. */
public final class LocalStock implements Stock {

  private final Map<String, Integer> shelves;
  private final Map<Reservation, Map<String, Integer>> reserved = new HashMap<>();

  /**
   * Shelves.
   *
   * @param shelves pieces by sku
   */
  public LocalStock(Map<String, Integer> shelves) {
    this.shelves = new HashMap<>(shelves);
  }

  @Override
  public synchronized Reservation reserve(String orderId, List<OrderPlaced.Line> lines) {
    var reservation = new Reservation("reserved-" + orderId);
    if (!reserved.containsKey(reservation)) {
      var wanted = new HashMap<String, Integer>();
      lines.forEach(line -> wanted.merge(line.sku(), line.quantity(), Integer::sum));
      wanted.forEach(this::requireEnough);
      wanted.forEach((sku, quantity) -> shelves.merge(sku, -quantity, Integer::sum));
      reserved.put(reservation, wanted);
    }
    return reservation;
  }

  private void requireEnough(String sku, int quantity) {
    var left = shelves.getOrDefault(sku, 0);
    if (left < quantity) {
      throw new NonRetryableException(quantity + " of '" + sku + "' wanted, " + left + " left");
    }
  }

  @Override
  public synchronized void release(Reservation reservation) {
    var back = reserved.remove(reservation);
    if (back != null) {
      back.forEach((sku, quantity) -> shelves.merge(sku, quantity, Integer::sum));
    }
  }
}
