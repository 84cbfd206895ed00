package dev.stepwell.server.crash;

import java.util.List;

/**
 * One request to the event API, the same each time that it is tried.
 *
 * @param seed of its events' ids
 * @param keys what its events ask for or answer
 * @param events their number
 * @param insistent whether it is tried until it is acknowledged; else once
 * @param then what is sent after it has been acknowledged
 */
record Request(
    String seed,
    String body,
    List<String> keys,
    int events,
    boolean insistent,
    List<Follower> then) {

  record Follower(long afterMillis, Request request) {}
}
