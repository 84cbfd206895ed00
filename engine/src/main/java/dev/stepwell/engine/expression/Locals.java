package dev.stepwell.engine.expression;

import org.jspecify.annotations.Nullable;

/** Names that a comprehension has bound, the innermost first. */
record Locals(String name, Object value, @Nullable Locals outer) {}
