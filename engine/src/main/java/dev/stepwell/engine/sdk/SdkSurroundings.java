package dev.stepwell.engine.sdk;

import dev.stepwell.engine.execution.StepSlots;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.wire.Ulid;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What executing functions in apps needs of its node.
 *
 * @param slots limits how many calls are under way at once
 * @param owned whether a run is certainly this node's, at this moment
 */
public record SdkSurroundings(
    FunctionCaller caller,
    Supplier<Catalog> catalog,
    StepSlots slots,
    Time time,
    Predicate<Ulid> owned) {}
