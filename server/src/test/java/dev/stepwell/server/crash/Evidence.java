package dev.stepwell.server.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is to judge by.
 *
 * @param asked by key
 * @param attempted the keys that were sent at all
 * @param acknowledged the keys that certainly arrived
 */
record Evidence(
    Map<String, Asked> asked,
    Set<String> attempted,
    Set<String> acknowledged,
    List<LedgerLine> ledger,
    List<Seen.Run> runs,
    List<Seen.Event> events) {}
