package dev.stepwell.engine.wire;

/**
 * May travel between nodes, as CBOR. Marks the messages of actors that others reach through
 * sharding; what an actor only tells itself does not carry it.
 */
public interface Message {}
