package dev.stepwell.examples.order;

/** Brings parcels. */
public interface Courier {

  record Shipment(String trackingCode) {}

  /** Orders a collection, once for each order. */
  Shipment book(String orderId, Stock.Reservation reservation);
}
