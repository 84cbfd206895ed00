package dev.stepwell.server.cli;

import dev.stepwell.DurableFunction;
import dev.stepwell.examples.ExampleFunctions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where a node finds the user's functions. */
final class FunctionOptions {

  private static final Logger EXAMPLES = LoggerFactory.getLogger("dev.stepwell.examples");

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      defaultValue = "${env:STEPWELL_CLASSPATH}",
      description =
          "Where your functions are: jars, directories of classes, 'dir/*' for all jars of a"
              + " directory, with the system's path separator between them. Or"
              + " STEPWELL_CLASSPATH.")
  private @Nullable String classPath;

  @Option(
      names = "--examples",
      description = "Add the example functions: a small shop, see examples/java.")
  private boolean examples;

  /** The functions; none if neither a class path nor the examples were asked for. */
  List<DurableFunction<?, ?>> load() {
    var functions = new ArrayList<DurableFunction<?, ?>>();
    if (classPath != null) {
      functions.addAll(FunctionLoader.load(classPath));
    }
    if (examples) {
      functions.addAll(ExampleFunctions.all(EXAMPLES::info));
    }
    return functions;
  }
}
