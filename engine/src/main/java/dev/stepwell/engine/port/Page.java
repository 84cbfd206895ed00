package dev.stepwell.engine.port;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next where the list goes on: hand it in to get the following page; empty at the end. Stays
 *     valid while rows come and go
 */
public record Page<T>(List<T> items, Optional<String> next) {}
